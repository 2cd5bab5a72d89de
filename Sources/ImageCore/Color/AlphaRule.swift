/// What becomes of opacity when an image is converted to a color model without it.
public enum AlphaRule: Sendable, Hashable {
    /// Opacity is cut away; the colors stay as they are, also where nothing was visible.
    case drop
    /// The image is laid over a background of one color, given by red, green and blue from 0 (black) to 1 (white).
    case compose(red: Double, green: Double, blue: Double)

    /// The image is laid over white.
    public static let composeOnWhite = AlphaRule.compose(red: 1, green: 1, blue: 1)
    /// The image is laid over black.
    public static let composeOnBlack = AlphaRule.compose(red: 0, green: 0, blue: 0)
}
