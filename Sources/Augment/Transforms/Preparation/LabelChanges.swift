import ImageCore
import ImageProcessing

/// Makes one channel of 0 and 1 for each class of the labels; images stay.
public struct OneHot: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<OneHot>(
        "one_hot", "Makes one channel of 0 and 1 for each class of the labels.", group: .preparation, domain: .any,
        parameters: [
            .integer("classes", \.classes, in: 1...1024, "Number of classes, from 0; labels beyond are in none.")
        ])

    /// Number of classes, from 0.
    public var classes = 2

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let classes = classes
        return [
            .labels { labels throws(AugmentError) in
                let numbers = try LabelNumbers(labels, name: Self.name)
                let length = numbers.values.count
                var result = Image<UInt8>(
                    axes: [.channel] + numbers.axes, sizes: [classes] + numbers.sizes, color: .unspecified,
                    domain: .labels
                ) {
                    // The memory comes as it is.
                    for i in 0..<$0.count { $0[i] = 0 }
                    for (i, value) in numbers.values.enumerated() where value >= 0 && value < Int64(classes) {
                        $0[Int(value) * length + i] = 1
                    }
                }
                (result.geometry, result.metadata) = (labels.geometry, labels.metadata)
                return .uint8(result)
            }
        ]
    }
}

/// Gives labels other numbers; images stay.
public struct RemapLabels: Transform {
    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<RemapLabels>(
        "remap_labels", "Gives labels other numbers.", group: .preparation, domain: .any,
        parameters: [
            .numbers("from", \.from, unit: .value, in: -2147483648...4294967295, count: 1...4096, "Old numbers."),
            .numbers(
                "to", \.to, unit: .value, in: -2147483648...4294967295, count: 1...4096, "New ones, in this order."
            ).writingLabels { $0.to },
            .automatic(
                "others", \.others, unit: .value, in: -2147483648...4294967295,
                "What all other numbers become; auto keeps them."
            ).writingLabels { $0.others.map { [$0] } ?? [] },
        ])

    /// Old numbers.
    public var from = [0.0]
    /// New ones, in the same order.
    public var to = [0.0]
    /// What all other numbers become; `nil` keeps them.
    public var others: Double?

    /// Every parameter at its default.
    public init() {}

    /// Lists of different lengths, numbers that are there twice, or that are not whole.
    public var conflict: (expected: String, found: String)? {
        let found = "\(from.listText) and \(to.listText)"
        guard from.count == to.count, Set(from).count == from.count else {
            return (expected: "different old numbers and as many new ones", found: found)
        }
        guard (from + to + (others.map { [$0] } ?? [])).allSatisfy({ $0 == $0.rounded() }) else {
            return (expected: "whole numbers", found: found)
        }
        return nil
    }

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let table = Dictionary(zip(from, to).map { (Int64($0), Int64($1)) }) { first, _ in first }
        let others = others.map { Int64($0) }
        guard others != nil || table.contains(where: { $0 != $1 }) else { return [] }
        return [
            .labels { labels throws(AugmentError) in
                try LabelNumbers(labels, name: Self.name).changed(like: labels, name: Self.name) {
                    table[$0] ?? others ?? $0
                }
            }
        ]
    }
}

/// Keeps the largest connected part of each class of the labels, or of all classes together; images stay.
///
/// Parts are connected over edges and corners (8 neighbors in pictures, 26 in volumes). What is taken away becomes 0.
public struct KeepLargest: Transform {
    /// What is kept the largest part of.
    public enum Of: String, Sendable, Hashable, CaseIterable {
        case each, all
    }

    /// What lists and files say of it.
    public static let declaration = TransformDeclaration<KeepLargest>(
        "keep_largest", "Keeps the largest connected part of the labels.", group: .preparation, domain: .any,
        parameters: [.choice("of", \.of, "Whether of each class, or of everything that is not 0.")])

    /// What is kept the largest part of.
    public var of = Of.each

    /// Every parameter at its default.
    public init() {}

    /// Draws nothing.
    public func draw(_ draws: Draws, in scene: Scene) -> DrawnValues { DrawnValues() }

