import ImageCore
import Radiology

/// The table beside the label volumes of one object.
struct RegionRecord: Encodable {
    /// One region and its voxels.
    struct Region: Encodable {
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
    struct Layer: Encodable {
        var file = ""
        var regions: [Region] = []
    }

    var object: String
    var kind: String
    var seriesUID: String?
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
        let spacing = labels.layers.grid.geometry?.spacingMillimetres
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
