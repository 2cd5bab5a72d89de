import Formats

extension DICOMFrameReader {
    /// Takes what stands in one value per frame: cine times, the vectors of nuclear medicine, dose planes.
    func readVectors(into frames: inout [DICOMFrameFacts]) {
        guard isMultiFrame, frames.count > 1 else { return }
        readCineTimes(into: &frames)
        readNuclearVectors(into: &frames)
        readPlaneOffsets(into: &frames)
    }

    private func readCineTimes(into frames: inout [DICOMFrameFacts]) {
        let vector = data.doubles(.frameTimeVector)
        let step = data.double(.frameTime)
        guard vector.count >= frames.count || step ?? 0 > 0 else { return }
        var time = 0.0
        for index in frames.indices {
            if vector.count >= frames.count {
                time += vector[index]
            } else {
                time = Double(index) * (step ?? 0)
            }
            frames[index].varying.cineTimeMilliseconds = time
        }
    }

    /// The vectors that the Frame Increment Pointer names: PS3.3 C.8.4.8.
    private func readNuclearVectors(into frames: inout [DICOMFrameFacts]) {
        let count = frames.count
        let pointers = data.integers(.frameIncrementPointer).compactMap { UInt32(exactly: $0) }
            .map { DICOMTag(rawValue: $0) }.filter { $0.group == 0x0054 }
        for tag in pointers.prefix(8) where tag != .sliceVector {
            let values = data.integers(tag)
            guard values.count == count, Set(values).count > 1 else { continue }
            for index in frames.indices { frames[index].varying.nuclearIndices.append(values[index]) }
        }
        readDetectors(into: &frames)
    }

    /// Reconstructed slices lie from the detector's position on, one spacing apart: PS3.3 C.8.4.15.
    private func readDetectors(into frames: inout [DICOMFrameFacts]) {
        let detectors = data.items(.detectorInformationSequence)
        guard let first = detectors.first, frames[0].positionMillimetres == nil else { return }
        let numbers = data.integers(.detectorVector)
        for index in frames.indices {
            let number = numbers.count == frames.count ? numbers[index] - 1 : 0
            let detector = detectors.indices.contains(number) ? detectors[number] : first
            frames[index].orientation = SliceOrientation(cosines: detector.doubles(.imageOrientationPatient))
            frames[index].positionMillimetres = detector.vector(.imagePositionPatient)
        }
        let slices = data.integers(.sliceVector)
        guard slices.count == frames.count, Set(slices).count > 1 else { return }
        let spacing = data.double(.spacingBetweenSlices) ?? 0
        for index in frames.indices {
            guard spacing != 0, let orientation = frames[index].orientation else {
                // Without a spacing nobody knows where the slices lie.
                frames[index].positionMillimetres = nil
                continue
            }
            frames[index].move(along: orientation, by: Double(slices[index] - 1) * spacing)
        }
    }

    /// The planes of a dose grid: PS3.3 C.8.8.3.2.
    private func readPlaneOffsets(into frames: inout [DICOMFrameFacts]) {
        guard let offsets = DoseGridOffsets(data), offsets.values.count == frames.count else { return }
        for index in frames.indices {
            guard let position = frames[index].positionMillimetres else { continue }
            frames[index].positionMillimetres = position + offsets.step(to: index)
            frames[index].hasDerivedPosition = true
        }
    }
}

extension DICOMFrameFacts {
    fileprivate mutating func move(along orientation: SliceOrientation, by distance: Double) {
        guard let position = positionMillimetres else { return }
        positionMillimetres = position + orientation.normal * distance
        hasDerivedPosition = true
    }
}
