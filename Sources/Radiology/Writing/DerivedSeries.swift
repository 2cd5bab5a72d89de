public import Formats
import ImageCore

/// Writes a volume as a series of CT or MR images, one file per slice, derived from the series it was made of.
///
/// Patient, study, frame of reference and what the scanner was set to come over from the source; series and SOP instances
/// get new identifiers, which follow from the samples and the facts. Image Type begins `DERIVED\SECONDARY`, Source Image
/// Sequence names the images of each slice, Contributing Equipment the scanner. Slices lie where the volume's geometry
/// puts them (where slices have no common step, at their own places); slices that a policy put in are left out, so that
/// the gap stays a gap.
///
/// Samples are stored with 16 bits. Whole numbers are stored exactly wherever 16 bits span them; others get a slope, with
/// ``maximumError`` telling what a reader loses at most: half of a 65535th of the values' range.
///
/// ```swift
/// let reader = try VolumeReader(folder: "scan")
/// var volume = try reader.volume()
/// // … work on volume.image …
/// let derived = try DerivedSeries(volume, from: SourceSeries(volume), derivation: "Median filter, 3 x 3 x 3")
/// try derived.write(to: "filtered")
/// ```
public struct DerivedSeries: Sendable {
    private let volume: Volume
    private let source: SourceSeries
    private let origin: ObjectOrigin
    private let derivation: String
    private let places: DerivedSlices
    private let scale: StoredScale
    private let hash: DICOMUIDHash

    /// Prepares a series; nothing is written.
    ///
    /// - Parameters:
    ///   - volume: A gray volume with a geometry, 3-D or with the axes of its series.
    ///   - source: The series that it was made of: CT or MR.
    ///   - derivation: What was done; (0008,2111), at most 1024 characters.
    ///   - origin: Who makes it, when, and what the series is called.
    /// - Throws: ``FormatError/Code-swift.struct/invalidRequest`` for a volume that is empty, has color or no
    ///   geometry, more than 65535 rows or columns or values that are not finite;
    ///   ``FormatError/Code-swift.struct/unsupported`` for a source that is neither CT nor MR.
    public init(
        _ volume: Volume, from source: SourceSeries, derivation: String, origin: ObjectOrigin = ObjectOrigin()
    ) throws(FormatError) {
        guard source.modality == "CT" || source.modality == "MR" else {
            throw FormatError(
                .unsupported, file: source.path, place: "\(DICOMTag.modality)", expected: "CT or MR",
                found: source.modality.isEmpty ? "none" : source.modality)
        }
        places = try DerivedSlices(volume, file: source.path)
        var volume = volume
        volume.image = volume.image.accept(Ordering(axes: volume.image.axes.dropLast(3) + [.z, .y, .x]))
        let span = volume.image.accept(FindValueSpan())
        scale = StoredScale(span)
        guard span.isFinite, scale.maximumError.isFinite else {
            throw FormatError(
                .invalidRequest, file: source.path, place: "samples", expected: "finite values",
                found: "values that are not")
        }
        self.volume = volume
        self.source = source
        self.origin = origin.numbered(after: source.study.seriesNumber)
        self.derivation = derivation
        hash = Self.hash(volume, source, derivation, self.origin, places)
    }

    /// The largest distance between a value of the volume and what a reader of the files gets; 0 for whole numbers.
    public var maximumError: Double { scale.maximumError }
    /// The new Series Instance UID.
    public var seriesInstanceUID: String { hash.uid("series") }

    /// Writes the files into a folder, which appears under its name only when all are whole.
    ///
    /// - Parameters:
    ///   - folder: A folder that does not exist yet or is empty.
    ///   - isCancelled: Asked before each slice; nothing is left then.
    /// - Returns: The files, in the order of the slices.
    /// - Throws: ``FormatError``: `invalidRequest` when the folder has files, or for a text that DICOM does not allow,
    ///   before anything is created; `inputOutput`; `interrupted`. What was written so far is removed then.
    @discardableResult
    public func write(
        to folder: String, isCancelled: () -> Bool = { false }
    ) throws(FormatError) -> [String] {
        let staging = try StagedFolder(path: folder)
        let names = places.slices.map { Self.name(order($0)) }
        for (number, slice) in places.slices.enumerated() {
            _ = try DICOMEncoder().header(dataSet(slice, number: number), file: "\(folder)/\(names[number])")
        }
        try staging.begin()
        do throws(FormatError) {
            for (number, slice) in places.slices.enumerated() {
                if isCancelled() { throw FormatError(.interrupted, file: folder, found: "interrupted") }
                let words = volume.image.accept(StoreSamples(scale: scale, slice: order(slice)))
                try DICOMEncoder().write(
                    dataSet(slice, number: number), pixels: unsafe words.span.bytes,
                    to: "\(staging.place)/\(names[number])")
            }
            try staging.commit()
        } catch {
            staging.discard()
            throw error
        }
        return names.map { "\(folder)/\($0)" }
    }

