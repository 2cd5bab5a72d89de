/// An attribute along which a stack has a further axis, or by which slices were told apart.
public enum StackAttribute: String, Sendable, Hashable, Codable, CaseIterable {
    /// How slices lie: (0020,0037).
    case orientation
    /// Rows and columns.
    case imageSize
    /// Distance between pixels.
    case pixelSpacing
    /// Gray, palette or color.
    case colorClass
    /// Frame of reference UID (0020,0052).
    case frameOfReference
    /// Image type: original or derived, primary or secondary, and what follows; (0008,0008) or (0008,9007).
    case imageType
    /// Convolution kernel (0018,1210).
    case convolutionKernel
    /// Peak kilovoltage of the tube (0018,0060).
    case tubeVoltage
    /// How the patient lies in the scanner (0018,5100).
    case patientPosition
    /// Slice thickness (0018,0050), where slices of several lie at one place.
    case sliceThickness
    /// Name of the pulse sequence (0018,0024), where images of several lie at one place and nothing better tells them apart.
    case sequenceName
    /// Stack ID (0020,9056).
    case stackID
    /// Whether the image is a mosaic of slices.
    case mosaic
    /// Modality (0008,0060).
    case modality
    /// Whether a position is known.
    case hasPosition
    /// Whether the image type says that it is a localizer.
    case localizer
    /// Place of the slices across their normal: stations, left and right.
    case inPlanePosition
    /// The file: images without a position stand alone.
    case file
    /// b-value (0018,9087), then the direction of the gradient (0018,9089).
    case diffusion
    /// Echo time in milliseconds.
    case echoTime
    /// Echo number (0018,0086).
    case echoNumber
    /// Inversion time in milliseconds.
    case inversionTime
    /// Flip angle in degrees.
    case flipAngle
    /// Part of the heart's cycle in percent: (0020,9241).
    case cardiacPhase
    /// Temporal position (0020,9128) or (0020,0100).
    case temporalPosition
    /// Milliseconds after the trigger.
    case triggerTime
    /// Frame reference time in milliseconds (0054,1300).
    case frameReferenceTime
    /// Milliseconds from the first frame of a cine.
    case cineTime
    /// Place in the vectors of nuclear medicine other than slices.
    case nuclearIndex
    /// Dimension index values (0020,9157) other than the slice's.
    case dimensionIndex
    /// Acquisition number (0020,0012).
    case acquisitionNumber
    /// Acquisition time in seconds since midnight.
    case acquisitionTime
    /// Content time in seconds since midnight.
    case contentTime
    /// Instance number (0020,0013), or the order of the frames in a file.
    case instanceNumber
}
