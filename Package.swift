// swift-tools-version: 6.2
import PackageDescription

// The walls between the rooms. Arrows go down only, each line lists all that a target may import,
// and `--explicit-target-dependency-import-check error` (see .ci/run) holds them.
//
//   layer 4                           pare
//   layer 3    Bundling                  Reporting      PythonLanguage
//   layer 2    Files Graph Zip YAML Text     Text           Text      (YAML imports Text, too)
//   layer 1    Model                         Model          Model

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

let package = Package(
  name: "pare",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "pare", targets: ["pare"])
  ],
  targets: [
    // MARK: Layer 1
    .target(name: "Model", swiftSettings: swiftSettings),

    // MARK: Layer 2
    .target(name: "Files", dependencies: ["CSystem", "Model"], swiftSettings: swiftSettings),
    .target(name: "Graph", dependencies: ["Model"], swiftSettings: swiftSettings),
    .target(name: "Text", dependencies: ["Model"], swiftSettings: swiftSettings),
    .target(
      name: "Zip", dependencies: ["CInflate", "CSHA256", "CZlib", "Model"],
      swiftSettings: swiftSettings),
    .target(name: "CInflate", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "CSHA256"),
    .target(name: "CSystem"),
    .target(
      name: "YAML", dependencies: ["CYAML", "Model", "Text"], swiftSettings: swiftSettings),
    .target(name: "CYAML", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // MARK: Layer 3
    .target(
      name: "Bundling", dependencies: ["Files", "Graph", "Model", "Text", "YAML", "Zip"],
      swiftSettings: swiftSettings),
    .target(
      name: "PythonLanguage", dependencies: ["Model", "Text"],
      resources: [.embedInCode("Rules")], swiftSettings: swiftSettings),
    .target(
      name: "Reporting", dependencies: ["Model", "Text"],
      resources: [.embedInCode("Page")], swiftSettings: swiftSettings),

    // MARK: Layer 4
    .executableTarget(
      name: "pare",
      dependencies: ["Bundling", "Files", "Model", "PythonLanguage", "Reporting", "Text"],
      swiftSettings: swiftSettings),

    // MARK: Tests
    // Measures the product from outside; in no product, built by `--target Benchmarks`.
    .executableTarget(
      name: "Benchmarks", dependencies: ["Files", "Model", "Zip"], path: "Tests/Benchmarks",
      exclude: ["README.md"]),
    // Damaged inputs for all readers, in one process; in no product, built by `--product Fuzz`.
    .executableTarget(
      name: "Fuzz",
      dependencies: ["Files", "Model", "PythonLanguage", "Reporting", "Text", "YAML", "Zip"],
      path: "Tests/Fuzz", exclude: ["README.md", "fuzz_tool.py"]),
    .testTarget(
      name: "BundlingTests",
      dependencies: [
        "Bundling", "Files", "Graph", "Model", "PythonLanguage", "TestKit", "Text", "YAML", "Zip",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["Files", "Model", "TestKit", "Text", "YAML", "Zip", "pare"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "FilesTests",
      dependencies: ["Files", "Model", "TestKit"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "GraphTests",
      dependencies: ["Graph", "Model"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ModelTests",
      dependencies: ["Model"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PareTests",
      dependencies: ["Bundling", "Files", "Model", "TestKit", "pare"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PythonLanguageTests",
      dependencies: ["Model", "PythonLanguage", "TestKit", "Text"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Model", "Reporting", "Text"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "TextTests",
      dependencies: ["Model", "Text"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "YAMLTests",
      dependencies: ["Model", "Text", "YAML"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ZipTests",
      dependencies: ["CSHA256", "Files", "Model", "TestKit", "Zip"],
      swiftSettings: swiftSettings),
    .target(
      name: "TestKit", dependencies: ["Files", "Model"], path: "Tests/TestKit",
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
