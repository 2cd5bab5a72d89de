import Formats
import Foundation
import ImageCore
import TestSupport
import Testing

/// The formats whose writers share their rules, for tests of all of them.
enum VolumeEncoder: String, CaseIterable, CustomTestStringConvertible {
    case nrrd, nrrdRaw, nhdr, nhdrRaw, mha, mhaRaw, mhd, mhdRaw

    var testDescription: String { rawValue }

    var isNRRD: Bool { [.nrrd, .nrrdRaw, .nhdr, .nhdrRaw].contains(self) }

    private var isRaw: Bool { rawValue.hasSuffix("Raw") }

    /// The ending of the header.
    var ending: String { isRaw ? String(rawValue.dropLast(3)) : rawValue }

    /// The ending of the file beside; `nil` for files of one piece.
    var samplesEnding: String? {
        switch self {
        case .nrrd, .nrrdRaw, .mha, .mhaRaw: nil
        case .nhdrRaw: "nhdr.raw"
        case .mhdRaw: "raw"
        case .nhdr: "nhdr.raw.gz"
        case .mhd: "zraw"
        }
    }

    func write(_ image: AnyImage, to path: String, workers: Int = 2) throws {
        let level = isRaw ? nil : 1
        if isNRRD {
            try NRRDEncoder(level: level, workers: workers).write(image, to: path)
        } else {
            try MetaImageEncoder(level: level, workers: workers).write(image, to: path)
        }
    }

    /// The image that is read again, and its header as text.
    func roundTrip(_ image: AnyImage, in folder: ScratchFolder) throws -> (image: AnyImage, header: String) {
        let path = folder.path("a.\(ending)")
        try write(image, to: path)
        let bytes = try Data(contentsOf: URL(filePath: path))
        return (try FormatTable.standard.readImage(path: path), String(decoding: bytes.prefix(1000), as: UTF8.self))
    }
}
