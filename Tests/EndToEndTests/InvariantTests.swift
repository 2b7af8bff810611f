import Files
import TestKit
import Testing
import Text

/// What holds for every archive of every project: the promises that a user can check.
@Suite struct `Of every test project` {
  private static let archives = TestProject.behaviours

  private func packaged(_ name: String, jobs: Int, in folder: Folder) throws -> Datum? {
    try folder.copy("\(TestProject.folder)/\(name)/project", to: "project")
    _ = try Tool.run(
      ["package", "--project", folder("project"), "--jobs", "\(jobs)"], in: folder.path)
    guard folder.has("project/dist/report.json") else { return nil }
    return try JSON.read(folder.read("project/dist/report.json"), path: "report.json")
  }

  @Test(arguments: archives)
  func `every entry has a chain of reasons, or a configuration line`(_ name: String) throws {
    let folder = try Folder()
    guard let report = try packaged(name, jobs: 2, in: folder) else { return }
    for function in report.table?["functions"]?.array ?? [] {
      let functionName = try #require(function.table?["name"]?.string)
      for entry in function.table?["entries"]?.array ?? [] {
        let path = try #require(entry.table?["path"]?.string)
        let answer = try Tool.run(
          ["why", functionName, path, "--project", folder("project"), "--format", "json"],
          in: folder.path)
        let said = try JSON.read(Array(answer.output.utf8), path: "why")
        #expect(
          said.table?["included"]?.isTrue == true,
          "\(name): \(functionName) has \(path) for nothing")
        let chain = said.table?["chain"]?.array ?? []
        // One of several handlers has a step of its own.
        let isHandler = entry.table?["reason"]?.string == "handler"
        let isOnlyStep = chain.count == 1 && chain[0].table?["kind"]?.string == "handler"
        #expect(isHandler == (chain.isEmpty || isOnlyStep), "\(name): \(path)")
        // Each step goes on where the one before ended.
        for (step, next) in zip(chain, chain.dropFirst()) {
          #expect(step.table?["to"]?.string == next.table?["from"]?.string)
        }
      }
    }
  }

  @Test(arguments: archives)
  func `the sizes add up to the archive's, to the byte`(_ name: String) throws {
    let folder = try Folder()
    guard let report = try packaged(name, jobs: 2, in: folder) else { return }
    for function in report.table?["functions"]?.array ?? [] {
      let fields = try #require(function.table)
      let entries = fields["entries"]?.array ?? []
      func sum(_ key: String) -> Int64 {
        entries.reduce(0) { $0 + ($1.table?[key]?.count ?? 0) }
      }
      #expect(sum("unzipped") == fields["unzipped"]?.count)
      // Local header 30, directory record 46, end record 22; each name stands in both.
      let names = entries.reduce(0) { $0 + ($1.table?["path"]?.string?.utf8.count ?? 0) }
      let zipped = sum("zipped") + Int64(entries.count * 76 + 2 * names + 22)
      #expect(zipped == fields["zipped"]?.count)
      let functionName = try #require(fields["name"]?.string)
      guard folder.has("project/dist/\(functionName).zip") else { continue }
      #expect(try folder.read("project/dist/\(functionName).zip").count == Int(zipped))
    }
  }

  @Test(arguments: archives)
  func `two processes give the same bytes, with one worker and with many`(_ name: String) throws {
    let (one, many) = (try Folder(), try Folder())
    guard let report = try packaged(name, jobs: 1, in: one) else { return }
    _ = try packaged(name, jobs: 5, in: many)
    for function in report.table?["functions"]?.array ?? [] {
      let functionName = try #require(function.table?["name"]?.string)
      let path = "project/dist/\(functionName).zip"
      guard one.has(path) else { continue }
      #expect(try one.read(path) == many.read(path), "\(name): \(functionName)")
    }
    // Messages may name folders by their whole path.
    func said(_ folder: Folder) throws -> String {
      try folder.text("project/dist/report.json").replacing(folder.path, with: "FOLDER")
    }
    #expect(try said(one) == said(many))
  }
}

extension Datum {
  fileprivate var isTrue: Bool {
    if case .boolean(let value) = content { value } else { false }
  }
  fileprivate var count: Int64? {
    if case .integer(let value) = content { value } else { nil }
  }
}
