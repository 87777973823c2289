// swift-tools-version: 6.2
import PackageDescription

/// Measures the kernels beside their peers. A package of its own, so that nobody who builds the house builds these.
/// Each kernel has a folder `Sources/<Kernel>Bench` and a driver `<kernel>.sh`; what a peer needs, the driver
/// installs into `Benchmarks/.venv`.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "jiebang", path: "..")],
    targets: [
        .executableTarget(
            name: "MatchingBench", dependencies: [.product(name: "Matching", package: "jiebang")]),
        .executableTarget(
            name: "TextReuseBench", dependencies: [.product(name: "TextReuse", package: "jiebang")]),
        .executableTarget(
            name: "PublicDrawBench", dependencies: [.product(name: "PublicDraw", package: "jiebang")])
    ]
)
