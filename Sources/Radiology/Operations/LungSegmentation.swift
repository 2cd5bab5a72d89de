public import ImageCore
import ImageProcessing

/// Finds the lungs in a CT volume by classical means, without a network.
///
/// After S. Hu, E. Hoffman, J. Reinhardt, "Automatic lung segmentation for accurate quantitation of volumetric X-ray CT images",
/// IEEE Trans. Med. Imaging 20 (2001): the body (``BodySegmentation``), an optimal threshold between air and tissue inside it, the
/// trachea followed from the top and taken away, the two largest components of the rest in space, lungs that touch
/// each other parted by erosion, and each lung closed with a ball, so that vessels and nodules at the wall are part of it.
///
/// Pieces of gas (bowel, stomach, trachea) are known by their mean, which is that of air. Works on parts of a chest; where there is no
/// lung the result is empty. Consolidated lung has the values of tissue and is found only as far as closing reaches: a network does
/// better there.
public struct LungSegmentation: Sendable, Hashable {
    /// How the body is found.
    public var body = BodySegmentation()
    /// Radius of the ball that closes each lung.
    public var closingMillimetres: Double = 8
    /// Smaller pieces of air are no lung.
    public var smallestMillilitres: Double = 5
    /// A second piece is a lung when it has at least this part of the first one's volume.
    public var smallestRatio: Double = 0.1
    /// Pieces with a mean below are gas without tissue, in HU.
    public var gasHounsfield: Double = -950

    /// The usual parameters.
    public init() {}

    /// What was found, in the grid of the volume.
    public struct Result: Sendable {
        /// Class numbers: 0 elsewhere, 1 the patient's right lung, 2 the left one.
        public var labels: Image<UInt8>
        /// The body, without holes.
        public var body: Image<Bool>
        /// The windpipe and the beginning of the bronchi.
        public var trachea: Image<Bool>
        /// What was found.
        public var outcome: Outcome
        /// The largest value that counted as air, in HU.
        public var thresholdHounsfield: Double

        /// Both lungs.
        public var mask: Image<Bool> { labels.mask { $0 != 0 } }
    }

    /// Segments a volume.
    ///
    /// The sides follow the geometry; without one the volume is taken as LPS of 1 mm: columns to the patient's left, the last slice on top.
    /// - Parameters:
    ///   - volume: Hounsfield units with the axes `[.z, .y, .x]`, in any orientation.
    ///   - validity: Which slices along z come from files, as ``Volume/validity``: the others are bridged from their neighbors, so
    ///     that a gap does not cut body and lungs in two. `nil` when all do.
    /// - Returns: Masks in the grid of the volume; in slices that no file has they are those of the bridge.
    /// - Throws: ``ImageError`` for other axes, a geometry without directions, spacings or a place, or a validity of another number of slices.
    public func segment(_ volume: AnyImage, validity: Image<Bool>? = nil) throws(ImageError) -> Result {
        guard volume.axes == [.z, .y, .x] else {
            throw .invalidArgument("expected the axes z, y, x, found \(volume.axes)")
        }
        var values = try volume.converted(to: Int16.self).bridged(over: validity)
        let geometry = values.geometry ?? Geometry(spacingMillimetres: SIMD3(1, 1, 1))
        guard geometry.isPlaced else {
            throw .invalidArgument("expected a volume whose sides are known, found one without a place in space")
        }
        guard geometry.spacingMillimetres.min() > 0, let orientation = geometry.closestOrientation else {
            throw .invalidArgument("expected a geometry with directions and spacings above 0")
        }
        values.geometry = geometry
        let found = try segmentLPS(values.reoriented(to: .lps).contiguous())
        func back<Scalar: ImageScalar>(_ image: Image<Scalar>) throws(ImageError) -> Image<Scalar> {
            var result = try image.reoriented(to: orientation).contiguous()
            result.geometry = volume.geometry
            return result
        }
        return Result(
            labels: try back(found.labels), body: try back(found.body), trachea: try back(found.trachea),
            outcome: found.outcome, thresholdHounsfield: found.thresholdHounsfield)
    }

    private func segmentLPS(_ volume: Image<Int16>) throws(ImageError) -> Result {
        let spacing = volume.geometry?.spacingMillimetres ?? SIMD3(1, 1, 1)
        let inside = try body.mask(of: .int16(volume))
        let threshold = optimalThreshold(volume, in: inside)
        let air = try volume.mask { Double($0) <= threshold } & inside
        let trachea = try TracheaTracking(air: air, body: inside, spacing: spacing).mask()
        let rest = try air & !trachea
        var lungs = try pieces(of: rest, volume, spacing)
        if lungs.count == 1 { lungs = try LungParting(lung: lungs[0], spacing: spacing).parts() }
        lungs.sort { $0.meanColumn < $1.meanColumn }
        let outcome = outcome(lungs, in: inside)
        let sides = lungs.count == 1 ? [side(of: lungs[0], in: inside)] : [1, 2]
        var labels = Image<UInt8>(axes: volume.axes, sizes: volume.sizes, color: .labels, domain: .labels)
        labels.geometry = volume.geometry
        // What is air belongs to its own lung, whatever the closing of the other one would take of it.
        for (lung, side) in zip(lungs, sides) { paint(lung, side, into: &labels) }
        for (lung, side) in zip(lungs, sides) {
            let whole = try closed(lung, spacing) & inside & !trachea
            paint(whole, side, into: &labels)
        }
        if outcome == .joinedLungs { partByMiddle(of: inside, &labels) }
        return Result(
            labels: labels, body: inside, trachea: trachea, outcome: outcome, thresholdHounsfield: threshold)
    }

