import Formats

/// Takes the facts of each frame from the functional groups and the attributes of a data set.
struct DICOMFrameReader {
    let data: DICOMDataSet
    let shared: DICOMDataSet?
    let perFrame: [DICOMDataSet]
    /// Whether a dimension index value counts slices or stacks, per dimension.
    let isSliceDimension: [Bool]
    let isMultiFrame: Bool
    let modality: String
    private let isSigned: Bool

    init(_ data: DICOMDataSet, isMultiFrame: Bool) {
        self.data = data
        self.isMultiFrame = isMultiFrame
        shared = data.items(.sharedFunctionalGroupsSequence).first
        perFrame = data.items(.perFrameFunctionalGroupsSequence)
        modality = data.text(.modality) ?? ""
        isSigned = data.integer(.pixelRepresentation) == 1
        let slice: [DICOMTag] = [.inStackPositionNumber, .imagePositionPatient, .stackID, .sliceLocation]
        isSliceDimension = data.items(.dimensionIndexSequence).map { item in
            item.integer(.dimensionIndexPointer).map { pointer in slice.contains { Int($0.rawValue) == pointer } }
                ?? false
        }
    }

    /// The facts of the first frames.
    ///
    /// - Parameters:
    ///   - count: Number of frames.
    ///   - repeated: Becomes the first attribute that is twice in an item of a functional group.
    /// - Returns: The facts of each.
    func frames(_ count: Int, repeated: inout DICOMTag?) -> [DICOMFrameFacts] {
        var common = DICOMFrameFacts()
        readAttributes(of: data, into: &common)
        var last = common.realWorldValue
        var frames: [DICOMFrameFacts] = []
        frames.reserveCapacity(count)
        for index in 0..<count {
            var facts = common
            facts.frame = index
            readGroups(index, into: &facts, repeated: &repeated)
            facts.dropInvalidNumbers()
            // Frames with equal tables share their memory.
            if facts.realWorldValue == last { facts.realWorldValue = last }
            last = facts.realWorldValue
            frames.append(facts)
        }
        readVectors(into: &frames)
        return frames
    }

    /// The attributes of the data set itself, which count for every frame that has no group with them.
    private func readAttributes(of data: DICOMDataSet, into facts: inout DICOMFrameFacts) {
        facts.positionMillimetres = data.vector(.imagePositionPatient)
        facts.orientation = SliceOrientation(cosines: data.doubles(.imageOrientationPatient))
        facts.spacing = DICOMPixelSpacing(data, modality: modality)
        facts.sliceThicknessMillimetres = data.double(.sliceThickness)
        facts.rescale = DICOMRescale(data)
        facts.modalityTableBits = data.items(.modalityLUTSequence).first.map { item in
            let bits = item.integers(.lutDescriptor)
            return bits.count >= 3 && (1...16).contains(bits[2]) ? bits[2] : 16
        }
        facts.realWorldValue = realWorldMap(data)
        facts.philipsScale = DICOMRescale(philips: data)
        facts.windows = DICOMWindow.windows(data)
        facts.imageType = data.texts(.imageType) ?? []
        facts.convolutionKernel = data.texts(.convolutionKernel)?.joined(separator: "\\")
        facts.tubeVoltage = data.double(.kvp).map { short($0) }
        facts.patientPosition = data.text(.patientPosition)
        facts.sequenceName = data.text(.sequenceName) ?? data.text(.pulseSequenceName)
        facts.readInvalidNumbers(of: data, DICOMInvalidNumber.Attribute.allCases)
        if modality == "CT" { facts.readUselessRescale(of: data) }
        facts.varying.read(data)
        facts.varying.readVendorDiffusion(data)
    }

