import Formats

extension DICOMVaryingFacts {
    /// Takes what a data set or the item of a functional group has; the rest stays.
    mutating func read(_ data: DICOMDataSet) {
        func take<Value>(_ keyPath: WritableKeyPath<Self, Value?>, _ value: Value?) {
            if let value { self[keyPath: keyPath] = value }
        }
        take(\.instanceNumber, data.integer(.instanceNumber))
        take(\.acquisitionNumber, data.integer(.frameAcquisitionNumber) ?? data.integer(.acquisitionNumber))
        readTimes(data)
        take(\.temporalPosition, data.integer(.temporalPositionIndex) ?? data.integer(.temporalPositionIdentifier))
        take(
            \.triggerTimeMilliseconds, data.double(.nominalCardiacTriggerDelayTime) ?? data.double(.triggerTime))
        take(\.frameReferenceTimeMilliseconds, data.double(.frameReferenceTime))
        take(\.cardiacPhasePercent, data.double(.nominalPercentageOfCardiacPhase))
        take(\.echoNumber, data.integer(.echoNumbers))
        take(\.echoTimeMilliseconds, data.double(.effectiveEchoTime) ?? data.double(.echoTime))
        take(\.inversionTimeMilliseconds, data.double(.inversionTime) ?? data.double(.inversionTimes))
        take(\.flipAngleDegrees, data.double(.flipAngle))
        take(\.bValue, data.double(.diffusionBValue))
        take(\.diffusionDirection, data.vector(.diffusionGradientOrientation))
        take(\.stackID, data.text(.stackID))
        take(\.inStackPosition, data.integer(.inStackPositionNumber))
    }

    private mutating func readTimes(_ data: DICOMDataSet) {
        let places: [(time: DICOMTag, date: DICOMTag)] = [
            (.frameAcquisitionDateTime, .frameAcquisitionDateTime), (.acquisitionDateTime, .acquisitionDateTime),
            (.acquisitionTime, .acquisitionDate),
        ]
        for place in places {
            guard let seconds = data.seconds(place.time) else { continue }
            acquisitionTimeSeconds = seconds
            acquisitionDay = data.text(place.date).flatMap { ClockTime.day(String($0.prefix(8))) }
            break
        }
        if let seconds = data.seconds(.contentTime) {
            contentTimeSeconds = seconds
            contentDay = data.text(.contentDate).flatMap { ClockTime.day($0) }
        }
    }

    /// Takes diffusion from the private attributes of vendors where the standard's are absent.
    mutating func readVendorDiffusion(_ data: DICOMDataSet) {
        guard bValue == nil else { return }
        let maker = data.text(.manufacturer)?.uppercased() ?? ""
        if maker.contains("SIEMENS") {
            bValue = data.numbers(.siemensBValue, bytes: 8).first
            diffusionDirection = Self.vector(data.numbers(.siemensDiffusionDirection, bytes: 8))
        } else if maker.contains("PHILIPS") {
            bValue = data.numbers(.philipsBValue, bytes: 4).first
            diffusionDirection = Self.vector(
                [.philipsDirectionX, .philipsDirectionY, .philipsDirectionZ].compactMap { (part: PrivateAttribute) in
                    data.numbers(part, bytes: 4).first
                })
        } else if maker.hasPrefix("GE") {
            // Newer systems add 10⁹ to the b-value.
            bValue = data.numbers(.geBValue, bytes: 8).first.map { $0.truncatingRemainder(dividingBy: 1e9) }
            diffusionDirection = Self.vector(
                [.geDirectionX, .geDirectionY, .geDirectionZ].compactMap { (part: PrivateAttribute) in
                    data.numbers(part, bytes: 8).first
                })
        } else if maker.contains("UIH") {
            bValue = data.numbers(.uihBValue, bytes: 8).first
            diffusionDirection = Self.vector(data.numbers(.uihDiffusionDirection, bytes: 8))
        }
    }

    private static func vector(_ values: [Double]) -> SIMD3<Double>? {
        values.count == 3 ? SIMD3(values[0], values[1], values[2]) : nil
    }
}
