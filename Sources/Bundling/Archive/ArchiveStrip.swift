import Files
import Model
import Synchronization
import Zip

/// Takes symbols out of native libraries with the system's `llvm-strip` or `strip`.
///
/// A file stays as it is where the tool fails, where nothing gets smaller, and where the program
/// headers, from which it is loaded, do not come out as they were: old versions of `strip` damage
/// libraries that `patchelf` has changed.
struct Stripper: Sendable {
  private let program: Program?
  private let mode: Strip
  /// SHA-256 of what a file becomes, by its name.
  private let memory: FileMemory
  private let tally: Tally

  /// Where no tool is found, every file stays as it is and `diagnostics` says so.
  init(_ mode: Strip, cache: Cache?, project: String, began: Int64) {
    self.mode = mode
    program = Self.tool
    var tool = mode.rawValue
    if let program, let key = StatKey(ifPresent: program.path) {
      tool += " \(program.path) \(key.size) \(key.modified)"
    }
    let name = SHA256.digest(of: Array(tool.utf8)).hex.prefix(16)
    memory = FileMemory(cache, project: project, topic: "strip-\(name)", began: began)
    tally = Tally()
  }

  private static var tool: Program? { Program.find("llvm-strip") ?? Program.find("strip") }

  /// Whether this machine has what it takes.
  static var isPossible: Bool { tool != nil }

  /// Whether a file's name is that of a native library: `x.so`, `libx.so.1`.
  static func concerns(_ path: RelativePath) -> Bool {
    path.name.hasSuffix(".so") || path.name.contains(".so.")
  }

  /// Nil where the file stays as it is.
  func pack(
    _ file: FileID, _ packer: Packer, _ worker: inout Packer.Worker
  ) throws(FileError) -> PackedContent? {
    guard let program else { return nil }
    let name = packer.store.name(of: file)
    if let (before, digest) = recall(name, file, packer) {
      guard before > 0 else { return nil }
      if let found = packer.contents.find(digest) {
        tally.add(before: before, after: found.size)
        return found
      }
    }
    try worker.reader.read(file)
    let before = worker.reader.withBytes { $0.copy() }
    guard let after = try strip(before, program) else {
      remember(name, file, packer, SHA256.Digest(0, 0, 0, 0), before: 0)
      return nil
    }
    let digest = SHA256.digest(of: after)
    remember(name, file, packer, digest, before: before.count)
    tally.add(before: before.count, after: after.count)
    if let found = packer.contents.find(digest) { return found }
    return try packer.contents.add(
      after.span, digest: digest, &worker.deflater, &worker.room)
  }

  /// How large it was and what became of it; zero where it stayed as it is.
  private func recall(
    _ name: String, _ file: FileID, _ packer: Packer
  ) -> (before: Int, digest: SHA256.Digest)? {
    guard let key = packer.store.key(of: file) else { return nil }
    return memory.recall(name, key) { value in
      guard value.count == 40 else { return nil }
      let words = [0, 8, 16, 24, 32].map { value.number64($0) }
      return (
        Int(truncatingIfNeeded: words[4]), SHA256.Digest(words[0], words[1], words[2], words[3])
      )
    }
  }

  private func remember(
    _ name: String, _ file: FileID, _ packer: Packer, _ digest: SHA256.Digest, before: Int
  ) {
    guard let key = packer.store.key(of: file) else { return }
    var value: [UInt8] = []
    for word in [digest.a, digest.b, digest.c, digest.d] { value.append(number64: word) }
    value.append(number64: UInt64(before))
    memory.record(name, key, value)
  }

  private func strip(_ bytes: [UInt8], _ program: Program) throws(FileError) -> [UInt8]? {
    guard let headers = ProgramHeaders(bytes) else { return nil }
    let folder = try FileSystem.makeTemporaryFolder(prefix: "pare-strip")
    defer { try? FileSystem.removeTree(folder) }
    try FileSystem.write(bytes, to: folder + "/in")
    let flag = mode == .debug ? "--strip-debug" : "--strip-unneeded"
    let outcome = try program.run(
      [flag, "-o", folder + "/out", folder + "/in"], folder: folder, timeout: 120)
    guard outcome.isSuccess, let after = try? FileSystem.read(folder + "/out"),
      after.count < bytes.count
    else { return nil }
    guard let now = ProgramHeaders(after), now.load(like: headers) else {
      tally.addDamaged()
      return nil
    }
    return after
  }

  func save() { memory.save() }

  /// What came of it, in a sentence.
  var diagnostics: [Diagnostic] {
    guard program != nil else { return [.noStripTool(mode)] }
    let (files, saved, damaged) = tally.figures
    return [.stripped(mode, files: files, saved: saved, damaged: damaged)]
  }

  private final class Tally: Sendable {
    private let state = Mutex<(files: Int, saved: Int, damaged: Int)>((0, 0, 0))

    func add(before: Int, after: Int) {
      state.withLock { state in
        state.files += 1
        state.saved += before - after
      }
    }

    func addDamaged() { state.withLock { $0.damaged += 1 } }

    var figures: (files: Int, saved: Int, damaged: Int) { state.withLock { $0 } }
  }
}

/// The program headers of a 64-bit little-endian ELF file ("ELF-64 Object File Format", version 1.5,
/// section 8): how it is laid out in memory.
struct ProgramHeaders: Equatable {
  private struct Row: Equatable {
    let type: UInt32
    let flags: UInt32
    let offset: UInt64
    let address: UInt64
    let fileSize: UInt64
    let memorySize: UInt64
    let alignment: UInt64
  }

  private var rows: [Row] = []
  private let count: Int

  /// Nil for anything else, and where the headers lie outside the file.
  init?(_ bytes: [UInt8]) {
    let span = bytes.span
    guard span.count >= 64, span.number32(0) == 0x464c_457f, span[4] == 2, span[5] == 1 else {
      return nil
    }
    let start = span.number64(32)
    let size = Int(span.number32(52) >> 16)
    let count = Int(span.number32(56) & 0xffff)
    guard size == 56, start <= UInt64(span.count),
      UInt64(count * size) <= UInt64(span.count) - start
    else { return nil }
    for index in 0..<count {
      let at = Int(start) + index * size
      rows.append(
        Row(
          type: span.number32(at), flags: span.number32(at + 4), offset: span.number64(at + 8),
          address: span.number64(at + 16), fileSize: span.number64(at + 32),
          memorySize: span.number64(at + 40), alignment: span.number64(at + 48)))
    }
    self.count = span.count
  }

  /// Whether it is loaded to the same addresses as `other`, with the same rights, and every loaded
  /// part lies in the file where its alignment asks for it.
  func load(like other: ProgramHeaders) -> Bool {
    guard rows.count == other.rows.count else { return false }
    for (row, before) in zip(rows, other.rows) {
      guard row.type == before.type, row.flags == before.flags, row.address == before.address,
        row.fileSize == before.fileSize, row.memorySize == before.memorySize,
        row.alignment == before.alignment
      else { return false }
      // PT_LOAD
      guard row.type == 1 else { continue }
      guard row.offset <= UInt64(count), row.fileSize <= UInt64(count) - row.offset else {
        return false
      }
      if row.alignment > 1, row.offset % row.alignment != row.address % row.alignment {
        return false
      }
    }
    return true
  }
}
