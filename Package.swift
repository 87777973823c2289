// swift-tools-version: 6.2
import PackageDescription

/// The strict settings every target of ours is built with (ADR 0001).
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "jiebang",
    products: [
        .executable(name: "jiebang", targets: ["jiebang"]),
        .library(name: "Matching", targets: ["Matching"]),
        .library(name: "TextReuse", targets: ["TextReuse"]),
        .library(name: "PublicDraw", targets: ["PublicDraw"]),
        .library(name: "TransparencyLog", targets: ["TransparencyLog"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Kernels: public, know no noun of ours.
        .target(name: "Matching", swiftSettings: strict),
        .target(name: "TextReuse", swiftSettings: strict),
        .target(name: "PublicDraw", dependencies: [crypto], swiftSettings: strict),
        .target(name: "TransparencyLog", dependencies: [crypto], swiftSettings: strict),

        // The subject itself: no web, no SQL, no YAML.
        .target(name: "Lifecycle", swiftSettings: strict),
        .target(
            name: "PlanFiles", dependencies: ["Lifecycle", crypto, .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),

        // Files of a kernel's problems.
        .target(name: "MatchingFiles", dependencies: ["Matching", crypto], swiftSettings: strict),
        // Text out of files, for kernel and portal alike.
        .target(name: "TextExtraction", swiftSettings: strict),

        // The edge.
        .target(
            name: "Store", dependencies: [.product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .systemLibrary(
            name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(
            name: "Portal",
            dependencies: [
                "CArgon2", "Lifecycle", "Matching", "MatchingFiles", "PlanFiles", "PublicDraw", "Store",
                "TextExtraction", "TextReuse",
                "TransparencyLog", crypto,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [
                .copy("Assets"), .copy("Data"), .copy("Schema"), .copy("Templates"), .copy("Words"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "jiebang",
            dependencies: [
                "Lifecycle", "Matching", "MatchingFiles", "PlanFiles", "Portal", "PublicDraw", "Store",
                "TextExtraction", "TextReuse", "TransparencyLog",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),

        // Measure the kernels beside their peers (`make bench-…`). No product: who builds the house builds none of these, the
        // tests do, and play each in small (`make smoke`).
        .executableTarget(
            name: "MatchingBench", dependencies: ["Matching"], path: "Benchmarks/Sources/MatchingBench",
            swiftSettings: strict),
        .executableTarget(
            name: "TextReuseBench", dependencies: ["TextReuse"], path: "Benchmarks/Sources/TextReuseBench",
            swiftSettings: strict),
        .executableTarget(
            name: "PublicDrawBench", dependencies: ["PublicDraw"],
            path: "Benchmarks/Sources/PublicDrawBench", swiftSettings: strict),

        .testTarget(name: "MatchingTests", dependencies: ["Matching"], swiftSettings: strict),
        .testTarget(
            name: "MatchingFilesTests", dependencies: ["Matching", "MatchingFiles"], swiftSettings: strict),
        .testTarget(name: "TextReuseTests", dependencies: ["TextReuse"], swiftSettings: strict),
        .testTarget(name: "TextExtractionTests", dependencies: ["TextExtraction"], swiftSettings: strict),
        .testTarget(
            name: "PublicDrawTests", dependencies: ["PublicDraw", crypto],
            resources: [.copy("Vectors")], swiftSettings: strict),
        .testTarget(
            name: "TransparencyLogTests", dependencies: ["TransparencyLog", crypto],
            resources: [.copy("Vectors")], swiftSettings: strict),
        .testTarget(name: "LifecycleTests", dependencies: ["Lifecycle", "PlanFiles"], swiftSettings: strict),
        .testTarget(name: "StoreTests", dependencies: ["Store"], swiftSettings: strict),
        .testTarget(
            name: "PortalTests",
            dependencies: [
                "Matching", "MatchingFiles", "Portal", "PublicDraw", "TransparencyLog", crypto,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: strict),
    ]
)
