/// Hue turned, saturation and value multiplied, in the HSV model (Smith, "Color gamut transform pairs", 1978).
struct HSVShift {
    let hueDegrees: Double
    let saturation: Double
    let value: Double
    let white: Double

    /// What a pixel of red, green and blue becomes.
    func applied(to pixel: [Double]) -> [Double] {
        let (red, green, blue) = (pixel[0] / white, pixel[1] / white, pixel[2] / white)
        let (highest, lowest) = (max(red, green, blue), min(red, green, blue))
        let chroma = highest - lowest
        var sector = 0.0
        if chroma > 0 {
            if highest == red {
                sector = (green - blue) / chroma
            } else if highest == green {
                sector = (blue - red) / chroma + 2
            } else {
                sector = (red - green) / chroma + 4
            }
        }
        let oldSaturation = highest > 0 ? chroma / highest : 0
        let newSaturation = min(max(oldSaturation * saturation, 0), 1)
        let newValue = min(max(highest * value, 0), 1)
        let turned = sector + hueDegrees / 60
        // f(n) = V − V·S·max(0, min(k, 4 − k, 1)) with k = (n + H/60) mod 6.
        return [5.0, 3, 1].map { n in
            let place = (n + turned).truncatingRemainder(dividingBy: 6)
            let k = place < 0 ? place + 6 : place
            return white * (newValue - newValue * newSaturation * max(0, min(k, 4 - k, 1)))
        }
    }
}
