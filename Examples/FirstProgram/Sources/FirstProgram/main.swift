// FirstProgram SLIDE ANNOTATIONS FOLDER: a window of a slide and its tumor mask, as two pictures.
import Annotations
import Formats
import Foundation
import ImageCore

let arguments = CommandLine.arguments
guard arguments.count == 4 else {
    FileHandle.standardError.write(Data("usage: FirstProgram SLIDE ANNOTATIONS FOLDER\n".utf8))
    exit(64)
}
let slide = try Slides.open(path: arguments[1])
let annotations = try ClassMap.camelyon16.resolve(AnnotationFiles.read(path: arguments[2]))
let window = PixelRect(x: 1000, y: 1800, width: 512, height: 512)

let patch = try slide.read(window, level: 0).pixels
let labels = Rasterizer(annotations, downsampleX: 1, downsampleY: 1, canvas: slide.levels[0].size).labels(in: window)
try FileManager.default.createDirectory(atPath: arguments[3], withIntermediateDirectories: true)
try PNGEncoder().write(patch, to: arguments[3] + "/patch.png")
try PNGEncoder().write(labels.mask { $0 == 1 }, to: arguments[3] + "/mask.png")  // tumor is white
