// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableExperimentalFeature("Lifetimes"),
]

/// A C library of the system, found by pkg-config and installed by `scripts/setup`.
func systemLibrary(_ name: String, _ pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// A Swift module with the settings that every module of Tessera shares.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: swiftSettings)
}

let package = Package(
    name: "Tessera",
    products: [
        .library(
            name: "Tessera",
            targets: ["ImageCore", "Formats", "ImageProcessing", "Annotations", "Augment", "Patches", "Radiology"]),
        .executable(name: "tessera", targets: ["tessera"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        systemLibrary("CPNG", "libpng", apt: "libpng-dev"),
        systemLibrary("CJPEG", "libjpeg", apt: "libjpeg62-turbo-dev"),
        systemLibrary("CWebP", "libwebp", apt: "libwebp-dev"),
        systemLibrary("CTIFF", "libtiff-4", apt: "libtiff-dev"),
        systemLibrary("COpenSlide", "openslide", apt: "libopenslide-dev"),
        systemLibrary("CDeflate", "libdeflate", apt: "libdeflate-dev"),
        systemLibrary("CISAL", "libisal", apt: "libisal-dev"),
        systemLibrary("CZlib", "zlib", apt: "zlib1g-dev"),
        systemLibrary("CExpat", "expat", apt: "libexpat1-dev"),
        systemLibrary("CArchive", "libarchive", apt: "libarchive-dev"),
        systemLibrary("COpenJPEG", "libopenjp2", apt: "libopenjp2-7-dev"),
        systemLibrary("CCharLS", "charls", apt: "libcharls-dev"),
        // Debian's kissfft-float.pc has flags that SwiftPM refuses; what they say is the default, and the module map links.
        .systemLibrary(name: "CKissFFT", providers: [.apt(["libkissfft-dev"])]),

        .target(name: "CISALShim", dependencies: ["CISAL"]),
        .target(name: "CPNGShim", dependencies: ["CPNG"]),
        .target(name: "CJPEGShim", dependencies: ["CJPEG"]),
        .target(name: "CTIFFShim", dependencies: ["CTIFF"]),
        .target(name: "COpenJPEGShim", dependencies: ["COpenJPEG"]),
        .target(name: "CCharLSShim", dependencies: ["CCharLS"]),
        .target(name: "COpenJPHShim", linkerSettings: [.linkedLibrary("openjph")]),
        // Debian's dcmtk.pc asks for packages that libdcmtk-dev does not bring; the headers are on the default path.
        .target(
            name: "CDCMTKShim",
            linkerSettings: ["dcmjpeg", "ijg8", "ijg12", "ijg16", "dcmdata", "oflog", "ofstd"].map {
                .linkedLibrary($0)
            }),

        // Kernels that are chosen by the processor when the program runs; see Sources/CKernels/dispatch.h.
        .target(name: "CKernels"),

        module("ImageCore", []),
        module("ImageProcessing", ["ImageCore", "CKernels", "CKissFFT"]),
        module(
            "Formats",
            [
                "ImageCore", "CPNG", "CPNGShim", "CJPEG", "CJPEGShim", "CTIFF", "CTIFFShim", "COpenSlide", "CDeflate",
                "CISALShim", "CZlib",
                "CDCMTKShim", "COpenJPEG", "COpenJPEGShim", "CCharLS", "CCharLSShim", "COpenJPHShim",
            ]),
        module("Annotations", ["ImageCore", "Formats", "ImageProcessing", "CExpat"]),
        module(
            "Augment", ["ImageCore", "Formats", "ImageProcessing", "CWebP", .product(name: "Yams", package: "Yams")]),
        module("Patches", ["ImageCore", "Formats", "ImageProcessing", "Annotations", "CArchive"]),
        module("Radiology", ["ImageCore", "Formats", "ImageProcessing", "Annotations"]),
        .executableTarget(
            name: "tessera",
            dependencies: [
                "ImageCore", "Formats", "ImageProcessing", "Annotations", "Augment", "Patches", "Radiology",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),

        // For scripts/crosscheck/volume_operations.py alone.
        .executableTarget(
            name: "volume-operations", dependencies: ["ImageCore", "Formats", "ImageProcessing", "Radiology"],
            path: "scripts/crosscheck/VolumeOperations", swiftSettings: swiftSettings),

        // For scripts/crosscheck/image_operations.py alone.
        .executableTarget(
            name: "image-operations", dependencies: ["ImageCore", "Formats", "ImageProcessing"],
            path: "scripts/crosscheck/ImageOperations", swiftSettings: swiftSettings),

        .target(
            name: "TestSupport", dependencies: ["ImageCore", "Formats"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        tests("ImageCoreTests", ["ImageCore"]),
        tests("FormatsTests", ["Formats", "ImageCore"]),
        tests("ImageProcessingTests", ["ImageProcessing", "ImageCore"]),
        tests("AnnotationsTests", ["Annotations", "Formats", "ImageProcessing", "ImageCore"]),
        tests("AugmentTests", ["Augment", "Formats", "ImageProcessing", "ImageCore"]),
        tests("PatchesTests", ["Patches", "Annotations", "Formats", "ImageProcessing", "ImageCore"]),
        tests("RadiologyTests", ["Radiology", "Annotations", "Formats", "ImageProcessing", "ImageCore"]),
        tests(
            "tesseraTests",
            [
                "tessera", "Formats", "Annotations", "Augment", "Patches", "Radiology", "ImageProcessing", "ImageCore",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17)
