import ArgumentParser
import Formats
import ImageCore
import SlideGenerator

/// The command line of the generator.
@main
struct MakeSlide: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a pyramidal slide of any size from the real tissue of another slide.")

    @Argument(help: "The file to write, for example large.tif.")
    var output: String
    @Option(help: "A slide to cut tissue out of, at least 1024 pixels each way; read whole.")
    var tissue: String
    @Option(help: "Width of level 0 in pixels.")
    var width = 20_000
    @Option(help: "Height of level 0 in pixels.")
    var height = 20_000
    @Option(help: "Share of the slide inside the outlines of tissue, 0 to 1.")
    var coverage = 0.35
    @Option(help: "Chooses outlines and pieces; the same seed gives the same bytes.")
    var seed: UInt64 = 1
    @Option(help: "Micrometres per pixel of level 0.")
    var mpp = 0.5
    @Option(help: "JPEG quality, 1 to 100.")
    var quality = 80

    func validate() throws {
        guard width >= 1, height >= 1, max(width, height) <= 1 << 18 else {
            throw ValidationError("--width and --height lie between 1 and \(1 << 18)")
        }
        guard (0...1).contains(coverage) else { throw ValidationError("--coverage lies between 0 and 1") }
        guard (1...100).contains(quality) else { throw ValidationError("--quality lies between 1 and 100") }
        guard mpp > 0 else { throw ValidationError("--mpp is above 0") }
    }

    func run() throws {
        let recipe = SlideRecipe(
            size: PixelSize(width: width, height: height), coverage: coverage, seed: seed, mpp: mpp, quality: quality)
        try SlideGenerator(recipe: recipe, tissue: readTissue()).write(to: output)
    }
}