    /// The pieces of air that are lungs: the largest, and a second one where there is one.
    private func pieces(
        of air: Image<Bool>, _ volume: Image<Int16>, _ spacing: SIMD3<Double>
    ) throws(ImageError) -> [Image<Bool>] {
        let parts = try VolumeComponents(of: air, connectivity: .six)
        let sums = try parts.sums(of: volume)
        let voxel = spacing.x * spacing.y * spacing.z / 1000
        let lungs = parts.numbersByVolume.filter { number in
            let part = parts.components[number - 1]
            return Double(part.volume) * voxel >= smallestMillilitres
                && sums[number - 1] / Double(part.volume) >= gasHounsfield
        }
        guard let first = lungs.first else { return [] }
        let least = smallestRatio * Double(parts.components[first - 1].volume)
        return lungs.prefix(2).filter { Double(parts.components[$0 - 1].volume) >= least }.map { parts.mask(of: [$0]) }
    }

    /// The lung with vessels and nodules filled in.
    private func closed(_ lung: Image<Bool>, _ spacing: SIMD3<Double>) throws(ImageError) -> Image<Bool> {
        let ball = VolumeStructuringElement.ball(radiusMillimetres: closingMillimetres, spacingMillimetres: spacing)
        // Larger holes are the mediastinum between lungs that could not be parted.
        let largestHole = Int(1000 / (spacing.x * spacing.y))
        // Closed in a wider space: at the edge of the volume closing would reach it from as far as the ball does.
        let reach = (0..<3).map { Int(closingMillimetres / spacing[$0]) + 1 }
        let wide = try lung.padded(x: reach[0], y: reach[1], z: reach[2]).closed(by: ball)
        var whole = wide.cropped(.x, to: reach[0]..<reach[0] + lung.width)
            .cropped(.y, to: reach[1]..<reach[1] + lung.height)
            .cropped(.z, to: reach[2]..<reach[2] + lung.depth).contiguous()
        whole.geometry = lung.geometry
        return try whole.fillingVolumeHoles(below: max(1, largestHole), connectivity: .sliceEight)
    }

    private func outcome(_ lungs: [Image<Bool>], in body: Image<Bool>) -> Outcome {
        guard let only = lungs.first else { return body.boundingBox == nil ? .noBody : .noLungs }
        guard lungs.count == 1 else { return .twoLungs }
        guard let middle = body.middleColumn else { return .oneLung }
        let right = only.cropped(.x, to: 0..<Int(middle.rounded(.up))).trueCount
        let smaller = min(right, only.trueCount - right)
        return 4 * smaller >= only.trueCount ? .joinedLungs : .oneLung
    }

    /// Gives each voxel of lungs that hang together the side that it lies on.
    private func partByMiddle(of body: Image<Bool>, _ labels: inout Image<UInt8>) {
        guard let middle = body.middleColumn else { return }
        let width = labels.width
        var samples = labels.mutableSamples
        for i in 0..<samples.count where samples[i] != 0 { samples[i] = Double(i % width) < middle ? 1 : 2 }
    }

    /// A single lung's number: by the side of the body that it lies in.
    private func side(of lung: Image<Bool>, in body: Image<Bool>) -> UInt8 {
        body.middleColumn.map { lung.meanColumn < $0 ? 1 : 2 } ?? 1
    }

    private func paint(_ mask: Image<Bool>, _ label: UInt8, into labels: inout Image<UInt8>) {
        let source = mask.contiguous()
        let samples = source.samples
        var target = labels.mutableSamples
        for i in 0..<samples.count where samples[i] && target[i] == 0 { target[i] = label }
    }
}

extension Image<Bool> {
    /// The middle of the columns that a volume's mask reaches over; `nil` for an empty one.
    var middleColumn: Double? { boundingBox.map { Double($0.x.lowerBound + $0.x.upperBound - 1) / 2 } }

    /// A volume's mask with empty space around it, without a geometry.
    func padded(x: Int, y: Int, z: Int) -> Image<Bool> {
        let source = contiguous()
        let (width, height, depth) = (width, height, depth)
        let sizes = [depth + 2 * z, height + 2 * y, width + 2 * x]
        var result = Image<Bool>(axes: axes, sizes: sizes, repeating: false, color: .labels, domain: .labels)
        var target = result.mutableSamples
        let samples = source.samples
        for row in 0..<depth * height {
            let (slice, line) = row.quotientAndRemainder(dividingBy: height)
            let start = ((slice + z) * sizes[1] + line + y) * sizes[2] + x
            for column in 0..<width { target[start + column] = samples[row * width + column] }
        }
        return result
    }

    /// The mean of the columns where a volume's mask holds; 0 for an empty one.
    var meanColumn: Double {
        let source = contiguous()
        let (samples, width) = (source.samples, width)
        var (sum, count) = (0, 0)
        var (x, i) = (0, 0)
        while i < samples.count {
            if samples[i] { (sum, count) = (sum + x, count + 1) }
            x = x + 1 == width ? 0 : x + 1
            i += 1
        }
        return count > 0 ? Double(sum) / Double(count) : 0
    }
}
