import Bundling
import Files
import Model
import TestKit
import Zip

/// A source folder, perhaps a wheel, and one function `f` that ships what a test says.
final class ArchiveGround {
  let folder: Folder
  private let wheelNames: [String]
  var settings = Settings()
  /// Of the last archive.
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var failures: [FileError] = []

  init(_ contents: [String: String], wheel: [(String, String)] = []) throws {
    folder = try Folder()
    for (name, text) in contents.sorted(by: { $0.key < $1.key }) {
      try folder.write(text, to: "src/\(name)")
    }
    wheelNames = wheel.map(\.0)
    if !wheel.isEmpty { try folder.write(Self.makeWheel(wheel), to: "w.whl") }
  }

  func cache() throws -> Cache { try Cache(folder.path + "/cache") }

  func archive(
    _ names: [String], at paths: [String]? = nil, executable: Bool = false, writes: Bool = true,
    jobs: Int = 2, cache: Cache? = nil
  ) throws -> Artifact {
    var counts = Archiver.Counts()
    return try archive(
      names, at: paths, executable: executable, writes: writes, jobs: jobs, cache: cache,
      counts: &counts)
  }

  func archive(
    _ names: [String], at paths: [String]? = nil, executable: Bool = false, writes: Bool = true,
    jobs: Int = 2, cache: Cache? = nil, counts: inout Archiver.Counts
  ) throws -> Artifact {
    let files = names.enumerated().map { index, name in
      let member = wheelNames.firstIndex(of: name)
      return File(
        root: RootID(0), path: RelativePath(name),
        storage: member.map { .member(WheelID(0), Int32($0)) } ?? .disk, distribution: nil)
    }
    let function = Function(
      name: "f", handler: Handler(module: "b", attribute: "h", written: "b.h"),
      origin: SourceLocation(path: "pare.toml"), provider: .generic, target: TargetID(0),
      overlay: nil, archive: folder.path + "/dist/f.zip", settings: settings)
    let workspace = Workspace(
      project: folder.path, functions: Table([function]), targets: Table(),
      roots: Table([
        Root(kind: .source, location: folder.path + "/src", files: 0..<files.count)
      ]), files: Table(files), distributions: Table(),
      wheels: Table([Wheel(path: folder.path + "/w.whl")]), diagnostics: [])
    let entries = names.indices.map { index in
      Plan.Entry(
        path: RelativePath(paths?[index] ?? names[index]), content: .file(FileID(index)),
        isExecutable: executable, node: nil, reason: .included)
    }
    // Files of a test are a moment old: say that the run begins late enough to trust them.
    let store = Store(workspace)
    var archiver = try Archiver(
      store, cache: cache, jobs: jobs, began: System.clock() + 1_000_000_000)
    let plan = Plan(.function(FunctionID(0)), entries: entries)
    let artifacts = try archiver.archive([plan]) { _ in writes }
    archiver.save()
    counts = archiver.counts
    diagnostics = archiver.diagnostics
    failures = Array(store.failures.values)
    return artifacts[0]
  }

  private static func makeWheel(_ files: [(String, String)]) -> [UInt8] {
    var deflater = Deflater()
    var packed: [(ZipEntry, [UInt8])] = []
    for (name, text) in files {
      let content = Array(text.utf8)
      var data = [UInt8](repeating: 0, count: max(0, content.count - 1))
      var span = data.mutableSpan
      let count = deflater.deflate(content.span, into: &span)
      if let count { data.removeSubrange(count...) } else { data = content }
      packed.append(
        (
          ZipEntry(
            path: RelativePath(name), isExecutable: false,
            method: count == nil ? .stored : .deflated, crc32: crc32(content),
            compressedSize: data.count, size: content.count), data
        ))
    }
    let layout = ZipLayout(packed.map(\.0))
    var bytes: [UInt8] = []
    for index in packed.indices {
      layout.appendHeader(index, to: &bytes)
      bytes += packed[index].1
    }
    return bytes + layout.directory()
  }
}
