import Bundling
import Files
import Model
import TestKit
import Testing
import Zip

struct ArchiveTests {
  @Test func `an archive holds its entries in order and its sizes add up`() throws {
    let ground = try ArchiveGround(["b.py": "import os\n", "a/x.txt": "x", "c.bin": ground50k])
    let artifact = try ground.archive(["a/x.txt", "b.py", "c.bin"])
    let bytes = try ground.folder.read("dist/f.zip")
    #expect(artifact.zipped == bytes.count)
    #expect(artifact.unzipped == 1 + 10 + 50_000)
    #expect(artifact.codeSHA256 == SHA256.digest(of: bytes).base64)
    let directory = try ZipDirectory(fileSize: bytes.count) { Array(bytes[$0..<$0 + $1]) }
    #expect(directory.members.map(\.path.string) == ["a/x.txt", "b.py", "c.bin"])
    #expect(directory.members.map(\.compressedSize) == artifact.sizes.map(\.zipped))
    let headers = directory.members.reduce(0) { $0 + 30 + 46 + 2 * $1.path.string.utf8.count }
    #expect(artifact.sizes.reduce(0) { $0 + $1.zipped } + headers + 22 == artifact.zipped)
  }

  @Test func `measuring gives the same figures and writes nothing`() throws {
    let ground = try ArchiveGround(["b.py": "import os\n", "c.bin": ground50k])
    let measured = try ground.archive(["b.py", "c.bin"], writes: false)
    #expect(!ground.folder.has("dist"))
    #expect(measured.codeSHA256 == nil)
    let written = try ground.archive(["b.py", "c.bin"])
    #expect(measured.zipped == written.zipped)
    #expect(measured.contentDigest == written.contentDigest)
  }

  @Test func `an archive that is already there is not written again`() throws {
    let ground = try ArchiveGround(["b.py": "import os\n", "c.bin": ground50k])
    let first = try ground.archive(["b.py", "c.bin"])
    let before = try StatKey(of: ground.folder.path + "/dist/f.zip")
    let second = try ground.archive(["b.py", "c.bin"])
    #expect(!first.wasUnchanged)
    #expect(second.wasUnchanged)
    #expect(second.codeSHA256 == first.codeSHA256)
    #expect(try StatKey(of: ground.folder.path + "/dist/f.zip") == before)
  }

  @Test func `an archive that somebody changed is written again`() throws {
    let ground = try ArchiveGround(["b.py": "import os\n", "c.bin": ground50k])
    let cache = try ground.cache()
    _ = try ground.archive(["b.py", "c.bin"], cache: cache)
    let good = try ground.folder.read("dist/f.zip")
    var bad = good
    bad[bad.count / 2] ^= 1
    try ground.folder.write(bad, to: "dist/f.zip")
    let artifact = try ground.archive(["b.py", "c.bin"], cache: cache)
    #expect(!artifact.wasUnchanged)
    #expect(try ground.folder.read("dist/f.zip") == good)
  }

  @Test func `with the cache and without, with one thread and with many: the same bytes`() throws {
    var contents: [String: String] = [:]
    for index in 0..<40 {
      contents["p/m\(index).py"] = "x = \(index)\n" + ground50k.prefix(index * 99)
    }
    let ground = try ArchiveGround(contents)
    let names = contents.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    _ = try ground.archive(names, jobs: 1)
    let expected = try ground.folder.read("dist/f.zip")
    let cache = try ground.cache()
    for _ in 0..<2 {
      try FileSystem.removeTree(ground.folder.path + "/dist")
      _ = try ground.archive(names, jobs: 4, cache: cache)
      #expect(try ground.folder.read("dist/f.zip") == expected)
    }
  }

