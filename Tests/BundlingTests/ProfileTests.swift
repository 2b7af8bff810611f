import Files
import Model
import PythonLanguage
import TestKit
import Testing

@testable import Bundling

/// A function whose handler imports what sleeps, and what its call uses of it.
private func sleeper(
  _ handler: String, settings: String = "", more: [String: String] = [:]
) throws -> Trialed {
  let files = [
    "app.py": handler, "slow.py": "import time\ntime.sleep(0.08)\n\ndef go():\n    return 1\n",
    "shop/__init__.py": "", "shop/db.py": "TABLE = 'orders'\n",
  ].merging(more) { _, own in own }
  let sources = Dictionary(uniqueKeysWithValues: files.map { ("src/" + $0, $1) })
  let trialed = try Trialed(sources, archived: files, settings: settings)
  try trialed.folder.write("{\"n\": 1}", to: "event.json")
  return trialed
}

private struct NoProfile: Error {
  let failure: Diagnostic
}

extension Trialed {
  fileprivate func outcome(
    event: String? = "event.json", _ change: (inout ProfileOptions) -> Void = { _ in }
  ) throws -> ProfileOutcome {
    var verify = VerifyOptions()
    verify.event = try event.map { try .init(folder($0)) }
    var options = ProfileOptions(verify)
    change(&options)
    return try Bundling.profile(
      workspace.functions.ids.first ?? FunctionID(0), of: workspace, options, row: nil,
      languages: [PythonLanguage()], store: Store(workspace, wheels: wheels))
  }

  fileprivate func profile(event: String? = "event.json") throws -> Profile {
    switch try outcome(event: event) {
    case .measured(let profile): return profile
    case .failed(let failure), .unproven(let failure):
      throw NoProfile(failure: failure)
    }
  }
}

