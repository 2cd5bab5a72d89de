import ImageCore

/// The lines of a header that say where the samples lie; none without a geometry and a distance in time.
struct MetaImagePlacement: Sendable, Hashable {
    let lines: String

    init(_ volume: InterleavedVolume, _ timeStepSeconds: Double?) {
        let axes = volume.axes
        let timeStep = axes.contains(.time) ? timeStepSeconds : nil
        guard volume.image.geometry != nil || timeStep != nil else {
            lines = ""
            return
        }
        let geometry = volume.image.geometry ?? Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        let isPlaced = volume.image.geometry?.isPlaced ?? true
        var (matrix, offset, spacing): ([Double], [Double], [Double]) = ([], [], [])
        for (row, axis) in axes.enumerated() {
            if let index = axis.spatialIndex {
                let direction = [geometry.direction.x, geometry.direction.y, geometry.direction.z][index]
                matrix += axes.indices.map { $0 < 3 && axes[$0].isSpatial ? direction[$0] : 0 }
                offset.append(geometry.originMillimetres[index])
                spacing.append(geometry.spacingMillimetres[index])
            } else {
                matrix += axes.indices.map { $0 == row ? 1 : 0 }
                offset.append(0)
                spacing.append(axis == .time ? timeStep ?? 1 : 1)
            }
        }
        // Minus zero is written as zero.
        func text(_ numbers: [Double]) -> String { numbers.map { ($0 + 0).shortest }.joined(separator: " ") }
        let place = """
            TransformMatrix = \(text(matrix))
            Offset = \(text(offset))
            CenterOfRotation = \(text(axes.map { _ in 0 }))

            """
        lines = (isPlaced ? place : "") + "ElementSpacing = \(text(spacing))\n"
    }
}
