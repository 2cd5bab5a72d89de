import Formats

extension DICOMMosaic {
    /// The mosaic of a data set; `nil` for other images.
    ///
    /// The number of slices stands in (0019,xx0A) of "SIEMENS MR HEADER", or in the CSA header of older systems.
    init?(_ data: DICOMDataSet, pixels: DICOMPixelFacts) {
        guard data.texts(.imageType)?.contains("MOSAIC") ?? false else { return nil }
        let header = data.tag(.siemensCSAImageHeader).flatMap { data.bytes($0) }.flatMap { SiemensCSAHeader($0) }
        let count = data.numbers(.siemensImagesInMosaic, bytes: 2).first.flatMap { Int(exactly: $0) }
        self.init(sliceCount: count ?? header?.integer("NumberOfImagesInMosaic") ?? 0, in: pixels)
        var times = data.numbers(.siemensMosaicTimes, bytes: 8)
        if times.count < sliceCount { times = header?.doubles("MosaicRefAcqTimes") ?? [] }
        if sliceCount > 0, times.count >= sliceCount, Set(times.prefix(sliceCount)).count > 1 {
            sliceTimesMilliseconds = Array(times.prefix(sliceCount))
        }
        sliceNormal = header?.doubles("SliceNormalVector") ?? []
    }

    /// The facts of every tile by those of the picture.
    ///
    /// The picture's position is that of its own first pixel, laid around the place of the first slice: both have the same
    /// center. The other slices follow along the normal, to the side that the CSA header tells.
    mutating func frames(_ picture: DICOMFrameFacts, _ data: DICOMDataSet, pixels: DICOMPixelFacts) -> [DICOMFrameFacts]
    {
        let between = data.double(.spacingBetweenSlices).map { abs($0) } ?? 0
        hasKnownSpacing = between > 0
        let distance = hasKnownSpacing ? between : picture.sliceThicknessMillimetres ?? 0
        var first = picture
        var step: SIMD3<Double>?
        if let position = picture.positionMillimetres, let orientation = picture.orientation,
            let spacing = picture.spacing
        {
            let across = orientation.x * (spacing.xMillimetres * Double(pixels.columns - columns) / 2)
            let down = orientation.y * (spacing.yMillimetres * Double(pixels.rows - rows) / 2)
            first.positionMillimetres = position + across + down
            step = distance > 0 ? orientation.normal * (distance * side(of: orientation.normal)) : nil
        }
        return (0..<sliceCount).map { tile in
            var facts = first
            facts.frame = tile
            guard tile > 0 else { return facts }
            facts.hasDerivedPosition = true
            // Without a distance nobody knows where the other slices lie.
            facts.positionMillimetres = step.flatMap { step in
                first.positionMillimetres.map { $0 + step * Double(tile) }
            }
            return facts
        }
    }

    /// 1 when the slices follow the normal, −1 when they go against it.
    private mutating func side(of normal: SIMD3<Double>) -> Double {
        guard sliceNormal.count == 3 else { return 1 }
        let along = normal.dot(SIMD3(sliceNormal[0], sliceNormal[1], sliceNormal[2]))
        hasKnownDirection = abs(along) > 0.9
        return hasKnownDirection && along < 0 ? -1 : 1
    }
}
