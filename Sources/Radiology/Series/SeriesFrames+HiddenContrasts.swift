extension SeriesFrames {
    /// The first contrast that differs within a volume of a grid, or between volumes whose axes do not tell of it; `nil` where
    /// every volume is of one contrast, which its axes name.
    func hiddenContrast(of grid: StackGrid) -> StackAttribute? {
        let named = grid.axes.map(\.attribute).filter(StackAttribute.contrasts.contains)
        return StackAttribute.contrasts.first { contrast in
            guard !named.contains(contrast) else { return false }
            var values: [[[Double]]: [Double]] = [:]
            return grid.frames.contains { frame in
                let value = contrast.values(of: facts(frame))
                return values.updateValue(value, forKey: named.map { $0.values(of: facts(frame)) }) ?? value != value
            }
        }
    }

    /// The grid of frames: complete, or with few holes; where every one hides a contrast the most telling of these, of which a
    /// defect tells.
    func grid(_ placed: PlacedFrames) -> StackGrid? {
        completeGrid(placed) ?? gridWithHoles(placed) ?? completeGrids(placed).first { _ in true }
            ?? gridsWithHoles(placed).first { _ in true }
    }
}