  @Test func `an archive begins with what the one before begins with, up to the first difference`()
    throws
  {
    var contents: [String: String] = [:]
    for index in 0..<40 { contents["p/m\(index + 10).py"] = noise(200_000, seed: index) }
    let ground = try ArchiveGround(contents)
    let names = contents.keys.sorted()
    let cache = try ground.cache()
    var counts = Archiver.Counts()
    _ = try ground.archive(names, cache: cache, counts: &counts)
    #expect(counts.bytesKept == 0)
    let size = counts.bytesWritten
    #expect(size > 4_000_000)
    // Touched near the end, at the beginning, with as many bytes as before, one more, one less.
    for (file, text, least) in [
      ("p/m48.py", noise(200_001, seed: 99), size - 2_500_000), ("p/m10.py", noise(9, seed: 1), 0),
      ("p/m48.py", noise(200_000, seed: 7), size - 2_500_000),
    ] {
      try ground.folder.write(text, to: "src/\(file)")
      let artifact = try ground.archive(names, cache: cache, counts: &counts)
      #expect(counts.bytesKept >= least && counts.bytesKept < size - 100_000, "\(file)")
      if least == 0 { #expect(counts.bytesKept == 0) }
      let bytes = try ground.folder.read("dist/f.zip")
      #expect(artifact.codeSHA256 == SHA256.digest(of: bytes).base64)
      try FileSystem.removeTree(ground.folder.path + "/dist")
      _ = try ground.archive(names)
      #expect(try ground.folder.read("dist/f.zip") == bytes, "\(file): as if made afresh")
      _ = try ground.archive(names, cache: cache)
    }
    // A file less, then one more: what follows moves.
    for list in [names.filter { $0 != "p/m40.py" }, names] {
      _ = try ground.archive(list, cache: cache, counts: &counts)
      #expect(counts.bytesKept > 2_000_000)
      let bytes = try ground.folder.read("dist/f.zip")
      try FileSystem.removeTree(ground.folder.path + "/dist")
      _ = try ground.archive(list)
      #expect(try ground.folder.read("dist/f.zip") == bytes)
      _ = try ground.archive(list, cache: cache)
    }
  }

  @Test func `nothing is taken from an archive that somebody changed`() throws {
    var contents: [String: String] = [:]
    for index in 0..<40 { contents["p/m\(index + 10).py"] = noise(200_000, seed: index) }
    let ground = try ArchiveGround(contents)
    let names = contents.keys.sorted()
    let cache = try ground.cache()
    _ = try ground.archive(names, cache: cache)
    var bad = try ground.folder.read("dist/f.zip")
    bad[1000] ^= 1
    try ground.folder.write(bad, to: "dist/f.zip")
    try ground.folder.write("x = 1\n", to: "src/p/m49.py")
    var counts = Archiver.Counts()
    _ = try ground.archive(names, cache: cache, counts: &counts)
    #expect(counts.bytesKept == 0)
    let bytes = try ground.folder.read("dist/f.zip")
    try FileSystem.removeTree(ground.folder.path + "/dist")
    _ = try ground.archive(names)
    #expect(try ground.folder.read("dist/f.zip") == bytes)
  }

  @Test func `the cache stays within its bound, and what was used last stays in it`() throws {
    let ground = try ArchiveGround(["b.py": "", "c.py": ""])
    let cache = try Cache(ground.folder.path + "/cache", bound: 400_000)
    for generation in 0..<12 {
      try ground.folder.write(noise(100_000, seed: generation), to: "src/b.py")
      _ = try ground.archive(["b.py"], cache: cache)
      #expect(cache.info().size <= 400_000, "generation \(generation)")
    }
    var counts = Archiver.Counts()
    try FileSystem.removeTree(ground.folder.path + "/dist")
    _ = try ground.archive(["b.py"], cache: cache, counts: &counts)
    #expect((counts.compressed, counts.recalled) == (0, 1))
  }

  @Test func `what the cache holds is not compressed again`() throws {
    let ground = try ArchiveGround(["b.py": String(repeating: "import os\n", count: 99)])
    let cache = try ground.cache()
    var counts = Archiver.Counts()
    _ = try ground.archive(["b.py"], cache: cache, counts: &counts)
    #expect((counts.compressed, counts.recalled) == (1, 0))
    _ = try ground.archive(["b.py"], cache: cache, counts: &counts)
    #expect((counts.compressed, counts.recalled) == (0, 1))
  }

  @Test func `a file that changes is noticed, with the cache as well`() throws {
    let ground = try ArchiveGround(["b.py": "x = 1\n"])
    let cache = try ground.cache()
    let first = try ground.archive(["b.py"], cache: cache)
    try ground.folder.write("x = 2\n", to: "src/b.py")
    let second = try ground.archive(["b.py"], cache: cache)
    #expect(first.contentDigest != second.contentDigest)
    #expect(!second.wasUnchanged)
  }

  @Test func `a cache whose bytes were changed anywhere gives right archives all the same`() throws
  {
    let ground = try ArchiveGround(["b.py": ground50k, "c.py": "tiny"])
    let cache = try ground.cache()
    _ = try ground.archive(["b.py", "c.py"], cache: cache)
    let expected = try ground.folder.read("dist/f.zip")
    let files = try FileTree.walk(cache.folder, jobs: 1).files
    #expect(files.contains { $0.string.hasPrefix("contents/") })
    let originals = try files.map { try FileSystem.read("\(cache.folder)/\($0)") }
    for (file, original) in zip(files, originals) {
      for position in stride(from: 0, to: original.count, by: max(1, original.count / 40)) {
        var damaged = original
        damaged[position] ^= 0x55
        try FileSystem.createFolder(String(RelativePath("\(cache.folder)/\(file)").folder))
        try FileSystem.write(damaged, to: "\(cache.folder)/\(file)")
        try FileSystem.removeTree(ground.folder.path + "/dist")
        _ = try ground.archive(["b.py", "c.py"], cache: cache)
        #expect(
          try ground.folder.read("dist/f.zip") == expected, "byte \(position) of \(file)")
      }
      for count in [0, 10, original.count / 2, original.count - 1] {
        try FileSystem.write(Array(original.prefix(count)), to: "\(cache.folder)/\(file)")
        try FileSystem.removeTree(ground.folder.path + "/dist")
        _ = try ground.archive(["b.py", "c.py"], cache: cache)
        #expect(
          try ground.folder.read("dist/f.zip") == expected, "\(file) cut to \(count) bytes")
      }
    }
  }

  @Test func `the content digest depends on paths, modes and bytes, and on nothing else`() throws {
    let ground = try ArchiveGround(["b.py": "x = 1\n", "c.py": "x = 1\n", "d.py": "x = 2\n"])
    let b = try ground.archive(["b.py"], writes: false).contentDigest
    #expect(try ground.archive(["b.py"], writes: false).contentDigest == b)
    #expect(try ground.archive(["c.py"], writes: false).contentDigest != b)
    #expect(try ground.archive(["d.py"], at: ["b.py"], writes: false).contentDigest != b)
    #expect(try ground.archive(["c.py"], at: ["b.py"], writes: false).contentDigest == b)
    #expect(
      try ground.archive(["b.py"], executable: true, writes: false).contentDigest != b)
    let expected =
      Array("b.py".utf8) + [0, UInt8(ascii: "-")]
      + SHA256.digest(of: Array("x = 1\n".utf8)).bytes
    #expect(b == SHA256.digest(of: expected).hex)
  }

  @Test func `a folder that cannot be written to is an error, and the archive before it stays`()
    throws
  {
    let ground = try ArchiveGround(["b.py": "x = 1\n"])
    try ground.folder.write("in the way", to: "dist")
    let failure = #expect(throws: Failure.self) { try ground.archive(["b.py"]) }
    #expect(failure?.exitCode == 3)
    #expect(try ground.folder.text("dist") == "in the way")
  }

  @Test func `Ctrl-C leaves the archive before and nothing half written`() throws {
    let ground = try ArchiveGround(["b.py": "x = 1\n"])
    _ = try ground.archive(["b.py"])
    let before = try ground.folder.read("dist/f.zip")
    try ground.folder.write("x = 2\n", to: "src/b.py")
    var output = try ComparedOutput.open(ground.folder.path + "/dist/f.zip", size: 1) { _ in }
    try output.append([1])
    // Dropped before it is finished, as an interrupt does it.
    _ = consume output
    #expect(try FileSystem.names(in: ground.folder.path + "/dist") == ["f.zip"])
    #expect(try ground.folder.read("dist/f.zip") == before)
  }
}