    /// The number of a slice among all of the volume, from 0.
    private func order(_ slice: DerivedSlice) -> Int { slice.place * volume.image.depth + slice.index }

    private static func name(_ index: Int) -> String {
        let digits = String(index + 1)
        return String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".dcm"
    }

    private static func hash(
        _ volume: Volume, _ source: SourceSeries, _ derivation: String, _ origin: ObjectOrigin, _ places: DerivedSlices
    ) -> DICOMUIDHash {
        var hash = DICOMUIDHash("derived series", source.study.studyInstanceUID, source.seriesInstanceUID, derivation)
        origin.combine(into: &hash)
        let (x, y) = (places.orientation.x, places.orientation.y)
        for vector in [x, y, places.spacing] + places.slices.map(\.position) {
            hash.combine("\(vector)")
        }
        for size in volume.image.sizes { hash.combine(size) }
        return volume.image.accept(HashSamples(hash: hash))
    }
}

extension DerivedSeries {
    private func dataSet(_ slice: DerivedSlice, number: Int) -> DICOMItem {
        var item = source.study.attributes
        item.merge(source.study.deidentification)
        item.merge(origin.attributes(modality: source.modality))
        if source.mayHaveSide { item.put(.laterality, .cs, .empty) }
        item.merge(source.common)
        item.merge(source.acquisition)
        item.merge(modalityAttributes)
        item.merge(volume.axes.attributes(at: slice.place))
        item.merge(pixelAttributes)
        item.put(.sopInstanceUID, .ui, hash.uid("instance \(order(slice))"))
        item.put(.seriesInstanceUID, .ui, seriesInstanceUID)
        item.put(.frameOfReferenceUID, .ui, source.frameOfReferenceUID)
        item.put(.instanceNumber, .is, number + 1)
        item.put(.derivationDescription, .st, derivation)
        if !slice.sources.isEmpty {
            item.put(
                .sourceImageSequence,
                items: slice.sources.map { source.sourceReference(to: $0.sopInstanceUID, frame: $0.frame) })
        }
        let (x, y) = (places.orientation.x, places.orientation.y)
        item.put(.imagePositionPatient, .ds, [slice.position.x, slice.position.y, slice.position.z])
        item.put(.imageOrientationPatient, .ds, [x.x, x.y, x.z, y.x, y.y, y.z].map { $0 == 0 ? 0 : $0 })
        item.put(.pixelSpacing, .ds, [places.spacing.y, places.spacing.x])
        if slice.sources.isEmpty || item.attribute(.sliceThickness) == nil {
            item.put(.sliceThickness, .ds, [places.spacing.z])
        }
        return item
    }

    private var pixelAttributes: DICOMItem {
        var item = DICOMItem()
        item.put(.samplesPerPixel, .us, 1)
        item.put(.photometricInterpretation, .cs, "MONOCHROME2")
        item.put(.rows, .us, volume.image.height)
        item.put(.columns, .us, volume.image.width)
        item.put(.bitsAllocated, .us, 16)
        item.put(.bitsStored, .us, 16)
        item.put(.highBit, .us, 15)
        item.put(.pixelRepresentation, .us, scale.isSigned ? 1 : 0)
        return item
    }

    private var modalityAttributes: DICOMItem {
        var item = DICOMItem()
        let isCT = source.modality == "CT"
        let third = source.imageType.count > 2 ? DICOMVR.cs.mended(source.imageType[2]) : nil
        let kind = isCT ? (third == "LOCALIZER" ? "LOCALIZER" : "AXIAL") : third ?? "OTHER"
        item.put(.imageType, .cs, ["DERIVED", "SECONDARY", kind])
        item.put(.sopClassUID, .ui, "1.2.840.10008.5.1.4.1.1.\(isCT ? 2 : 4)")
        if isCT || scale.slope != 1 || scale.intercept != 0 {
            item.put(.rescaleSlope, .ds, [scale.slope])
            item.put(.rescaleIntercept, .ds, [scale.intercept])
            item.put(.rescaleType, .lo, rescaleType)
        }
        // Type 2, or type 1 where the source does not know better: a research sequence without variant.
        let missing: [(DICOMTag, DICOMVR, String?)] =
            isCT
            ? [(.kvp, .ds, nil), (.acquisitionNumber, .is, nil)]
            : [
                (.scanningSequence, .cs, "RM"), (.sequenceVariant, .cs, "NONE"), (.scanOptions, .cs, nil),
                (.mrAcquisitionType, .cs, nil), (.repetitionTime, .ds, nil), (.echoTime, .ds, nil),
                (.echoTrainLength, .is, nil),
            ]
        for (tag, vr, text) in missing + [(.patientPosition, .cs, nil)]
        where source.acquisition.attribute(tag) == nil { item.put(tag, vr, text) }
        return item
    }

    private var rescaleType: String {
        switch volume.unit {
        case .hounsfield: "HU"
        case .unspecified: "US"
        default: DICOMVR.lo.mended(volume.unit.name) ?? "US"
        }
    }
}
