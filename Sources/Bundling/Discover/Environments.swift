import Files
import Model

/// Where distributions come from: what the command line, the configuration or the surroundings name,
/// each folder seen for what it is.
struct Environments {
  let configuration: Configuration
  let options: Options
  let tree: ProjectTree
  private(set) var diagnostics: [Diagnostic] = []
  /// Folders whose source distributions were told of.
  private var told: Set<String> = []
  /// Of described functions, by what decides.
  var described: [DescribedPlace: Choice] = [:]
  var filesByPlace: [DescribedPlace: [String]] = [:]
  /// By folder; nil where it has none.
  var fileByFolder: [StatedFile: String?] = [:]
  /// What a file asks for by name.
  var statedNames: [StatedFile: [String]] = [:]
  /// By virtual environment and version: what is installed there; nil where there is none for it.
  var installedNames: [StatedFile: Set<String>?] = [:]

  init(_ configuration: Configuration, _ options: Options, _ tree: ProjectTree) {
    self.configuration = configuration
    self.options = options
    self.tree = tree
  }

  /// What a function's environment is, before anybody has looked into it.
  enum Choice: Hashable {
    /// Absolute paths and where each was written.
    case folders([String], [SourceLocation?])
    /// Wheels are to be fetched for these requirement or lock files (absolute paths).
    case provision([String], [SourceLocation?])
    case none

    /// Absolute paths of what it is made of; functions with the same have one environment, wherever each
    /// of them says so.
    var paths: [String] {
      switch self {
      case .folders(let paths, _), .provision(let paths, _): paths
      case .none: []
      }
    }
  }

  /// The command line before `environment` before `requirements`; where nothing is named, the
  /// project's own `.venv`, `VIRTUAL_ENV`, which may be another project's, and a lock or requirements
  /// file at the project's root, in this order.
  func choice(for layer: Configuration.Layer, current: String) -> Choice {
    let project = configuration.project
    if !options.environment.isEmpty {
      return .folders(
        options.environment.map { FileSystem.absolute($0, in: current) },
        options.environment.map { _ in nil })
    }
    if let named = layer.environment {
      return .folders(
        named.map { FileSystem.absolute($0.value, in: project) }, named.map(\.location))
    }
    if let named = layer.requirements {
      return named.isEmpty
        ? .none
        : .provision(
          named.map { FileSystem.absolute($0.value, in: project) }, named.map(\.location))
    }
    for candidate in ["\(project)/.venv", activeEnvironment].compactMap({ $0 })
    where FileSystem.isFolder(candidate) {
      return .folders([FileSystem.absolute(candidate, in: project)], [nil])
    }
    for name in Self.lockFiles where FileSystem.isFile("\(project)/\(name)") {
      return .provision(["\(project)/\(name)"], [nil])
    }
    return .none
  }

  /// Of whoever runs the tool; it may be another project's.
  var activeEnvironment: String? {
    System.variable("VIRTUAL_ENV").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Most exact first.
  static let lockFiles = [
    "uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "requirements.txt",
  ]

  /// What a folder is: a folder of wheels, a virtual environment (then its `site-packages`), or
  /// modules as they are imported. Nil, and a diagnostic, where it is no folder.
  mutating func roots(
    of folder: String, for platform: WheelPlatform, at location: SourceLocation?
  ) throws(FileError) -> [RootKey]? {
    let shown = shown(folder)
    guard FileSystem.isFolder(folder) else {
      diagnostics.append(.noEnvironment(shown, at: location))
      return nil
    }
    let runtime = platform.runtime
    let names = try FileSystem.names(in: folder)
    let sdists = sourceDistributions(among: names)
    if !sdists.isEmpty, told.insert(folder).inserted {
      diagnostics.append(.sdistsIgnored(sdists, folder: shown, at: location))
    }
    if names.contains(where: { $0.hasSuffix(".whl") }) { return [.wheels(folder, platform)] }
    let hasLibrary = names.contains("lib") || names.contains("lib64")
    guard names.contains("pyvenv.cfg") || hasLibrary else { return [.installed(folder)] }
    let wanted = "\(runtime.language)\(runtime.major).\(runtime.minor)"
    var found: [String] = []
    var others: [String] = []
    for library in ["lib", "lib64"] where names.contains(library) {
      for name in (try? FileSystem.names(in: "\(folder)/\(library)")) ?? []
      where name.hasPrefix(runtime.language) {
        let packages = "\(folder)/\(library)/\(name)/site-packages"
        guard FileSystem.isFolder(packages) else { continue }
        // `lib64` is a link to `lib` in most of them.
        let real = FileSystem.realPath(packages) ?? packages
        let known = (name == wanted ? found : others).compactMap(FileSystem.realPath)
        if known.contains(real) { continue }
        if name == wanted { found.append(packages) } else { others.append(packages) }
      }
    }
    if !found.isEmpty { return found.map { .installed($0) } }
    guard let other = others.first else { return [.installed(folder)] }
    let version = other.split(separator: "/").dropLast().last.map(String.init) ?? ""
    diagnostics.append(
      .environmentVersion(shown, has: version, target: runtime, at: location))
    return others.filter { $0.contains("/\(version)/") }.map { .installed($0) }
  }

  /// Those that have no wheel beside them: `foo-1.0.tar.gz` (PEP 625).
  private func sourceDistributions(among names: [String]) -> [String] {
    let sdists = names.filter { $0.hasSuffix(".tar.gz") || $0.hasSuffix(".tar.bz2") }
    guard !sdists.isEmpty else { return [] }
    let wheels = Set(names.compactMap { WheelName(file: $0)?.distribution })
    return sdists.filter { name in
      guard let hyphen = name.lastIndex(of: "-") else { return false }
      return !wheels.contains(normalisedName(name[..<hyphen]))
    }
  }

  private func shown(_ path: String) -> String {
    let prefix = configuration.project + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }
}
