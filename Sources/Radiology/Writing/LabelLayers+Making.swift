public import ImageCore

extension LabelLayers.Layer {
    /// A layer of a label map, axes z, y, x, with the numbers that occur in it.
    public init(_ labels: Image<UInt16>) {
        var found: Set<Int> = []
        let image = labels.contiguous()
        let samples = image.samples
        var last: UInt16 = 0
        for i in 0..<samples.count where samples[i] != last {
            last = samples[i]
            if last != 0 { found.insert(Int(last)) }
        }
        self.init(labels: image, regions: found.sorted())
    }
}

extension LabelLayers {
    /// One label map on a grid.
    public init(_ labels: Image<UInt16>, on grid: SliceGrid) {
        self.init(layers: [Layer(labels)], grid: grid)
    }

    /// Masks of regions that may overlap: the first is number 1, and each goes into the first layer where it fits.
    ///
    /// - Precondition: all masks have the same axes and sizes.
    public init(_ masks: [Image<Bool>], on grid: SliceGrid) {
        var layers: [Layer] = []
        for (index, mask) in masks.enumerated() {
            let number = index + 1
            let free = layers.indices.first { !Self.overlap(layers[$0].labels, mask) }
            if let free {
                Self.paint(number, mask, &layers[free].labels)
                layers[free].regions.append(number)
            } else {
                var labels = Image<UInt16>(axes: mask.axes, sizes: mask.sizes, color: .labels, domain: .labels)
                Self.paint(number, mask, &labels)
                layers.append(Layer(labels: labels, regions: [number]))
            }
        }
        self.init(layers: layers, grid: grid)
    }

    private static func overlap(_ labels: Image<UInt16>, _ mask: Image<Bool>) -> Bool {
        precondition(labels.sizes == mask.sizes && labels.axes == mask.axes, "masks of one size")
        let mask = mask.contiguous()
        let (inside, taken) = (mask.samples, labels.samples)
        for i in 0..<inside.count where inside[i] && taken[i] != 0 { return true }
        return false
    }

    private static func paint(_ number: Int, _ mask: Image<Bool>, _ labels: inout Image<UInt16>) {
        let mask = mask.contiguous()
        let inside = mask.samples
        var samples = labels.mutableSamples
        for i in 0..<inside.count where inside[i] { samples[i] = UInt16(truncatingIfNeeded: number) }
    }
}
