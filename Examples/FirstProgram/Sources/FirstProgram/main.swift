// FirstProgram SLIDE ANNOTATIONS FOLDER: a window of a slide and its tumor mask, as two pictures.
import Annotations
import Formats
import ImageCore

let arguments = CommandLine.arguments
let slide = try Slides.open(path: arguments[1])
let annotations = try ClassMap.camelyon16.resolve(AnnotationFiles.read(path: arguments[2]))
let window = PixelRect(x: 1000, y: 1800, width: 512, height: 512)

let patch = try slide.read(window, level: 0).pixels
let mask = Rasterizer(annotations, downsampleX: 1, downsampleY: 1, canvas: slide.levels[0].size).labels(in: window)
try PNGEncoder().write(patch, to: arguments[3] + "/patch.png")
try PNGEncoder().write(mask, to: arguments[3] + "/mask.png")
