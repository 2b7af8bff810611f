import Files
import Model
import Text

/// Reads lock files into pinned lines. They name everything; nothing is left to resolve.
enum LockFiles {
  /// By the file's name; nil for what is no lock file. `shown` is how errors name it.
  static func read(
    _ path: String, _ bytes: [UInt8], shown: String, _ platform: WheelPlatform
  ) throws(MalformedText) -> Requirements? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    switch name {
    case "uv.lock": return uv(try TOML.read(bytes, path: shown), platform)
    case "poetry.lock": return poetry(try TOML.read(bytes, path: shown), platform)
    case "Pipfile.lock": return pipfile(try JSON.read(bytes, path: shown), platform)
    default:
      return isPylock(name) ? pylock(try TOML.read(bytes, path: shown), platform) : nil
    }
  }

  /// `pylock.toml`, `pylock.dev.toml` (PEP 751)
  static func isPylock(_ name: String) -> Bool {
    name == "pylock.toml" || name.hasPrefix("pylock.") && name.hasSuffix(".toml")
  }

  // MARK: uv.lock

  /// What the workspace's members need on the target: a walk over `dependencies`, whose markers
  /// decide which of them. Groups (`dev-dependencies`) and extras of the members are left out.
  static func uv(_ lock: Datum, _ platform: WheelPlatform) -> Requirements {
    let packages = lock.table?["package"]?.array?.compactMap(\.table) ?? []
    var byName: [String: [Int]] = [:]
    for (index, package) in packages.enumerated() {
      byName[package["name"]?.string ?? "", default: []].append(index)
    }
    struct Visit: Hashable {
      let package: Int
      let extra: String?
    }
    var result = Requirements(isComplete: true)
    var pending: [Visit] = packages.indices.filter { index in
      let source = packages[index]["source"]?.table
      return source?["virtual"] != nil || source?["editable"] != nil
    }.map { Visit(package: $0, extra: nil) }
    var seen = Set(pending)
    while let visit = pending.popLast() {
      let package = packages[visit.package]
      let dependencies =
        visit.extra.map { package["optional-dependencies"]?.table?[$0] } ?? package["dependencies"]
      for dependency in dependencies?.array?.compactMap(\.table) ?? [] {
        if let marker = dependency["marker"]?.string,
          Marker(marker, platform)?.holds == false
        {
          continue
        }
        let version = dependency["version"]?.string
        for index in byName[dependency["name"]?.string ?? ""] ?? []
        where version == nil || packages[index]["version"]?.string == version {
          let extras = dependency["extra"]?.array?.compactMap(\.string) ?? []
          for extra in [nil] + extras.map({ Optional($0) }) {
            let next = Visit(package: index, extra: extra)
            if seen.insert(next).inserted { pending.append(next) }
          }
        }
      }
    }
    var registries: [String] = []
    for index in packages.indices where seen.contains(Visit(package: index, extra: nil)) {
      let package = packages[index]
      guard let name = package["name"]?.string, let source = package["source"]?.table else {
        continue
      }
      if let url = source["url"]?.string {
        result.lines.append("\(name) @ \(url)")
      } else if let git = source["git"]?.string {
        result.lines.append("\(name) @ git+\(pinnedGit(git))")
      } else if let registry = source["registry"]?.string, let version = package["version"]?.string
      {
        if !registries.contains(registry) { registries.append(registry) }
        let wheels = package["wheels"]?.array?.compactMap(\.table) ?? []
        result.add(
          "\(name)==\(version)", hashes: wheels.compactMap { $0["hash"]?.string }, marker: nil,
          platform)
      }
    }
    result.addIndexes(registries)
    return result
  }

  /// `https://x/y.git?tag=v1#COMMIT` → `https://x/y.git@COMMIT`
  private static func pinnedGit(_ url: String) -> String {
    let parts = url.split(separator: "#", maxSplits: 1)
    let base = parts[0].prefix { $0 != "?" }
    return parts.count > 1 ? "\(base)@\(parts[1])" : String(base)
  }

  // MARK: pylock.toml (PEP 751)

  static func pylock(_ lock: Datum, _ platform: WheelPlatform) -> Requirements {
    var result = Requirements(isComplete: true)
    var indexes: [String] = []
    for package in lock.table?["packages"]?.array?.compactMap(\.table) ?? [] {
      guard let name = package["name"]?.string else { continue }
      let marker = package["marker"]?.string
      let wheels = package["wheels"]?.array?.compactMap(\.table) ?? []
      if let version = package["version"]?.string, !wheels.isEmpty || package["sdist"] != nil {
        if let index = package["index"]?.string, !indexes.contains(index) { indexes.append(index) }
        let hashes = wheels.compactMap { $0["hashes"]?.table?["sha256"]?.string }
        result.add(
          "\(name)==\(version)", hashes: hashes.map { "sha256:\($0)" }, marker: marker, platform)
      } else if let url = package["archive"]?.table?["url"]?.string {
        result.add("\(name) @ \(url)", hashes: [], marker: marker, platform)
      } else if let vcs = package["vcs"]?.table, let url = vcs["url"]?.string,
        let commit = vcs["commit-id"]?.string
      {
        result.add("\(name) @ git+\(url)@\(commit)", hashes: [], marker: marker, platform)
      }
    }
    result.addIndexes(indexes)
    return result
  }

  // MARK: poetry.lock

  /// Packages of the main group; locks that were written before Poetry 2 name neither groups nor
  /// markers: then all that are not optional, which fetches more than is needed and ships no more.
  static func poetry(_ lock: Datum, _ platform: WheelPlatform) -> Requirements {
    var result = Requirements(isComplete: true)
    var indexes: [String] = []
    for package in lock.table?["package"]?.array?.compactMap(\.table) ?? [] {
      guard let name = package["name"]?.string, let version = package["version"]?.string else {
        continue
      }
      let groups = package["groups"]?.array?.compactMap(\.string)
      let category = package["category"]?.string
      if let groups, !groups.contains("main") { continue }
      if let category, category != "main" { continue }
      if package["optional"]?.content == .boolean(true) { continue }
      let marker = package["markers"].flatMap { markers in
        markers.string ?? markers.table?["main"]?.string
      }
      let source = package["source"]?.table
      switch source?["type"]?.string {
      case "directory", "file": continue
      case "git":
        let url = source?["url"]?.string ?? ""
        let commit = source?["resolved_reference"]?.string ?? "HEAD"
        result.add("\(name) @ git+\(url)@\(commit)", hashes: [], marker: marker, platform)
        continue
      case "url":
        result.add(
          "\(name) @ \(source?["url"]?.string ?? "")", hashes: [], marker: marker, platform)
        continue
      default: break
      }
      if let url = source?["url"]?.string, !indexes.contains(url) { indexes.append(url) }
      let files =
        package["files"]?.array ?? lock.table?["metadata"]?.table?["files"]?.table?[name]?.array
      let hashes = files?.compactMap { $0.table?["hash"]?.string } ?? []
      result.add("\(name)==\(version)", hashes: hashes, marker: marker, platform)
    }
    result.addIndexes(["https://pypi.org/simple"] + indexes)
    return result
  }

  // MARK: Pipfile.lock

  static func pipfile(_ lock: Datum, _ platform: WheelPlatform) -> Requirements {
    var result = Requirements(isComplete: true)
    for entry in lock.table?["default"]?.table?.entries ?? [] {
      guard let package = entry.value.table else { continue }
      let marker = package["markers"]?.string
      let extras = package["extras"]?.array?.compactMap(\.string) ?? []
      let name = extras.isEmpty ? entry.key : "\(entry.key)[\(extras.joined(separator: ","))]"
      if let version = package["version"]?.string {
        let hashes = package["hashes"]?.array?.compactMap(\.string) ?? []
        result.add("\(name)\(version)", hashes: hashes, marker: marker, platform)
      } else if let git = package["git"]?.string {
        let commit = package["ref"]?.string ?? "HEAD"
        result.add("\(name) @ git+\(git)@\(commit)", hashes: [], marker: marker, platform)
      } else if let file = package["file"]?.string {
        result.add("\(name) @ \(file)", hashes: [], marker: marker, platform)
      }
    }
    let sources = lock.table?["_meta"]?.table?["sources"]?.array ?? []
    result.addIndexes(sources.compactMap { $0.table?["url"]?.string })
    return result
  }
}

extension Requirements {
  /// Where a lock's distributions are from, unless that is PyPI alone, where pip looks anyway: then
  /// a mirror in pip's own configuration stays in force.
  fileprivate mutating func addIndexes(_ urls: [String]) {
    let own = urls.filter { !$0.hasPrefix("https://pypi.org/simple") }
    guard let first = own.first else { return }
    if own.count == urls.count {
      lines.append("--index-url \(first)")
      lines += own.dropFirst().map { "--extra-index-url \($0)" }
    } else {
      lines += own.map { "--extra-index-url \($0)" }
    }
  }
}