    /// What is done.
    public func operations(_ values: DrawnValues, draws: Draws, in scene: Scene) -> [Operation] {
        let each = of == .each
        return [
            .labels { labels throws(AugmentError) in
                let numbers = try LabelNumbers(labels, name: Self.name)
                let classes: [Int64?] = each ? Set(numbers.values).subtracting([0]).sorted() : [nil]
                var kept = [Bool](repeating: false, count: numbers.values.count)
                for number in classes {
                    let part = try numbers.largestPart(name: Self.name) { number == nil ? $0 != 0 : $0 == number }
                    for i in kept.indices where part.samples[i] { kept[i] = true }
                }
                var i = -1
                return try numbers.changed(like: labels, name: Self.name) {
                    i += 1
                    return kept[i] ? $0 : 0
                }
            }
        ]
    }
}

/// The numbers of a label image in C order, without a channel axis.
struct LabelNumbers {
    let values: [Int64]
    let axes: [Axis]
    let sizes: [Int]

    init(_ labels: AnyImage, name: String) throws(AugmentError) {
        let all = labels.converted(to: Int64.self)
        let plain: Image<Int64>
        do {
            plain = all.layout.index(of: .channel) == nil ? all.contiguous() : try all.removing(.channel).contiguous()
        } catch {
            throw .transform(path: name, "labels: \(error)")
        }
        var values: [Int64] = []
        plain.reduce(into: ()) { values.append($1) }
        self.values = values
        (axes, sizes) = (plain.axes, plain.sizes)
    }

    /// Labels like others with changed numbers.
    ///
    /// - Throws: ``AugmentError`` where the scalar does not hold a number.
    func changed(
        like labels: AnyImage, name: String, _ body: (Int64) -> Int64
    ) throws(AugmentError) -> AnyImage {
        let changed = values.map(body)
        let image = Image<Int64>(axes: axes, sizes: sizes, color: labels.color, domain: labels.domain) {
            for (i, value) in changed.enumerated() { $0[i] = value }
        }
        var result = AnyImage(image).converted(to: labels.kind)
        if let lost = changed.first(where: { !labels.kind.holds(label: $0) }) {
            throw .transform(path: name, "expected numbers that labels of \(labels.kind.rawValue) hold, found \(lost)")
        }
        (result.geometry, result.metadata) = (labels.geometry, labels.metadata)
        return result
    }

    /// The largest connected part of the pixels whose number passes a test; empty where none does.
    func largestPart(name: String, _ body: (Int64) -> Bool) throws(AugmentError) -> Image<Bool> {
        let order = axes.filter { $0 != .channel }
        let mask = Image<Bool>(axes: order, sizes: sizes, color: .labels, domain: .labels) {
            for (i, value) in values.enumerated() { $0[i] = body(value) }
        }
        do {
            if order.contains(.z) {
                let parts = try VolumeComponents(of: try mask.rearranged(to: [.z, .y, .x]))
                return try parts.mask(of: parts.numbersByVolume.prefix(1)).rearranged(to: order)
            }
            let parts = try Components(of: try mask.rearranged(to: [.y, .x]))
            // The first of equally large ones.
            let largest = parts.components.map(\.area).max() ?? 0
            var isFound = false
            return try parts.mask { part in
                defer { isFound = isFound || part.area == largest }
                return part.area == largest && !isFound
            }.rearranged(to: order)
        } catch {
            throw .transform(path: name, "labels: \(error)")
        }
    }
}

extension ScalarKind {
    /// Whether the kind holds a number, which must be whole, as it is.
    func holds(label: Double) -> Bool { Int64(exactly: label).map(holds) ?? false }

    /// Whether the kind holds a whole number as it is.
    func holds(label: Int64) -> Bool {
        switch self {
        case .bool: (0...1).contains(label)
        case .uint8: UInt8(exactly: label) != nil
        case .uint16: UInt16(exactly: label) != nil
        case .uint32: UInt32(exactly: label) != nil
        case .uint64: label >= 0
        case .int8: Int8(exactly: label) != nil
        case .int16: Int16(exactly: label) != nil
        case .int32: Int32(exactly: label) != nil
        case .int64: true
        case .float16: abs(label) <= 2048
        case .float32: abs(label) <= 1 << 24
        case .float64: true
        }
    }
}
