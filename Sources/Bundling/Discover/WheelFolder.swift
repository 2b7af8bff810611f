import Files
import Model
import Zip

extension FoundRoot {
  /// Reads the central directories of a folder's wheels, those that fit `platform`, as the
  /// `site-packages` that installing them would give.
  static func wheels(
    _ key: RootKey, platform: WheelPlatform, id: RootID, language: any Language, jobs: Int
  ) throws(FileError) -> FoundRoot {
    var root = FoundRoot(key: key, paths: [])
    let chosen = root.chooseWheels(
      try FileSystem.names(in: key.location).filter { $0.hasSuffix(".whl") }, platform)
    let all = try concurrentMap(
      chosen, jobs: jobs,
      worker: { WheelReader(language: language, root: id, location: key.location) }
    ) { (reader: inout WheelReader, name: String) throws(FileError) -> OpenedWheel in
      try reader.open(name)
    }
    root.diagnostics += all.flatMap(\.diagnostics)
    let opened = all.filter { $0.file != nil }
    root.wheels = opened.compactMap(\.file)
    var metadata: [MetadataFile] = []
    var wheelOfFolder: [String: Int32] = [:]
    for (number, wheel) in opened.enumerated() {
      for file in wheel.metadata {
        metadata.append(file)
        let folder = file.path.string.prefix { $0 != "/" }
        if wheelOfFolder[String(folder)] == nil { wheelOfFolder[String(folder)] = Int32(number) }
      }
    }
    let facts = language.distributions(in: metadata, jobs: jobs)
    root.diagnostics += facts.diagnostics
    root.distributions = facts.distributions
    var ownerOfWheel = Array<Int32>(repeating: -1, count: opened.count)
    for (number, distribution) in facts.distributions.enumerated() {
      if let wheel = wheelOfFolder[distribution.metadataFolder] {
        ownerOfWheel[Int(wheel)] = Int32(number)
      }
    }
    root.merge(opened, owners: ownerOfWheel, ranks: installRanks(root.distributions))
    return root
  }

  /// One wheel for each distribution: the highest version, and of that the one that fits best.
  private mutating func chooseWheels(
    _ files: [String], _ platform: WheelPlatform
  ) -> [String] {
    var byDistribution: [String: [(file: String, name: WheelName)]] = [:]
    for file in files {
      guard let name = WheelName(file: file) else {
        diagnostics.append(.badWheelName(file, folder: key.location))
        continue
      }
      byDistribution[name.distribution, default: []].append((file, name))
    }
    var chosen: [String] = []
    var foreign: [(name: String, tags: [String])] = []
    for (distribution, candidates) in byDistribution {
      var fitting = candidates.filter { platform.rank($0.name) != nil }
      if fitting.isEmpty {
        // One of them all the same, as installed folders have it: whether a function needs what does
        // not run is found where its modules are.
        fitting = candidates
      }
      let best = fitting.max { a, b in
        let (left, right) = (ReleaseVersion(a.name.version), ReleaseVersion(b.name.version))
        if left < right || right < left { return left < right }
        if let one = platform.rank(a.name), let other = platform.rank(b.name), one != other {
          return one < other
        }
        return (a.name.build, b.file) < (b.name.build, a.file)
      }
      guard let best else { continue }
      chosen.append(best.file)
      if platform.rank(best.name) == nil {
        foreign.append(
          ("\(distribution) \(best.name.version)", candidates.map(\.name.tags).sorted()))
      }
      let others = Set(fitting.map(\.name.version)).subtracting([best.name.version])
      if !others.isEmpty {
        diagnostics.append(
          .severalVersions(
            distribution, taken: best.name.version, others: others.sorted(), folder: key.location))
      }
    }
    // Dictionaries have no order of their own.
    if !foreign.isEmpty {
      diagnostics.append(
        .foreignDistributions(
          foreign.sorted { $0.name < $1.name }, environment: key.location, platform: platform))
    }
    diagnostics.sort()
    return chosen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// All wheels' files in the order of their paths. Most top-level names belong to one wheel, so
  /// only those that several share are sorted anew.
  ///
  /// What several wheels have is taken from the one that pip would install last: `ranks` has the
  /// distributions' positions in that order, from the last on.
  private mutating func merge(
    _ opened: [OpenedWheel], owners ownerOfWheel: [Int32], ranks: [Int]
  ) {
    let precedence = ownerOfWheel.enumerated().map { number, owner in
      (owner < 0 ? ranks.count : ranks[Int(owner)], number)
    }
    struct Run {
      let wheel: Int
      let range: Range<Int>
    }
    var runs: [String: [Run]] = [:]
    for (number, wheel) in opened.enumerated() {
      var start = 0
      while start < wheel.files.count {
        let top = Self.top(wheel.files[start].path)
        var end = start + 1
        while end < wheel.files.count, Self.top(wheel.files[end].path) == top { end += 1 }
        runs[String(top), default: []].append(Run(wheel: number, range: start..<end))
        start = end
      }
    }
    for top in runs.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      var entries = (runs[top] ?? []).flatMap { run in
        opened[run.wheel].files[run.range].map { (wheel: run.wheel, file: $0) }
      }
      if runs[top]?.count != 1 {
        entries.sort { a, b in
          a.file.path != b.file.path
            ? a.file.path < b.file.path : precedence[a.wheel] < precedence[b.wheel]
        }
      }
      var last: (wheel: Int, file: OpenedWheel.File)?
      for entry in entries {
        if let last, last.file.path == entry.file.path {
          contest(last, entry, opened)
          continue
        }
        last = entry
        paths.append(entry.file.path)
        members.append(Member(wheel: Int32(entry.wheel), position: entry.file.position))
        owners.append(ownerOfWheel[entry.wheel])
      }
    }
  }