    /// The functional groups of a frame: its own, where it has none the shared ones.
    private func readGroups(_ index: Int, into facts: inout DICOMFrameFacts, repeated: inout DICOMTag?) {
        let own = index < perFrame.count ? perFrame[index] : nil
        guard own != nil || shared != nil else { return }
        func group(_ sequence: DICOMTag) -> DICOMDataSet? {
            let found = own?.items(sequence).first ?? shared?.items(sequence).first
            if repeated == nil { repeated = found?.repeatedTags.first }
            return found
        }
        if repeated == nil { repeated = own?.repeatedTags.first ?? shared?.repeatedTags.first }
        if let place = group(.planePositionSequence)?.vector(.imagePositionPatient) {
            facts.positionMillimetres = place
        }
        if let cosines = group(.planeOrientationSequence)?.doubles(.imageOrientationPatient),
            let orientation = SliceOrientation(cosines: cosines)
        {
            facts.orientation = orientation
        }
        if let measures = group(.pixelMeasuresSequence) {
            let values = measures.doubles(.pixelSpacing)
            facts.spacing = DICOMPixelSpacing(rowThenColumn: values, kind: .patient) ?? facts.spacing
            facts.sliceThicknessMillimetres = measures.double(.sliceThickness) ?? facts.sliceThicknessMillimetres
        } else if facts.spacing == nil, let frame = group(.xaFramePixelDataPropertiesSequence) {
            facts.spacing = DICOMPixelSpacing(rowThenColumn: frame.doubles(.imagerPixelSpacing), kind: .detector)
        }
        readInvalidNumbers(group, into: &facts)
        if let transformation = group(.pixelValueTransformationSequence) {
            facts.rescale = DICOMRescale(transformation) ?? facts.rescale
            if modality == "CT" { facts.readUselessRescale(of: transformation) }
        }
        facts.realWorldValue = realWorldMaps(index) ?? facts.realWorldValue
        if let kernel = group(.ctReconstructionSequence)?.texts(.convolutionKernel) {
            facts.convolutionKernel = kernel.joined(separator: "\\")
        }
        if let windows = group(.frameVOILUTSequence).map(DICOMWindow.windows), !windows.isEmpty {
            facts.windows = windows
        }
        for groups in [own, shared] {
            if let groups, let tag = groups.tag(.philipsPerFrameSequence), let item = groups.items(tag).first {
                readPhilipsGroup(item, into: &facts)
                break
            }
        }
        readVaryingGroups(group, into: &facts)
    }

    /// The map of a frame's own group, else of the shared one; the group is the list of maps itself.
    private func realWorldMaps(_ index: Int) -> DICOMRealWorldMap? {
        (index < perFrame.count ? realWorldMap(perFrame[index]) : nil) ?? shared.flatMap(realWorldMap)
    }

    private func realWorldMap(_ data: DICOMDataSet) -> DICOMRealWorldMap? {
        DICOMRealWorldMap(data.items(.realWorldValueMappingSequence).first, isSigned: isSigned)
    }

    private func readInvalidNumbers(_ group: (DICOMTag) -> DICOMDataSet?, into facts: inout DICOMFrameFacts) {
        facts.readInvalidNumbers(of: group(.planePositionSequence), [.imagePosition])
        facts.readInvalidNumbers(of: group(.planeOrientationSequence), [.imageOrientation])
        facts.readInvalidNumbers(of: group(.pixelMeasuresSequence), [.pixelSpacing])
        facts.readInvalidNumbers(of: group(.pixelValueTransformationSequence), [.rescaleSlope, .rescaleIntercept])
    }

    private func readPhilipsGroup(_ group: DICOMDataSet, into facts: inout DICOMFrameFacts) {
        facts.philipsScale = DICOMRescale(philips: group) ?? facts.philipsScale
        if facts.varying.triggerTimeMilliseconds == nil {
            facts.varying.triggerTimeMilliseconds = group.double(.triggerTime)
        }
        if facts.varying.echoNumber == nil { facts.varying.echoNumber = group.integer(.echoNumbers) }
    }

    private func readVaryingGroups(_ group: (DICOMTag) -> DICOMDataSet?, into facts: inout DICOMFrameFacts) {
        for sequence in [
            DICOMTag.mrImageFrameTypeSequence, .ctImageFrameTypeSequence, .petFrameTypeSequence,
        ] {
            if let type = group(sequence)?.texts(.frameType) { facts.imageType = type }
        }
        for sequence in [
            DICOMTag.frameContentSequence, .mrEchoSequence, .mrTimingAndRelatedParametersSequence,
            .cardiacSynchronizationSequence, .mrDiffusionSequence,
        ] {
            if let item = group(sequence) { facts.varying.read(item) }
        }
        if let diffusion = group(.mrDiffusionSequence),
            let direction = diffusion.items(.diffusionGradientDirectionSequence).first
        {
            facts.varying.read(direction)
        }
        if let content = group(.frameContentSequence) {
            let indices = content.integers(.dimensionIndexValues)
            facts.varying.dimensionIndices = indices.enumerated().filter { index, _ in
                index >= isSliceDimension.count || !isSliceDimension[index]
            }.map(\.element)
        }
    }
}
