// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "TesseraBenchmarks",
    dependencies: [
        .package(name: "Tessera", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .target(
            name: "SlideGenerator", dependencies: [.product(name: "Tessera", package: "Tessera")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "MakeSlide",
            dependencies: ["SlideGenerator", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: swiftSettings),
        .target(name: "Measuring", swiftSettings: swiftSettings),
        .executableTarget(
            name: "SlideBenchmark", dependencies: ["Measuring", .product(name: "Tessera", package: "Tessera")],
            swiftSettings: swiftSettings),
        .target(
            name: "CCodecFloor",
            linkerSettings: ["openjp2", "charls", "openjph", "dcmjpeg", "ijg16", "dcmdata", "oflog", "ofstd"].map {
                .linkedLibrary($0)
            }),
        .executableTarget(
            name: "DumpPixels", dependencies: [.product(name: "Tessera", package: "Tessera")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "DICOMBenchmark",
            dependencies: ["Measuring", "CCodecFloor", .product(name: "Tessera", package: "Tessera")],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "AugmentBenchmark", dependencies: ["Measuring", .product(name: "Tessera", package: "Tessera")],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17)
