import Formats
import Foundation
import ImageCore

/// Pictures that many tests only read; written once, removed when the tests end.
public enum SharedPictures {
    /// A folder with the RGB pictures `0.png` to `11.png`, 200 × 160 pixels.
    public static let folder: String = {
        let root = FileManager.default.temporaryDirectory.appending(path: "tessera-test-pictures-\(getpid())").path
        do {
            try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
            for number in 0..<12 {
                try Data(PNGEncoder().encode(picture(number))).write(to: URL(filePath: "\(root)/\(number).png"))
            }
        } catch {
            preconditionFailure("the temporary folder can be written: \(error)")
        }
        atexit { try? FileManager.default.removeItem(atPath: SharedPictures.folder) }
        return root
    }()

    private static func picture(_ number: Int) -> Image<UInt8> {
        var random = SeededGenerator(seed: UInt64(number + 1))
        return Image(axes: [.y, .x, .channel], sizes: [160, 200, 3], color: .rgb) { output in
            for i in 0..<output.count { output[i] = UInt8(truncatingIfNeeded: i / 600 + Int(random.next() % 64)) }
        }
    }
}
