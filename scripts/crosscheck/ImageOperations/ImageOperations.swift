import Formats
import ImageCore
import ImageProcessing

/// Applies one operation of the library to an array, for `image_operations.py` to compare with other libraries.
///
/// usage: image-operations OPERATION IN.raw SCALAR AXES SIZES OUT.npy [NAME=VALUE…]
/// AXES is a letter for each axis (t z y x c); numbers in lists are separated by commas.
@main
struct ImageOperations {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 6, let kind = ScalarKind(rawValue: words[2]) else { fatalError("see the usage") }
        let bytes = try ByteSource(path: words[1]).all()
        let axes = words[3].map { Axis(letter: $0) }
        var image = AnyImage(kind: kind, axes: axes, sizes: words[4].split(separator: ",").compactMap { Int($0) }) {
            for i in 0..<$0.byteCount { $0.storeBytes(of: bytes[i], toByteOffset: i, as: UInt8.self) }
        }
        let options = Options(words.dropFirst(6))
        if kind == .bool { image.domain = .labels }
        if !options.domain.isEmpty { image.domain = .range(options.domain[0]...options.domain[1]) }
        let result: AnyImage
        if case .bool(let mask) = image {
            result = try MaskOperation(name: words[0], options: options).apply(mask)
        } else {
            result = try image.accept(numeric: Operation(name: words[0], options: options))
        }
        try NPYEncoder.write(result, to: words[5])
    }
}

extension Axis {
    fileprivate init(letter: Character) {
        self = letter == "x" ? .x : letter == "y" ? .y : letter == "z" ? .z : letter == "t" ? .time : .channel
    }
}

/// The arguments after the files.
struct Options: Sendable {
    private var values: [String: String] = [:]

    init(_ words: some Sequence<String>) {
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1)
            values[String(parts[0])] = String(parts[1])
        }
    }

    func numbers(_ name: String) -> [Double] {
        (values[name] ?? "").split(separator: ",").compactMap { Double($0) }
    }
    func number(_ name: String, _ other: Double = 0) -> Double { numbers(name).first ?? other }
    func integer(_ name: String, _ other: Int = 0) -> Int { Int(number(name, Double(other))) }
    func word(_ name: String) -> String { values[name] ?? "" }

    var domain: [Double] { numbers("domain") }

    var border: BorderMode {
        switch word("border") {
        case "constant": .constant(number("value"))
        case "replicate": .replicate
        case "reflect": .reflect
        case "wrap": .wrap
        default: .reflect101
        }
    }

    var interpolation: Interpolation {
        Interpolation.allCases.first { "\($0)" == word("interpolation") } ?? .linear
    }

    var connectivity: VolumeConnectivity { word("connectivity") == "full" ? .twentySix : .six }

    /// The rows of a kernel of a width.
    var rows: [[Double]] {
        let (weights, width) = (numbers("weights"), integer("width", 1))
        return stride(from: 0, to: weights.count, by: width).map { Array(weights[$0..<$0 + width]) }
    }

    var anchor: (x: Int, y: Int)? {
        let anchor = numbers("anchor")
        return anchor.count == 2 ? (Int(anchor[0]), Int(anchor[1])) : nil
    }

    var element: FlatElement {
        get throws { try FlatElement(rows.map { $0.map { $0 > 0 } }, anchor: anchor) }
    }

    /// A second array, of floats: its path and its sizes along y, x and perhaps channel.
    func image(_ name: String) -> Image<Float> {
        let parts = word(name).split(separator: ",")
        let sizes = parts.dropFirst().compactMap { Int($0) }
        guard let path = parts.first, let bytes = try? ByteSource(path: String(path)).all() else {
            fatalError("no array \(name)")
        }
        let axes: [Axis] = sizes.count == 3 ? [.y, .x, .channel] : [.y, .x]
        return AnyImage(kind: .float32, axes: axes, sizes: sizes) {
            for i in 0..<$0.byteCount { $0.storeBytes(of: bytes[i], toByteOffset: i, as: UInt8.self) }
        }.converted(to: Float.self)
    }

    var size: PixelSize { PixelSize(width: integer("width"), height: integer("height")) }
}
