import Model
import PythonLanguage

/// A request on one line, as tests compare it: `3:5 lazy from ..a import b, c`.
func lines(_ source: String, path: String = "pkg/mod.py") -> [String] {
  let facts = scan(source, path: path)
  return facts.requests.filter { $0.form != .literal }.map { describe($0, facts) }
}

func scan(_ source: String, path: String = "pkg/mod.py") -> SourceFacts {
  PythonScanner.scan(Array(source.utf8).span, path: RelativePath(path))
}

func describe(_ request: Request, _ facts: SourceFacts) -> String {
  let name = String(repeating: ".", count: Int(request.level)) + facts.string(request.name)
  let members = request.members.map { facts.string(facts.members[Int($0)]) }
  let what: String =
    switch request.form {
    case .module: "import \(name)"
    case .member: "from \(name) import \(members.joined(separator: ", "))"
    case .wildcard: "from \(name) import *"
    default: "\(request.form) \(name)"
    }
  return "\(request.line):\(request.column) \(request.kind.name) \(what)"
}

/// Import statements alone, without places.
func imports(_ source: String) -> [String] {
  let facts = scan(source)
  return facts.requests.filter { [.module, .member, .wildcard].contains($0.form) }.map {
    let text = describe($0, facts)
    return String(text[text.index(after: text.firstIndex(of: " ") ?? text.startIndex)...])
  }
}

/// What calls and strings ask for, without places and kinds.
func asks(
  _ source: String, path: String = "pkg/mod.py", without forms: Set<Request.Form> = []
)
  -> [String]
{
  let facts = scan(source, path: path)
  return facts.requests.filter {
    ![.module, .member, .wildcard, .words].contains($0.form) && !forms.contains($0.form)
  }.map {
    let members = $0.members.map { facts.string(facts.members[Int($0)]) }
    return "\($0.form) " + String(repeating: ".", count: Int($0.level)) + facts.string($0.name)
      + (members.isEmpty || $0.form != .dynamic ? "" : " from " + members.joined(separator: ", "))
  }
}

func problems(_ source: String) -> [String] {
  scan(source).problems.map { "\($0.line):\($0.column) \($0.code)" }
}

func problems(bytes: [UInt8]) -> [String] {
  PythonScanner.scan(bytes.span, path: RelativePath("a.py")).problems.map { $0.code }
}

/// The names that calls import, with a `*` for what is open, and `blind` for each call of which that is
/// told.
func namesAsked(by source: String) -> [String] {
  let facts = scan(source)
  return facts.requests.compactMap { request in
    switch request.form {
    case .blind: "blind"
    case .dynamic, .template:
      String(repeating: ".", count: Int(request.level)) + facts.string(request.name)
    default: nil
    }
  }
}
