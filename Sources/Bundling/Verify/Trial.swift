import Files
import Model
import Text
import Zip

/// One archive on trial.
struct Trial {
  let workspace: Workspace
  let function: Function
  let runtime: Runtime
  let judge: Judge
  let options: VerifyOptions
  let languages: [any Language]
  let store: Store
  /// Where wheels are unpacked, by their root.
  let environments: [RootID: String]
  /// A folder of its own, which is not there yet.
  let scratch: String
  /// What the provider's runtime has, unpacked; nil before somebody has asked for it.
  var runtimeFolder: String?

  private var provider: Provider { Providers.provider(function.provider) }

  private var module: String { function.entry.module }

  func run() throws(FileError) -> VerifyResult {
    let start = System.monotonicClock()
    let mark = "\(workspace.project)/.pare/verified/\(try digest())"
    if options.event == nil, !options.again, !options.comparesEnvironment, FileSystem.isFile(mark) {
      return VerifyResult(self, since: start, isRemembered: true)
    }
    defer { try? FileSystem.removeTree(scratch) }
    let layout: Layout
    switch try unpacked() {
    case .success(let made): layout = made
    case .failure(let damage):
      return VerifyResult(self, since: start, failure: damage.diagnostic)
    }
    let place = layout.place
    let wanted = request(function.entry, layout)
    let whole = options.comparesEnvironment ? try runWholeEnvironment() : nil
    let archived = try attempt(wanted, at: place)
    var failure = failure(of: archived)
    failure?.notes += try missingVariables(archived, wanted, at: place)
    var comparison: EnvironmentComparison?
    if let whole {
      let compared = try compare(archived, with: whole, entries: layout.entries) {
        () throws(FileError) in
        try runWholeEnvironment()
      }
      comparison = compared.comparison
      failure?.notes.append(.inEnvironment(whole.sentence(function), answer: whole.answer))
      failure = failure ?? compared.failure
    }
    if failure == nil, options.event == nil {
      // Only a shortcut: where it cannot be kept, the next run judges again.
      try? remember(mark)
    }
    return VerifyResult(self, since: start, archived, comparison, failure: failure)
  }

  /// An archive, unpacked, and how it stands on the path.
  struct Layout {
    /// In the order in which they stand on `sys.path`; the archive's own is the first.
    let folders: [String]
    let place: Place
    /// Paths of all that is in the archive or, below the folder that stands on the path, in a layer.
    let entries: Set<String>
    /// Of these the native files that the provider could not load, each with the library that it lacks.
    let unloadable: [String: String]
  }

  /// An archive that cannot be unpacked.
  struct Damage: Error {
    let diagnostic: Diagnostic
  }

  /// Unpacks the archive into the scratch folder, with what the provider has beside it.
  func unpacked() throws(FileError) -> Result<Layout, Damage> {
    let (root, provided) = ("\(scratch)/archive", "\(scratch)/provided")
    let work = "\(scratch)/work"
    // What `/opt` is where a function of AWS Lambda runs.
    let attached = "\(scratch)/layers"
    for folder in [root, provided, work, attached] { try FileSystem.createFolder(folder) }
    var entries: Set<String> = []
    var linked: [String: [String]] = [:]
    do throws(FileError) {
      let archive = try WheelFile(function.archive)
      try unpack([archive], into: root) { path, bytes in
        if let names = libraries(linkedTo: bytes, at: path) { linked[path.string] = names }
      }
      entries = Set(archive.directory.members.map(\.path.string))
      let layers = try function.layers(in: workspace).map { (layer) throws(FileError) in
        try WheelFile(layer.archive)
      }
      try unpack(layers, into: attached)
      for member in layers.flatMap(\.directory.members) {
        entries.insert(String(member.path.string.dropFirst(Providers.layerFolder.utf8.count + 1)))
      }
    } catch {
      guard case .damaged(let sentence) = error.cause else { throw error }
      return .failure(
        Damage(diagnostic: .damagedArchive(function, workspace.shown(error.path), sentence)))
    }
    try workspace.placeProvided(for: function, store: store, into: provided)
    try FileSystem.setMode(work, 0o555)
    let folders =
      [root]
      + (provider.distributionFolder.isEmpty ? [] : ["\(root)/\(provider.distributionFolder)"])
      + (function.layers.isEmpty ? [] : ["\(attached)/\(Providers.layerFolder)"])
      + (workspace.targets[function.target].omitted.isEmpty ? [] : [provided])
      + Self.runtimePath(runtimeFolder)
    // LAMBDA_TASK_ROOT, Google's source folder, Azure's wwwroot; what `generic` means nobody knows.
    let place = Place(
      root: root, folder: function.provider == .generic ? work : root,
      visible: [scratch] + libraryFolders + (function.provided(in: workspace))
        + (runtimeFolder.map { [$0] } ?? []))
    return .success(
      Layout(
        folders: folders, place: place, entries: entries, unloadable: unloadable(linked, entries)))
  }

  func request(
    _ entry: (module: String, attribute: String), _ layout: Layout
  ) -> Harness.Request {
    var request = request(entry, folders: layout.folders)
    request.refused = Dictionary(
      uniqueKeysWithValues: layout.unloadable.map { ("\(layout.folders[0])/\($0.key)", $0.value) })
    return request
  }

  func request(
    _ entry: (module: String, attribute: String), folders: [String]
  ) -> Harness.Request {
    // Lambda's runtime client calls every handler with an event and a context, and answers with what it
    // returns (awslambdaric 4.2.2, bootstrap.py, read 2026-11-23): a coroutine is no JSON.
    let isLambda = function.provider == .awsLambda
    return Harness.Request(
      module: entry.module, attribute: entry.attribute,
      mustBeCallable: function.provider != .azureFunctions, awaits: !isLambda,
      passes: isLambda ? "AWS Lambda passes event and context" : "", event: options.event?.bytes,
      folders: folders)
  }

  // MARK: Remembering

  /// Of all that decides: the archive's bytes, what is imported from it, and who imports.
  private func digest() throws(FileError) -> String {
    var hash = SHA256()
    for path in [function.archive] + function.layers(in: workspace).map(\.archive) {
      let input = try InputFile.open(path)
      let size = Int(input.key.size)
      var offset = 0
      while offset < size {
        let count = min(1 << 20, size - offset)
        hash.update(try input.read(at: offset, count: count))
        offset += count
      }
    }
    let key = (try? StatKey(of: judge.program.path)).map { "\($0.size) \($0.modified)" } ?? ""
    let words =
      [
        "4", module, function.entry.attribute, function.provider.rawValue, judge.program.path, key,
      ] + workspace.targets[function.target].omitted + ownVariables
    hash.update(Array(words.joined(separator: "\n").utf8))
    return hash.digest().hex
  }

  private func remember(_ mark: String) throws(FileError) {
    let folder = "\(workspace.project)/.pare"
    try FileSystem.createFolder("\(folder)/verified")
    if !FileSystem.isFile("\(folder)/.gitignore") {
      try FileSystem.write(
        Array("# Made by pare: can be made again.\n*\n".utf8), to: "\(folder)/.gitignore")
    }
    try FileSystem.write(Array("\(function.name) \(judge.program.path)\n".utf8), to: mark)
  }
}