struct WheelArchiveTests {
  @Test func `what a wheel holds deflated is copied as it is`() throws {
    let ground = try ArchiveGround([:], wheel: [("pkg/a.py", ground50k), ("pkg/e.py", "")])
    var counts = Archiver.Counts()
    let artifact = try ground.archive(["pkg/a.py", "pkg/e.py"], counts: &counts)
    #expect(counts.copied == 1)
    #expect(artifact.unzipped == 50_000)
    let bytes = try ground.folder.read("dist/f.zip")
    let wheel = try ground.folder.read("w.whl")
    let inner = try ZipDirectory(fileSize: bytes.count) { Array(bytes[$0..<$0 + $1]) }.members[0]
    let outer = try ZipDirectory(fileSize: wheel.count) { Array(wheel[$0..<$0 + $1]) }.members[0]
    let size = inner.compressedSize
    let start = 30 + "pkg/a.py".utf8.count
    #expect(inner.compressedSize == outer.compressedSize)
    #expect(
      bytes[inner.headerOffset + start..<inner.headerOffset + start + size]
        .elementsEqual(wheel[outer.headerOffset + start..<outer.headerOffset + start + size]))
  }

  @Test func `a member with a bad CRC is an error that names wheel and member`() throws {
    let ground = try ArchiveGround([:], wheel: [("pkg/a.py", ground50k)])
    var wheel = try ground.folder.read("w.whl")
    wheel[30 + 8 + 200] ^= 1
    try ground.folder.write(wheel, to: "w.whl")
    #expect(try ground.archive(["pkg/a.py"]).codeSHA256 == nil)
    let message = ground.failures.first?.description ?? ""
    #expect(message.contains("w.whl"))
    #expect(message.contains("pkg/a.py"))
    #expect(!ground.folder.has("dist/f.zip"))
  }

  @Test func `a copy of a wheel is checked as if it were another: it may be torn`() throws {
    let ground = try ArchiveGround([:], wheel: [("pkg/a.py", ground50k)])
    let cache = try ground.cache()
    var counts = Archiver.Counts()
    _ = try ground.archive(["pkg/a.py"], cache: cache, counts: &counts)
    #expect(counts.copied == 1)
    // Another file in its place, with the same directory and size.
    var wheel = try ground.folder.read("w.whl")
    wheel[30 + 8 + 200] ^= 1
    try ground.folder.write(wheel, to: "copy.whl")
    try FileSystem.rename(ground.folder.path + "/copy.whl", to: ground.folder.path + "/w.whl")
    #expect(try ground.archive(["pkg/a.py"], cache: cache).codeSHA256 == nil)
    #expect(ground.failures.count == 1)
  }

  @Test func `a wheel is checked again when it changes`() throws {
    let ground = try ArchiveGround([:], wheel: [("pkg/a.py", ground50k)])
    let cache = try ground.cache()
    _ = try ground.archive(["pkg/a.py"], cache: cache)
    var wheel = try ground.folder.read("w.whl")
    wheel[30 + 8 + 200] ^= 1
    try ground.folder.write(wheel, to: "w.whl")
    #expect(try ground.archive(["pkg/a.py"], cache: cache).codeSHA256 == nil)
    #expect(ground.failures.count == 1)
  }
}

/// Noise that deflates a little, the same every time.
private let ground50k = noise(50_000, seed: 7)

private func noise(_ count: Int, seed: Int) -> String {
  var state = UInt64(seed)
  let letters = Array("abcdefghijklmnop\n 01234".utf8)
  var text: [UInt8] = []
  for _ in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    text.append(letters[Int(state >> 40) % letters.count])
  }
  return String(decoding: text, as: UTF8.self)
}
