/// One color: 8 bits each of red, green and blue.
public struct RGBColor: Sendable, Hashable, Codable {
    /// 0…255.
    public var red: UInt8
    /// 0…255.
    public var green: UInt8
    /// 0…255.
    public var blue: UInt8

    /// A color by its parts.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// A color by its number, for example `0xFF8000` for orange.
    public init(hex: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex))
    }

    /// All light.
    public static let white = RGBColor(red: 255, green: 255, blue: 255)
    /// No light.
    public static let black = RGBColor(red: 0, green: 0, blue: 0)
}
