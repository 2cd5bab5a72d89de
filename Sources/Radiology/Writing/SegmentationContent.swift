import Formats
import ImageCore

/// One frame of a segmentation that is to be written.
struct WrittenFrame: Sendable, Hashable {
    /// Index into the layers.
    var layer: Int
    /// Slice of the grid.
    var slice: Int
    /// The segment that the frame shows; `nil` shows all.
    var segment: Int?
}

/// Which frames a segmentation has, checked against what its segments and its grid allow.
struct SegmentationContent {
    let layers: LabelLayers
    let segments: [Segment]
    /// By segment, then slice; at least one.
    private(set) var frames: [WrittenFrame] = []
    /// Distance of neighboring slices where all are equal.
    let step: Double?

    init(
        _ layers: LabelLayers, segments: [Segment], kind: SegmentationWriter.Kind, keepsEmpty: Bool, file: String
    ) throws(FormatError) {
        self.layers = layers
        self.segments = segments
        step = layers.grid.places().flatMap { Self.step($0.sorted.map(\.distance)) }
        try Self.check(layers, file: file)
        try Self.check(segments, kind: kind, layers: layers, file: file)
        let labels = layers.layers.map { Self.labelsPerSlice($0.labels) }
        let known = Set(segments.map(\.number))
        for number in labels.joined().reduce(into: Set<Int>(), { $0.formUnion($1) }).sorted()
        where !known.contains(number) {
            throw Self.refuse(file, "labels", "labels of described segments", "\(number)")
        }
        switch kind {
        case .binary: frames = binaryFrames(labels, keepsEmpty: keepsEmpty)
        case .labelMap:
            let slices = layers.grid.slices.indices.filter { keepsEmpty || !labels[0][$0].isEmpty }
            frames = slices.map { WrittenFrame(layer: 0, slice: $0, segment: nil) }
        }
        // A file without frames would be none.
        if frames.isEmpty {
            frames = [WrittenFrame(layer: 0, slice: 0, segment: kind == .binary ? segments[0].number : nil)]
        }
        let perSlice = layers.grid.pixelsPerSlice
        guard frames.count <= Int(UInt32.max) / max(1, perSlice) * (kind == .binary ? 8 : 1) else {
            throw FormatError(
                .limitExceeded, file: file, place: "frames", expected: "pixel data below 4 GiB",
                found: "\(counted(frames.count, "frame")) of \(perSlice) pixels")
        }
    }

    private func binaryFrames(_ labels: [[Set<Int>]], keepsEmpty: Bool) -> [WrittenFrame] {
        var frames: [WrittenFrame] = []
        for segment in segments.map(\.number) {
            let layer = labels.indices.first { layer in labels[layer].contains { $0.contains(segment) } } ?? 0
            for slice in layers.grid.slices.indices where keepsEmpty || labels[layer][slice].contains(segment) {
                frames.append(WrittenFrame(layer: layer, slice: slice, segment: segment))
            }
        }
        return frames
    }

    /// The numbers that occur in every slice, 0 left out.
    private static func labelsPerSlice(_ labels: Image<UInt16>) -> [Set<Int>] {
        let image = labels.contiguous()
        let samples = image.samples
        let perSlice = image.height * image.width
        return (0..<image.depth).map { slice in
            var found: Set<Int> = []
            var last: UInt16 = 0
            for i in slice * perSlice..<(slice + 1) * perSlice where samples[i] != last {
                last = samples[i]
                if last != 0 { found.insert(Int(last)) }
            }
            return found
        }
    }

    private static func step(_ distances: [Double]) -> Double? {
        guard distances.count > 1, let first = distances.first, let last = distances.last else { return nil }
        let step = (last - first) / Double(distances.count - 1)
        let isUniform = distances.indices.allSatisfy { abs(distances[$0] - first - Double($0) * step) <= 0.01 * step }
        return isUniform && step > 0 ? step : nil
    }
}

extension SegmentationContent {
    private static func refuse(_ file: String, _ place: String, _ expected: String, _ found: String) -> FormatError {
        FormatError(.invalidRequest, file: file, place: place, expected: expected, found: found)
    }

    private static func check(_ layers: LabelLayers, file: String) throws(FormatError) {
        let grid = layers.grid
        guard let orientation = grid.orientation, let spacing = grid.spacing, grid.places() != nil,
            [orientation.x, orientation.y].allSatisfy({ abs($0.length - 1) < 1e-4 }),
            spacing.xMillimetres > 0, spacing.yMillimetres > 0
        else { throw refuse(file, "grid", "slices with orientation, spacing and positions", "a grid without") }
        try PictureFrames.check(rows: grid.rows, columns: grid.columns, frames: grid.slices.count, file: file)
        guard !layers.layers.isEmpty else { throw refuse(file, "labels", "at least one label map", "none") }
        for layer in layers.layers {
            let sizes = [grid.slices.count, grid.rows, grid.columns]
            guard layer.labels.axes == [.z, .y, .x], layer.labels.sizes == sizes else {
                throw refuse(file, "labels", "axes z, y, x of \(sizes), as the grid", "\(layer.labels.sizes)")
            }
        }
    }

    private static func check(
        _ segments: [Segment], kind: SegmentationWriter.Kind, layers: LabelLayers, file: String
    ) throws(FormatError) {
        let numbers = segments.map(\.number)
        guard (1...65535).contains(segments.count) else {
            throw refuse(file, "segments", "1 to 65535", "\(segments.count)")
        }
        switch kind {
        case .binary:
            guard numbers == Array(1...segments.count) else {
                throw refuse(file, "segments", "numbers 1, 2, 3 …", "\(numbers.prefix(8))")
            }
        case .labelMap:
            guard Set(numbers).count == numbers.count, numbers.allSatisfy({ (1...65535).contains($0) }) else {
                throw refuse(file, "segments", "different numbers from 1 to 65535", "\(numbers.prefix(8))")
            }
            guard layers.layers.count == 1 else {
                throw refuse(
                    file, "labels", "segments that do not overlap, as a label map needs",
                    "overlaps that take \(layers.layers.count) label maps")
            }
        }
        for segment in segments {
            guard !segment.label.isEmpty, segment.category != nil, segment.propertyType != nil else {
                throw refuse(
                    file, "segment \(segment.number)", "a label, a category and a property type", "less")
            }
            guard let type = segment.algorithmType, ["AUTOMATIC", "SEMIAUTOMATIC", "MANUAL"].contains(type),
                type == "MANUAL" || segment.algorithmName != nil
            else {
                throw refuse(
                    file, "segment \(segment.number)", "an algorithm type, and a name unless MANUAL",
                    segment.algorithmType ?? "none")
            }
        }
    }
}