  /// The first component, with its `/`: the order of these is the order of the paths.
  private static func top(_ path: RelativePath) -> Substring {
    guard let slash = path.string.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return path.string[...]
    }
    return path.string[...slash]
  }

  /// The path that was appended last is in another wheel too.
  private mutating func contest(
    _ winner: (wheel: Int, file: OpenedWheel.File), _ other: (wheel: Int, file: OpenedWheel.File),
    _ opened: [OpenedWheel]
  ) {
    guard winner.file.crc32 != other.file.crc32 || winner.file.size != other.file.size else {
      return
    }
    let names = [winner, other].map { opened[$0.wheel].name }
    if contests.last?.position == paths.count - 1 {
      contests[contests.count - 1].owners.append(names[1])
    } else {
      contests.append(Contest(position: paths.count - 1, owners: names, winner: names[0]))
    }
  }
}

/// One wheel's directory, in the order of the installed paths.
struct OpenedWheel: Sendable {
  struct File: Sendable {
    let path: RelativePath
    let position: Int32
    let crc32: UInt32
    let size: Int
  }

  /// Absolute.
  let path: String
  /// The file's name up to its version: `numpy-2.1.0`.
  let name: String
  var files: [File] = []
  var metadata: [MetadataFile] = []
  var diagnostics: [Diagnostic] = []
  /// Nil for a damaged one.
  var file: WheelFile?
}

/// Opens one wheel after the other.
private struct WheelReader: ~Copyable {
  let language: any Language
  let root: RootID
  let location: String
  var inflater = Inflater()
  var packed = ReadBuffer()

  init(language: any Language, root: RootID, location: String) {
    self.language = language
    self.root = root
    self.location = location
  }

  /// A damaged wheel is a diagnostic; what the system refuses is thrown.
  mutating func open(_ name: String) throws(FileError) -> OpenedWheel {
    let path = "\(location)/\(name)"
    var wheel = OpenedWheel(
      path: path, name: name.split(separator: "-").prefix(2).joined(separator: "-"))
    do throws(FileError) {
      let file = try WheelFile(path)
      var files: [OpenedWheel.File] = []
      files.reserveCapacity(file.directory.members.count)
      var metadata: [MetadataFile] = []
      for (position, member) in file.directory.members.enumerated() {
        guard let installed = language.installedPath(ofMember: member.path) else { continue }
        files.append(
          .init(
            path: installed, position: Int32(position), crc32: member.crc32, size: member.size))
        if language.role(of: installed) == .metadata {
          // Whose files these are is plain: a `RECORD` is named, and not read before it is shipped.
          let bytes = installed.name == "RECORD" ? [] : try read(member, file)
          metadata.append(
            MetadataFile(root: root, location: location, path: installed, bytes: bytes))
        }
      }
      if let wanted = WheelName(file: name)?.distribution,
        !metadata.contains(where: { Self.isMetadata($0.path, of: wanted) })
      {
        throw FileError("read", path, .damaged("it has no metadata of '\(wanted)': it is no wheel"))
      }
      sort(&files)
      (wheel.files, wheel.metadata, wheel.file) = (files, metadata, file)
    } catch {
      guard case .damaged(let sentence) = error.cause else { throw error }
      wheel.diagnostics = [.brokenWheel(path, sentence)]
    }
    return wheel
  }

  /// "A `.dist-info` directory named for the distribution and its version" (PEP 427).
  private static func isMetadata(_ path: RelativePath, of distribution: String) -> Bool {
    let folder = path.folder
    // `tea_leaf-1.0.dist-info`: neither part has a hyphen of its own.
    guard path.name == "METADATA", folder.hasSuffix(".dist-info"),
      let hyphen = folder.dropLast(".dist-info".count).lastIndex(of: "-")
    else { return false }
    return normalisedName(folder[..<hyphen]) == distribution
  }

  /// Most wheels are written in order, or nearly.
  private func sort(_ files: inout [OpenedWheel.File]) {
    for index in files.indices.dropFirst() where files[index].path < files[index - 1].path {
      files.sort { $0.path < $1.path }
      return
    }
  }

  private mutating func read(
    _ member: ZipMember, _ wheel: WheelFile
  ) throws(FileError) -> [UInt8] {
    let range = try wheel.read(member, into: &packed)
    var bytes = [UInt8](repeating: 0, count: member.size)
    do throws(ZipError) {
      var output = bytes.mutableSpan
      try packed.withBytes { (data) throws(ZipError) in
        try member.extract(data.extracting(range), into: &output, &inflater)
      }
    } catch {
      throw FileError("read", wheel.path, .damaged(error.sentence))
    }
    return bytes
  }
}
