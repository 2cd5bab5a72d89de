import ArgumentParser
import Formats
import ImageCore
import Radiology

struct DICOMPictureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "picture", abstract: "Writes pictures as a secondary capture; several become frames of one file.",
        usage: "tessera dicom picture <picture> ... <output> [<options>]")

    @Argument(help: ArgumentHelp("Pictures of one size, then the output file.", valueName: "pictures"))
    var paths: [String]

    @Option(help: ArgumentHelp("A DICOM file whose patient and study the picture belongs to.", valueName: "file"))
    var study: String?

    @Option(help: "Patient ID, where there is no --study.")
    var patientID: String?

    @Option(help: "Patient's name, as Family^Given, where there is no --study.")
    var patientName: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Text that identifies the patient is part of the pictures, or is not; one picture may leave it open.")
    var burnedIn: Bool?

    @OptionGroup var writing: DICOMWritingArguments

    @OptionGroup var replacing: OverwriteArguments

    func validate() throws {
        try expect(paths.count >= 2, "paths", "pictures and then an output file", "only \(paths[0])")
        let isOpen = paths.count > 2 && burnedIn == nil
        try expect(!isOpen, "--burned-in", "this or --no-burned-in, which DICOM wants of several frames", "neither")
    }

    func run() throws {
        try DICOMWritingArguments.run { () throws(FormatError) in
            try DICOMWritingArguments.checkName(paths.last ?? "")
            if let study, FilePaths.isFolder(study) {
                throw FormatError(
                    .invalidRequest, file: study, place: "--study", expected: "a DICOM file", found: "a folder")
            }
            try replacing.check([paths.last ?? ""], inputs: paths.dropLast() + [study].compactMap { $0 })
            let facts =
                try study.map { (path) throws(FormatError) in try StudyFacts(DICOMHeader(path: path)) }
                ?? StudyFacts(patientName: patientName, patientID: patientID)
            let capture = SecondaryCapture(study: facts, origin: writing.origin, burnedInAnnotation: burnedIn)
            let (picture, output) = (try picture(), paths.last ?? "")
            AtomicFile.removeLeftovers(of: output)
            try Interrupt.check(output)
            try capture.write(picture, to: output)
            guard facts.isAnonymous else { return }
            StandardError.line(
                "tessera: warning: \(output) has no patient's identity: give --study, or --patient-id and --patient-name"
            )
        }
    }

    private func picture() throws(FormatError) -> AnyImage {
        var images: [AnyImage] = []
        for path in paths.dropLast() {
            try Interrupt.check(paths.last ?? "")
            var image = try FormatTable.standard.readImage(path: path)
            // A picture's resolution is that of a screen or a page as often as one of the patient.
            if image.geometry?.frameOfReference == nil { image.geometry = nil }
            if let first = images.first {
                guard first.kind == image.kind, first.axes == image.axes, first.sizes == image.sizes else {
                    throw FormatError(
                        .invalidRequest, file: path, expected: "\(first.kind), \(first.layout.inWords), as \(paths[0])",
                        found: "\(image.kind), \(image.layout.inWords)")
                }
            }
            images.append(image)
        }
        do {
            return images.count == 1 ? images[0] : try images[0].accept(StackFrames(images: images))
        } catch {
            throw FormatError(.invalidRequest, file: paths[0], found: "\(error)")
        }
    }
}

/// Pictures of one kind and size as frames.
private struct StackFrames: ImageVisitor {
    let images: [AnyImage]

    func visit<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> AnyImage {
        AnyImage(try Image.stacked(images.map { $0.converted(to: Scalar.self) }, along: .time))
    }
}