@Suite(.enabled(if: Python.python312 != nil, "needs Python 3.12"))
struct ProfileTests {
  @Test
  func `an import that sleeps is measured, and tried without where the call has no use for it`()
    throws
  {
    let trialed = try sleeper(
      """
      import shop.db
      import slow

      def handler(event, context):
          if event["n"] > 9:
              return slow.go()
          return shop.db.TABLE

      """)
    let profile = try trialed.profile()
    let slow = try #require(profile.imports.first { $0.name == "slow" })
    // It sleeps no less; how much more it takes is the machine's affair.
    #expect(slow.own >= 80_000 && slow.own < 200_000)
    #expect(slow.location == SourceLocation(path: "src/app.py", line: 2))
    #expect(slow.isUsed == false && slow.phase == .start)
    #expect(profile.start.median >= slow.own && profile.start.least <= profile.start.median)
    #expect(profile.imports.map(\.name).prefix(3) == ["app", "shop", "shop.db"])
    #expect(profile.imports[2].parent == 0, "a package is loaded before, not below")
    #expect(profile.imports[0].inclusive == profile.imports.reduce(0) { $0 + $1.own })
    #expect(profile.imports.first { $0.name == "shop.db" }?.isUsed == true)
    let deferral = try #require(profile.deferrals.first)
    #expect(profile.deferrals.count == 1 && deferral.module == "slow")
    #expect(deferral.saved > 60_000 && deferral.saved < 200_000, "\(deferral)")
    #expect(
      deferral.statements == [
        .init(location: SourceLocation(path: "src/app.py", line: 2), text: "import slow")
      ])
  }

  /// Each in a way that another part of the watching sees.
  @Test(arguments: [
    ("import slow", "slow.go()"), ("from slow import go", "go()"),
    ("import slow as s", "getattr(s, 'LIMIT', 1)"),
    // A name that is only read is not seen: it is tried, and found to be needed.
    ("from slow import LIMIT", "LIMIT"),
    ("import slow\nslow.go()", "1"),
    ("from slow import Base\nclass Own(Base): pass", "1"),
  ])
  func `what is used in the call, or by the import itself, is not advised to be deferred`(
    statement: String, use: String
  ) throws {
    let trialed = try sleeper(
      "\(statement)\ndef handler(event, context): return \(use)\n",
      more: [
        "slow.py": """
        import time
        time.sleep(0.08)
        LIMIT = 7
        class Base: pass
        def go(): return 1

        """
      ])
    #expect(try trialed.profile().deferrals.isEmpty)
  }

  @Test func `all imports of a module are tried together, whatever name they give it`() throws {
    let trialed = try sleeper(
      """
      from shop import late
      import slow as nap, shop.db

      def handler(event, context):
          return (nap.go() if event["n"] > 9 else 0, late.never)

      """,
      more: [
        "shop/late.py": """
        from slow import (
            go,  # for later
        )

        def never(): return go()
        never.__module__

        """
      ])
    try trialed.folder.write("{\"n\": 1}", to: "event.json")
    // A function is no JSON: what is asked is the import alone.
    let source = try trialed.folder.text("src/app.py")
    #expect(source.contains("late.never"))
    guard case .failed(let failure) = try trialed.outcome() else {
      Issue.record("an answer that is no JSON passes")
      return
    }
    #expect(failure.code == "verify-failed" && failure.message.contains("was called and raised"))

    let other = try sleeper(
      """
      from shop import late
      import slow as nap, shop.db

      def handler(event, context):
          return nap.go() if event["n"] > 9 else late.NAME

      """,
      more: [
        "shop/late.py":
          "from slow import (\n    go,  # for later\n)\nNAME = 'x'\n\ndef never(): return go()\n"
      ])
    let deferral = try #require(try other.profile().deferrals.first)
    #expect(deferral.module == "slow")
    #expect(
      deferral.statements.map { "\($0.location.path):\($0.location.line)" } == [
        "src/app.py:2", "src/shop/late.py:1",
      ])
    #expect(deferral.saved > 60_000)
  }

  @Test func `an answer that changes without an import keeps it`() throws {
    let trialed = try sleeper(
      """
      import sys
      import slow
      def handler(event, context): return "slow" in sys.modules

      """)
    #expect(try trialed.profile().deferrals.isEmpty)
  }

  @Test func `what the call itself imports belongs to the call`() throws {
    let trialed = try sleeper(
      "import importlib\ndef handler(event, context): return importlib.import_module('slow').go()\n"
    )
    let profile = try trialed.profile()
    let slow = try #require(profile.imports.first { $0.name == "slow" })
    #expect(slow.phase == .call && slow.parent == nil && slow.own >= 80_000)
    #expect(try #require(profile.call).median >= 80_000)
    #expect(profile.start.median < 80_000)
    #expect(profile.deferrals.isEmpty)
  }

  @Test func `without an event nothing is said of use`() throws {
    let profile = try sleeper("import slow\ndef handler(event, context): pass\n").profile(
      event: nil)
    #expect(profile.call == nil && profile.deferrals.isEmpty)
    #expect(profile.imports.allSatisfy { $0.isUsed == nil })
  }

  @Test func `a handler that fails, and an interpreter that is not there, are said`() throws {
    let failing = try sleeper("import nowhere\ndef handler(event, context): pass\n")
    guard case .failed(let failure) = try failing.outcome() else {
      Issue.record("a handler that cannot be imported is profiled")
      return
    }
    #expect(failure.code == "verify-failed")
    #expect(failure.location == SourceLocation(path: "src/app.py", line: 1, column: 1))
    guard case .unproven(let other) = try failing.outcome({ $0.verify.python = "/bin/false" })
    else {
      Issue.record("something that is no interpreter profiles")
      return
    }
    #expect(other.code == "no-interpreter" && other.message.contains("was not profiled"))
  }

  @Test(arguments: ["3.8", "3.11", "3.13"])
  func `every version tells the same`(version: String) throws {
    guard interpreter(version) != nil else { return }
    let trialed = try sleeper(
      "import slow\nfrom shop import db\ndef handler(event, context): return db.TABLE\n",
      settings: "runtime = 'python\(version)'")
    let profile = try trialed.profile()
    #expect(profile.imports.map(\.name) == ["app", "slow", "shop", "shop.db"])
    #expect(profile.imports.map(\.isUsed) == [true, false, false, true])
    #expect(profile.deferrals.map(\.module) == ["slow"])
  }

  @Test func `a record is hoisted above what lies in its package, with its time`() throws {
    let text = """
      {"phase": "done", "import": 10000000, "records": [
      ["a.b.c", -1, "import", 0, 10000000, 0, true, null, 0],
      ["a.b", 0, "import", 0, 6000000, 0, true, null, 0],
      ["a", 1, "import", 0, 4000000, 0, true, null, 0],
      ["d", 0, "import", 7000000, 8000000, 0, false, null, 0]]}
      """
    let run = try #require(
      TimedRun(Harness.findings(in: Array("t\n\(text)".utf8), token: "t")))
    #expect(run.records.map(\.name) == ["a", "a.b", "a.b.c", "d"])
    #expect(run.records.map(\.duration) == [4000, 2000, 4000, 1000])
    #expect(run.ownDurations == [4000, 2000, 3000, 1000])
    #expect(run.records.map(\.parent) == [nil, nil, nil, 2])
    #expect(middle(of: [5, 1, 9, 3]) == 3 && medianDeviation(of: [1, 2, 9]) == 1)
  }
}
