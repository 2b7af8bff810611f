import Files
import Model
import TestKit
import Testing

/// Several runs at once with one cache.
@Suite struct SharedCacheTests {
  @Test func `four processes that share a cache write what each would write alone`() throws {
    let folder = try Folder([
      "pare.toml": """
      runtime = "python3.12"
      source-roots = ["src"]
      environment = []
      [functions.one]
      handler = "app.handler"
      [functions.two]
      handler = "other.handler"
      """,
      "src/app.py": "import shop\ndef handler(event, context):\n    return shop.total(event)\n",
      "src/other.py": "import shop, tax\ndef handler(event, context):\n    return 1\n",
      "src/shop.py": "def total(event):\n    return 42\n",
    ])
    let cache = try Folder()
    for round in 0..<4 {
      // Content that no run has compressed yet, in many pieces.
      for part in 0..<60 {
        try folder.write(
          "x = '\(String(repeating: "\(round) \(part) ", count: 200 + part))'\n",
          to: "src/tax/part\(part).py")
      }
      try folder.write(
        (0..<60).map { "from . import part\($0)\n" }.joined(), to: "src/tax/__init__.py")
      let answers = try concurrentMap(Array(0..<4), jobs: 4) { number throws(ToolFailed) in
        do {
          return try Tool.run(
            ["package", "-o", "out\(number)"], in: folder.path, cache: cache.path)
        } catch {
          throw ToolFailed(reason: "\(error)")
        }
      }
      for answer in answers {
        #expect(answer.exitCode == 0, "\(answer.errors)")
        #expect(answer.errors.isEmpty, "\(answer.errors)")
      }
      _ = try Tool.run(["package", "-o", "alone", "--no-cache"], in: folder.path)
      for name in ["one.zip", "two.zip"] {
        let expected = try folder.read("alone/\(name)")
        for number in 0..<4 {
          #expect(try folder.read("out\(number)/\(name)") == expected, "round \(round), \(name)")
        }
      }
    }
    // Nothing half written is left, and what is there is of use.
    let files = try FileTree.walk(cache.path, jobs: 1).files.map(\.string)
    #expect(!files.contains { $0.hasSuffix(".pare-tmp") })
    let answer = try Tool.run(
      ["package", "-o", "after", "--timings"], in: folder.path, cache: cache.path)
    let archiving = answer.output.split(separator: "\n").first { $0.hasPrefix("archive") } ?? ""
    // The last word of the line is how many contents came from the cache: all but the empty ones.
    #expect((Int(archiving.split(separator: " ").last ?? "") ?? 0) >= 63, "\(answer.output)")
  }
}

private struct ToolFailed: Error {
  let reason: String
}
