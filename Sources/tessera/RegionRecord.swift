import ImageCore
import Radiology

/// The table beside the label volumes of one object.
struct RegionRecord: Codable {
    /// One region and its voxels.
    struct Region: Codable {
        var label: Int
        var numberInFile: Int?
        var name: String
        var color: String?
        var type: String?
        var concept: CodedConcept?
        var trackingUID: String?
        var voxels: Int
        var millilitres: Double?
    }

    /// One label volume.
    struct Layer: Codable {
        var file = ""
        var regions: [Region] = []
    }

    /// What the labels depend on.
    struct MadeFrom: Codable, Equatable {
        /// The contents of the object and of the segmentations that it needs, and the grid.
        var inputs: String
        /// The options.
        var parameters: [String: String]

        /// In which option labels that are there differ from those that are wanted; `nil` when in none.
        func option(
            differingFrom wanted: MadeFrom
        ) -> (name: String, found: String, wanted: String)? {
            for name in Set(parameters.keys).union(wanted.parameters.keys).sorted() {
                let (found, wanted) = (parameters[name] ?? "none", wanted.parameters[name] ?? "none")
                if found != wanted { return (name, found, wanted) }
            }
            return nil
        }
    }

    var object: String
    var kind: String
    var seriesUID: String?
    var madeFrom: MadeFrom?
    var layers: [Layer]
    /// Regions that no voxel belongs to.
    var emptyRegions: [Region]
    var defects: [RegionDefect]

    /// Whether there is anything to write: a report may mark nothing.
    var hasRegions: Bool { !emptyRegions.isEmpty || layers.contains { !$0.regions.isEmpty } }

    /// The record of an object without regions.
    init(_ object: RegionObject, _ input: RegionInputs.Object) {
        self.object = input.path
        kind = Self.kind(object)
        (layers, emptyRegions, defects) = ([], [], object.defects)
    }

    private static func kind(_ object: RegionObject) -> String {
        switch object {
        case .segmentation: "segmentation"
        case .structureSet: "structureSet"
        case .report: "report"
        }
    }

    init(_ object: RegionObject, _ input: RegionInputs.Object, _ labels: RegionLabels, seriesUID: String?) {
        self.init(object, input)
        self.seriesUID = seriesUID
        defects = labels.defects
        let spacing = (labels.layers.grid.geometry ?? labels.layers.grid.nominalGeometry)?.spacingMillimetres
        let volume = spacing.map { $0.x * $0.y * $0.z / 1000 }
        let counts = labels.layers.voxelCounts()
        layers = counts.map { counts in
            let listed = labels.regions.filter { counts[$0.label] != nil }
            return Layer(regions: listed.map { Region($0, voxels: counts[$0.label] ?? 0, voxelMillilitres: volume) })
        }
        emptyRegions = labels.regions.filter { region in !counts.contains { $0[region.label] != nil } }
            .map { Region($0, voxels: 0, voxelMillilitres: volume) }
    }
}

extension RegionRecord.Region {
    fileprivate init(_ region: RegionLabels.Region, voxels: Int, voxelMillilitres: Double?) {
        label = region.label
        numberInFile = region.numberInFile
        name = region.name
        color = region.color.map { Self.hex($0) }
        type = region.type
        concept = region.concept
        trackingUID = region.trackingUID
        self.voxels = voxels
        millilitres = voxelMillilitres.map { (Double(voxels) * $0 * 1e6).rounded() / 1e6 }
    }

    private static func hex(_ color: RGBColor) -> String {
        let digits = [color.red, color.green, color.blue].map { value in
            let text = String(value, radix: 16, uppercase: true)
            return text.count == 1 ? "0" + text : text
        }
        return "#" + digits.joined()
    }
}
