import Model
import Testing

@Suite struct OrderTests {
  @Test func `diagnostics are printed by place, then code, then message`() {
    func make(
      _ code: String, _ message: String, _ path: String? = nil, _ line: Int = 0
    ) -> Diagnostic {
      Diagnostic(.warning, code, message, at: path.map { SourceLocation(path: $0, line: line) })
    }
    let sorted = [
      make("b-code", "without a place"), make("x", "m", "a.py", 2), make("x", "m", "a.py", 10),
      make("a-code", "z", "b.py", 1), make("b-code", "a", "b.py", 1),
      make("b-code", "b", "b.py", 1),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func `an error is worse than a warning, and that than a note`() {
    #expect([Diagnostic.Severity.error, .note, .warning].sorted() == [.note, .warning, .error])
  }

  @Test func `where several kinds of import hold, the later one wins`() {
    #expect(ImportKind.allCases.sorted() == [.topLevel, .conditional, .lazy, .optional, .typeOnly])
  }

  @Test func `kinds of edges have names of their own`() {
    #expect(Set(EdgeKind.allCases.map(\.name)).count == EdgeKind.allCases.count)
  }

  @Test func `ids of a table are in the order of its rows`() {
    var table = Table(["a", "b"])
    let added = table.append("c")
    #expect(table.ids.map { table[$0] } == ["a", "b", "c"])
    #expect(table.ids.sorted().last == added)
  }
}

@Suite struct ScopeTests {
  @Test func `an edge for some overlays holds for them alone`() {
    let scope = Scope.only([RootID(1), RootID(2)])
    #expect(scope.holds(for: RootID(2)))
    #expect(!scope.holds(for: RootID(3)))
    #expect(!scope.holds(for: nil))
  }

  @Test func `an edge for all but some overlays holds for functions without one`() {
    let scope = Scope.except([RootID(1)])
    #expect(!scope.holds(for: RootID(1)))
    #expect(scope.holds(for: RootID(3)))
    #expect(scope.holds(for: nil))
  }
}

@Suite struct SourceFactsTests {
  @Test func `a name is found again where it was put`() {
    var facts = SourceFacts()
    let first = facts.intern("os".utf8)
    let second = facts.intern("json.decoder".utf8)
    #expect(facts.string(first) == "os")
    #expect(facts.string(second) == "json.decoder")
    #expect(second.start == first.end)
    #expect(TextRange.empty.isEmpty)
  }
}
