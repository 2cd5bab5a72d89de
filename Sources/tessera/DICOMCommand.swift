import ArgumentParser

struct DICOMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dicom", abstract: "Writes DICOM: derived series, segmentations, secondary captures.",
        discussion: """
            Patient and study come over from a series or file; identifiers follow from what is written, so that the same \
            input with the same --date gives the same bytes. Nothing is left where something fails.
            """,
        subcommands: [DICOMSeriesCommand.self, DICOMSegmentationCommand.self, DICOMPictureCommand.self])
}
