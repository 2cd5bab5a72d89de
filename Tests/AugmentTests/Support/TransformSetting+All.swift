extension TransformSetting {
    private static let pictures = [Input.rgb, .gray]
    private static let volumes = [Input.volume]
    private static let colors = [Input.rgb]

    /// Every transform of single samples.
    static let all =
        lattice + affine + elastic + crop + resample + intensity + color + stain + blur + noise + mri + local
        + dropout + codec + preparation
    /// Those that move pixels.
    static let moving = lattice + affine + elastic + crop + resample.filter { !coarsening.contains($0.name) }

    private static let lattice = [
        TransformSetting("flip", "{x: 0.5, y: 0.5}", results: .few, identities: ["{x: 0}"]),
        TransformSetting("rotate90", results: .few, identities: ["{k: {choice: [0, 4, -8]}}"]),
        TransformSetting("rotate90", "{axis: x}", on: volumes, results: .few),
        TransformSetting("transpose", results: .one), TransformSetting("d4", results: .few),
        TransformSetting("cube48", on: volumes, results: .few),
    ]

    private static let affine = [
        TransformSetting(
            "affine",
            "{rotate: {uniform: [-20, 20]}, scale: {uniform: [0.9, 1.2]}, shear: {uniform: [-5, 5]}, translate: {uniform: [-0.1, 0.1]}}",
            inVolumes: "{rotate: [{uniform: [-10, 10]}, 5, {uniform: [-20, 20]}], scale: {uniform: [0.9, 1.1]}}",
            identities: ["{}"]),
        TransformSetting("rotate_about", "{angle: {uniform: [-20, 20]}, center: [15, 12]}", identities: ["{}"]),
        TransformSetting(
            "perspective", "{scale: {uniform: [0.05, 0.08]}}", inVolumes: "{scale: {uniform: [0.03, 0.05]}}",
            identities: ["{scale: 0}"]),
    ]

    private static let elastic = [
        TransformSetting(
            "elastic", "{max_displacement: 3}", inVolumes: "{max_displacement: 1.5}",
            identities: ["{max_displacement: 0}"]),
        TransformSetting(
            "elastic_gaussian", "{alpha: 12, sigma: 4}", inVolumes: "{alpha: 10, sigma: 3}", identities: ["{alpha: 0}"]),
        TransformSetting("grid_distortion", inVolumes: "{cells: 3, limit: 0.2}", identities: ["{limit: 0}"]),
        TransformSetting("optical_distortion", "{k: {uniform: [-0.2, 0.2]}}", identities: ["{k: 0}"]),
        TransformSetting(
            "piecewise_affine", "{deviation: 0.1}", inVolumes: "{deviation: 0.08, cells: 3}",
            identities: ["{deviation: 0}"]),
        TransformSetting("thin_plate", "{deviation: 0.03}", identities: ["{deviation: 0}"]),
    ]

    private static let crop = [
        TransformSetting(
            "random_crop", "{size: [30, 24]}", inVolumes: "{size: [12, 10, 9]}", results: .few,
            identities: ["{size: SIZE}"]),
        TransformSetting("random_crop", "{size: [60, 24], pad: true}", on: pictures, results: .few),
        TransformSetting(
            "center_crop", "{size: [31, 24]}", inVolumes: "{size: [12, 11, 9]}", results: .one,
            identities: ["{size: SIZE}"]),
        TransformSetting("square_crop", results: .one),
        TransformSetting(
            "crop_or_pad", "{size: [35, 50]}", inVolumes: "{size: [14, 20, 12]}", results: .one,
            identities: ["{size: SIZE}"]),
        TransformSetting(
            "pad", "{amount: [3, 5]}", inVolumes: "{amount: [1, 2, 3]}", results: .one, identities: ["{}"]),
        TransformSetting(
            "resized_crop", "{size: [40, 32], scale: {uniform: [0.3, 1]}}",
            inVolumes: "{size: [14, 14, 14], scale: {uniform: [0.4, 1]}}",
            identities: ["{size: SIZE, scale: 1, ratio: ASPECT}"]),
        TransformSetting(
            "crop_nonempty", "{size: [24, 20], ignore: [3]}", inVolumes: "{size: [14, 13, 12]}", results: .few,
            identities: ["{size: SIZE}"]),
        TransformSetting(
            "crop_by_label", "{size: [32, 25], positive: 3}", inVolumes: "{size: [14, 13, 12]}", results: .few,
            identities: ["{size: SIZE}"]),
        TransformSetting(
            "crop_by_class", "{size: [24, 20], ratios: [1, 0, 0, 1, 0, 0, 0, 4]}",
            inVolumes: "{size: [14, 13, 12], ratios: [1, 0, 0, 1, 0, 0, 0, 4]}", results: .few,
            identities: ["{size: SIZE}"]),
        TransformSetting(
            "weighted_crop", "{size: [24, 20]}", inVolumes: "{size: [14, 13, 12]}", results: .few,
            identities: ["{size: SIZE}"]),
    ]

    /// Transforms that change the values of pixels alone, among those that resample.
    private static let coarsening = ["low_resolution", "anisotropy", "downscale"]
    private static let resample = [
        TransformSetting(
            "resize", "{size: [60, 30]}", inVolumes: "{size: [16]}", results: .one, identities: ["{size: SIZE}"]),
        TransformSetting(
            "zoom", "{factor: {uniform: [0.7, 1.3]}}", inVolumes: "{factor: {uniform: [0.9, 1.1]}}",
            identities: ["{factor: 1}", "{factor: 1, keep_size: false}"]),
        TransformSetting(
            "zoom", "{factor: [{uniform: [0.9, 1.5]}, 1.2], keep_size: false}", on: pictures, results: .few),
        TransformSetting(
            "spacing", "{spacing: [1, 1, {uniform: [1.8, 2.2]}]}", on: volumes,
            identities: ["{spacing: [1, 1.25, 2.5]}"]),
        TransformSetting("orientation", "{code: RAS}", on: volumes, results: .one, identities: ["{code: LPS}"]),
        TransformSetting("orientation", "{code: SPL}", on: volumes, results: .one),
        TransformSetting("low_resolution", "{scale: {uniform: [0.3, 0.7]}}", results: .few, identities: ["{scale: 1}"]),
        TransformSetting("anisotropy", on: volumes, results: .few, identities: ["{factor: 1}"]),
        TransformSetting("downscale", on: pictures, results: .few, identities: ["{scale: 1}"]),
    ]

    private static let intensity = [
        TransformSetting(
            "brightness", "{factor: {uniform: [0.7, 1.3]}, shift: {uniform: [-0.05, 0.05]}}", identities: ["{}"]),
        TransformSetting(
            "contrast", "{factor: {uniform: [0.7, 1.3]}}", identities: ["{}", "{factor: 1, preserve_range: true}"]),
        TransformSetting(
            "gamma", "{exponent: {uniform: [0.5, 2]}, invert: 0.5, retain_statistics: true}", identities: ["{}"]),
        TransformSetting("gamma", "{exponent: {uniform: [0.5, 2]}, range: image}"),
        TransformSetting(
            "tone_curve", "{low: {uniform: [0, 0.4]}, high: {uniform: [0.5, 1]}}", identities: ["{}"]),
        TransformSetting("histogram_shift", identities: ["{strength: 0}"]),
        TransformSetting("equalize", results: .one),
        TransformSetting(
            "clahe", "{clip_limit: {uniform: [5, 60]}, tiles: 3}",
            inVolumes: "{clip_limit: {uniform: [200, 1000]}, tiles: 1}", results: .few),
        TransformSetting("linear_window", "{lower: {uniform: [0, 0.3]}}", identities: ["{}"]),
        TransformSetting("invert", results: .one),
        TransformSetting(
            "posterize", "{bits: {uniform: [3, 5]}}", results: .few, identities: ["{bits: 8}"], identitiesInVolumes: []),
        TransformSetting(
            "solarize", "{threshold: {uniform: [0.8, 0.95]}}", results: .few, identities: ["{threshold: 2}"]),
        TransformSetting(
            "random_clip", "{lower: {uniform: [0, 20]}, upper: {uniform: [80, 100]}}", results: .few, identities: ["{}"]
        ),
        TransformSetting(
            "labels_to_image", inVolumes: "{mean: {uniform: [-900, 900]}, deviation: {uniform: [10, 100]}}"),
    ]

    private static let color = [
        TransformSetting(
            "color_jitter",
            "{brightness: {uniform: [0.7, 1.3]}, contrast: {uniform: [0.7, 1.3]}, saturation: {uniform: [0.5, 1.5]}, hue: {uniform: [-20, 20]}}",
            on: colors, identities: ["{}"]),
        TransformSetting(
            "hsv_shift", "{hue: {uniform: [-20, 20]}, saturation: 1.3, value: 0.9}", on: colors, identities: ["{}"]),
        TransformSetting("rgb_shift", "{red: {uniform: [-0.2, 0.2]}, blue: -0.1}", on: colors, identities: ["{}"]),
        TransformSetting("planckian", "{kelvin: {uniform: [3000, 12000]}}", on: colors, identities: ["{}"]),
        TransformSetting(
            "hsv_shift", "{saturation_shift: {uniform: [-0.1, 0.1]}, value_shift: {uniform: [-0.1, 0.1]}}", on: colors),
        TransformSetting("channel_shuffle", on: colors, results: .few),
        TransformSetting("channel_misalignment", on: colors, identities: ["{shift: 0}"]),
        TransformSetting("channel_drop", on: colors, results: .few, identities: ["{count: 0}"]),
        TransformSetting("grayscale", on: colors, results: .one),
    ]

    private static let stain = [
        TransformSetting(
            "hed_jitter", "{scale: {uniform: [0.8, 1.2]}, shift: {uniform: [-0.1, 0.1]}}", on: colors,
            identities: ["{}"]),
        TransformSetting("hed_jitter", "{scale: {uniform: [0.8, 1.2]}, background: false}", on: colors),
        TransformSetting(
            "macenko_jitter", "{scale: {uniform: [0.8, 1.2]}, shift: {uniform: [-0.1, 0.1]}}", on: colors,
            identities: ["{}"]),
        TransformSetting("rand_stain_na", on: colors), TransformSetting("stain_normalize", on: colors, results: .one),
        TransformSetting(
            "rand_stain_na",
            "{space: hsv, mean: [300, 0.4, 0.8], mean_spread: [5, 0.05, 0.05], deviation: [10, 0.1, 0.1], deviation_spread: [1, 0.01, 0.01]}",
            on: colors),
        TransformSetting("stain_normalize", "{method: vahadane}", on: colors, results: .one),
        TransformSetting("stain_normalize", "{method: reinhard}", on: colors, results: .one),
    ]

    private static let blur = [
        TransformSetting("gaussian_blur", "{sigma: {uniform: [0.8, 1.5]}}", results: .few, identities: ["{sigma: 0}"]),
        TransformSetting("box_blur", "{size: {choice: [3, 5]}}", results: .few, identities: ["{size: 1}"]),
        TransformSetting("motion_blur", identities: ["{length: 0}"]),
        TransformSetting("median_blur", "{size: {choice: [3, 5]}}", results: .few, identities: ["{size: 1}"]),
        TransformSetting("defocus", identities: ["{radius: 0}"]),
        TransformSetting("sharpen", "{amount: {uniform: [1, 3]}}", identities: ["{amount: 0}"]),
    ]

    private static let noise = [
        TransformSetting(
            "gaussian_noise", "{deviation: 0.05}", inVolumes: "{deviation: 20}", identities: ["{deviation: 0}"]),
        TransformSetting(
            "rician_noise", "{deviation: 0.05}", inVolumes: "{deviation: 20}", identities: ["{deviation: 0}"]),
        TransformSetting("poisson_noise", inVolumes: "{photons: 1}"),
        TransformSetting(
            "additive_poisson_noise", "{mean: 5}", inVolumes: "{mean: 5, step: 10}", identities: ["{mean: 0}"]),
        TransformSetting(
            "laplace_noise", "{deviation: 0.05}", inVolumes: "{deviation: 20}", identities: ["{deviation: 0}"]),
        TransformSetting("speckle", "{deviation: 0.1}", identities: ["{deviation: 0}"]),
        TransformSetting("salt_and_pepper", "{amount: 0.1}", identities: ["{amount: 0}"]),
        TransformSetting("salt", "{amount: 0.1}", identities: ["{amount: 0}"]),
        TransformSetting("pepper", "{amount: 0.1}", identities: ["{amount: 0}"]),
        TransformSetting("iso_noise", on: colors, identities: ["{brightness: 0, color: 0}"]),
    ]

    private static let mri = [
        TransformSetting("bias_field", identities: ["{coefficient: 0}"]),
        TransformSetting("motion", identities: ["{events: 0}", "{rotate: 0, translate_millimetres: 0}"]),
        TransformSetting("ghosting", "{restore: 0}", identities: ["{intensity: 0}", "{count: 0}"]),
        TransformSetting("spike", identities: ["{count: 0}", "{intensity: 0}"]),
        TransformSetting("gibbs", results: .few, identities: ["{alpha: 0}"]),
    ]

    private static let local = [
        TransformSetting("local_contrast", "{factor: {uniform: [0.5, 1.5]}}", identities: ["{}"]),
        TransformSetting("local_intensity", "{factor: {uniform: [0.5, 1.5]}}", identities: ["{}"]),
        TransformSetting("local_gamma", "{factor: {uniform: [0.5, 1.5]}}", identities: ["{}"]),
        TransformSetting(
            "brightness_gradient", "{amount: {uniform: [-0.3, 0.3]}}", inVolumes: "{amount: {uniform: [-50, 50]}}",
            identities: ["{}"]),
    ]

    private static let dropout = [
        TransformSetting(
            "coarse_dropout", "{count: 3, label_fill: 9}", newLabels: [9], identities: ["{count: 0}", "{size: 0}"]),
        TransformSetting("grid_dropout", results: .few, identities: ["{ratio: 0}"]),
        TransformSetting("cell_dropout", "{amount: 0.1, cell: 0.15}", results: .few, identities: ["{amount: 0}"]),
        TransformSetting(
            "pixel_dropout", "{amount: 0.1, label_fill: 9}", newLabels: [9], identities: ["{amount: 0}"]),
        TransformSetting("random_erase", on: pictures, identities: ["{area: 0}"]),
        TransformSetting("coarse_shuffle", "{size: 0.3}", identities: ["{count: 0}"]),
        TransformSetting("patch_swap", identities: ["{count: 0}"]),
        TransformSetting("mask_dropout", results: .few, identities: ["{count: 0}"]),
    ]

    private static let codec = [
        TransformSetting("jpeg", "{quality: {uniform: [10, 60]}}", on: pictures, results: .few),
        TransformSetting("webp", "{quality: {uniform: [10, 60]}}", on: pictures, results: .few),
    ]

    private static let preparation = [
        TransformSetting("set_domain", inVolumes: "{domain: unspecified}", results: .one),
        TransformSetting("window", "{center: {uniform: [80, 120]}, width: 150}", results: .few),
        TransformSetting(
            "clamp", "{lower: 100, upper: 150}", inVolumes: "{lower: -100, upper: 50}", results: .one,
            identities: ["{}"]),
        TransformSetting("rescale", "{to_lower: -1, clip: true}", results: .one),
        TransformSetting("z_score", results: .one),
        TransformSetting("z_score", "{over: nonzero}", results: .one),
        TransformSetting(
            "percentile_clip", "{lower: 10, upper: 90}", results: .one, identities: ["{lower: 0, upper: 100}"]),
        TransformSetting("histogram_standardize", results: .one),
        TransformSetting("normalize", "{mean: [0.5], deviation: [0.25]}", results: .one),
        TransformSetting("min_max", "{lower: 10, upper: 200}", results: .one),
        TransformSetting(
            "divide_labels", "{divisor: 3}", results: .one, newLabels: [1, 2], identities: ["{divisor: 1}"]),
        TransformSetting("to_float", results: .one),
        TransformSetting("one_hot", "{classes: 8}", results: .one, newLabels: [1]),
        TransformSetting("remap_labels", "{from: [7], to: [5]}", results: .one, newLabels: [5], identities: ["{}"]),
        TransformSetting("keep_largest", "{of: all}", results: .one),
    ]
}
