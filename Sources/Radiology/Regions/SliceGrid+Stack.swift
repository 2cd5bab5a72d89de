extension SliceGrid {
    /// The grid of a stack; for a stack with further axes, that of its first place (all have the same positions).
    ///
    /// Slices that exist only as gaps of the stack are not part of it.
    public init(_ stack: DICOMStack, of series: DICOMSeries) {
        let slices = stack.leadingFrames.map { reference in
            Slice(
                originMillimetres: series.facts(reference).positionMillimetres,
                sopInstanceUID: series.instances[reference.instance].sopInstanceUID, frame: reference.frame)
        }
        let first = stack.frames.first
        // Slices that are not parallel have no orientation that is true of all.
        let orientation = stack.geometry.kind == .notParallel ? nil : stack.geometry.orientation
        self.init(
            rows: stack.pixels.rows, columns: stack.pixels.columns, orientation: orientation,
            spacing: stack.spacing, slices: Array(slices),
            frameOfReferenceUID: first.flatMap { series.instances[$0.instance].frameOfReferenceUID },
            thicknessMillimetres: first.flatMap { series.facts($0).sliceThicknessMillimetres })
    }
}
