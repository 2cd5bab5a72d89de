import Formats
import ImageCore

/// From stored values to a volume's samples: linear, by a table, or by the colors of a palette.
extension FrameDecoder {
    /// Converts the stored values of one slice to the volume's samples.
    func convert(
        _ stored: Span<UInt8>, _ values: FrameValues, _ source: FrameSource, into slab: inout MutableRawSpan
    ) {
        if let palette = source.palette { return expand(stored, values.stored, palette, &slab) }
        if let table = source.table, values.tableBits != nil { return look(stored, values, table, &slab) }
        var map = SampleMap(slope: values.slope, intercept: values.intercept)
        if let padding = values.padding {
            map.paddingLow = Int64(padding.lowerBound)
            map.paddingHigh = Int64(padding.upperBound)
            map.fill = background
        }
        switch values.stored {
        case .uint8: convert(stored, UInt8.self, map, &slab)
        case .int8: convert(stored, Int8.self, map, &slab)
        case .uint16: convert(stored, UInt16.self, map, &slab)
        case .int16: convert(stored, Int16.self, map, &slab)
        case .uint32: convert(stored, UInt32.self, map, &slab)
        case .int32: convert(stored, Int32.self, map, &slab)
        case .float32: convert(floating: stored, Float.self, map, &slab)
        case .float64: convert(floating: stored, Double.self, map, &slab)
        case .bool, .int64, .uint64, .float16: preconditionFailure("no pixel data is stored that way")
        }
    }

    private func convert<Source: FixedWidthInteger & BitwiseCopyable>(
        _ stored: Span<UInt8>, _ type: Source.Type, _ map: SampleMap, _ slab: inout MutableRawSpan
    ) {
        stored.withSamples(as: type) { source in
            switch target {
            case .uint8: slab.withSamples(as: UInt8.self) { Radiology.convert(source, to: &$0, map) }
            case .int8: slab.withSamples(as: Int8.self) { Radiology.convert(source, to: &$0, map) }
            case .uint16: slab.withSamples(as: UInt16.self) { Radiology.convert(source, to: &$0, map) }
            case .int16: slab.withSamples(as: Int16.self) { Radiology.convert(source, to: &$0, map) }
            case .uint32: slab.withSamples(as: UInt32.self) { Radiology.convert(source, to: &$0, map) }
            case .int32: slab.withSamples(as: Int32.self) { Radiology.convert(source, to: &$0, map) }
            case .float64: slab.withSamples(as: Double.self) { Radiology.convert(source, to: &$0, map) }
            default: slab.withSamples(as: Float.self) { Radiology.convert(source, to: &$0, map) }
            }
        }
    }

    private func convert<Source: BinaryFloatingPoint & BitwiseCopyable>(
        floating stored: Span<UInt8>, _ type: Source.Type, _ map: SampleMap, _ slab: inout MutableRawSpan
    ) {
        stored.withSamples(as: type) { source in
            if target == .float64 {
                slab.withSamples(as: Double.self) { Radiology.convert(floating: source, to: &$0, map) }
            } else {
                slab.withSamples(as: Float.self) { Radiology.convert(floating: source, to: &$0, map) }
            }
        }
    }

    /// Values by a table: PS3.3 C.11.1.1.
    ///
    /// Padding gets a value that no table gives, then the background.
    private func look(
        _ stored: Span<UInt8>, _ values: FrameValues, _ table: DICOMLookupTable, _ slab: inout MutableRawSpan
    ) {
        let numbers = stored.wholeNumbers(values.stored)
        let mapped = numbers.map { number -> Int32 in
            if let padding = values.padding, padding.contains(Int(number)) { return .min }
            return Int32(table[Int(number)])
        }
        var map = SampleMap(slope: factor, intercept: 0)
        (map.paddingLow, map.paddingHigh, map.fill) = (Int64(Int32.min), Int64(Int32.min), background)
        let source = mapped.span
        switch target {
        case .uint8: slab.withSamples(as: UInt8.self) { Radiology.convert(source, to: &$0, map) }
        case .int16: slab.withSamples(as: Int16.self) { Radiology.convert(source, to: &$0, map) }
        case .uint16: slab.withSamples(as: UInt16.self) { Radiology.convert(source, to: &$0, map) }
        case .int32: slab.withSamples(as: Int32.self) { Radiology.convert(source, to: &$0, map) }
        case .float64: slab.withSamples(as: Double.self) { Radiology.convert(source, to: &$0, map) }
        default: slab.withSamples(as: Float.self) { Radiology.convert(source, to: &$0, map) }
        }
    }

    /// Real values by a table: PS3.3 C.7.6.16.2.11.
    ///
    /// - Throws: `corrupt` for a stored value that it has no entry for: such a value has no meaning.
    func look(
        _ stored: Span<UInt8>, _ values: FrameValues, _ table: (first: Int, values: [Double]), file: String,
        _ slab: inout MutableRawSpan
    ) throws(FormatError) {
        let numbers = stored.wholeNumbers(values.stored)
        func isPadding(_ number: Int) -> Bool { values.padding?.contains(number) ?? false }
        let entries = table.first..<table.first + table.values.count
        if let odd = numbers.first(where: { !entries.contains(Int($0)) && !isPadding(Int($0)) }) {
            throw FormatError(
                .corrupt, file: file, place: "(0040,9212)",
                expected: "stored values of the table, \(entries.lowerBound) to \(entries.upperBound - 1)",
                found: "\(odd)")
        }
        let mapped = numbers.map { isPadding(Int($0)) ? background : table.values[Int($0) - table.first] }
        let map = SampleMap(slope: 1, intercept: 0)
        if target == .float64 {
            slab.withSamples(as: Double.self) { Radiology.convert(floating: mapped.span, to: &$0, map) }
        } else {
            slab.withSamples(as: Float.self) { Radiology.convert(floating: mapped.span, to: &$0, map) }
        }
    }

    /// Colors of indices, as RGB.
    private func expand(
        _ stored: Span<UInt8>, _ kind: ScalarKind, _ palette: DICOMPalette, _ slab: inout MutableRawSpan
    ) {
        let numbers = stored.wholeNumbers(kind)
        let tables = [palette.red, palette.green, palette.blue]
        func fill<Sample: FixedWidthInteger & BitwiseCopyable>(_ samples: inout MutableSpan<Sample>) {
            for (index, number) in numbers.enumerated() {
                for channel in 0..<3 {
                    samples[3 * index + channel] = Sample(truncatingIfNeeded: tables[channel][Int(number)])
                }
            }
        }
        if target == .uint8 {
            slab.withSamples(as: UInt8.self) { fill(&$0) }
        } else {
            slab.withSamples(as: UInt16.self) { fill(&$0) }
        }
    }
}

extension Span<UInt8> {
    /// The bytes as whole numbers of a type.
    fileprivate func wholeNumbers(_ kind: ScalarKind) -> [Int32] {
        var numbers: [Int32] = []
        func take<Sample: FixedWidthInteger & BitwiseCopyable>(_ type: Sample.Type) {
            withSamples(as: type) { samples in
                numbers.reserveCapacity(samples.count)
                for i in 0..<samples.count { numbers.append(Int32(truncatingIfNeeded: samples[i])) }
            }
        }
        switch kind {
        case .uint8: take(UInt8.self)
        case .int8: take(Int8.self)
        case .uint16: take(UInt16.self)
        case .int16: take(Int16.self)
        case .uint32: take(UInt32.self)
        case .int32: take(Int32.self)
        default: preconditionFailure("tables map whole numbers")
        }
        return numbers
    }
}
