package import Model

/// Reads what one Python source file asks for: bytes in, facts out.
package enum PythonScanner {
  package enum Depth: Sendable {
    /// Import statements with their kinds and guards, and problems.
    case imports
    /// Also strings, calls and marks.
    case everything
  }

  /// Sources above this size, in bytes, are tables that somebody has generated: a thousand times what
  /// people write. What reading one takes grows with it, ten bytes and more for each of its own.
  private static let largest = 8 << 20

  /// Of a source that is too large to be read: its import statements, wherever they stand. That no more
  /// was read is told as a blind spot at its beginning.
  private static func importsAlone(_ bytes: Span<UInt8>) -> SourceFacts {
    var facts = SourceFacts()
    var imports = QuickImports()
    imports.scan(bytes, into: &facts)
    let text = Array(
      "a source of \(bytes.count) bytes, of which only the import statements are read".utf8)
    let start = facts.text.count
    facts.text += text
    facts.requests.append(
      Request(
        .blind, kind: .topLevel, name: TextRange(start: start, count: text.count), line: 1,
        column: 1))
    return facts
  }

  /// Never fails: what cannot be read becomes a `Problem`, and the scan goes on.
  package static func scan(
    _ bytes: Span<UInt8>, path: RelativePath, depth: Depth = .everything
  ) -> SourceFacts {
    let isStub = depth == .everything && path.name.utf8.suffix(4).elementsEqual(".pyi".utf8)
    let facts = read(bytes, path: path, depth: isStub ? .imports : depth, callees: [])
    return isStub ? exports(ofStub: facts) : facts
  }

  /// How a file calls these functions: the requests of the forms `argument` and `openArgument`, and
  /// `ignore`.
  package static func scan(
    _ bytes: Span<UInt8>, path: RelativePath, for callees: [Callee]
  ) -> SourceFacts {
    var facts = read(bytes, path: path, depth: .everything, callees: callees)
    facts.requests.removeAll { ![.argument, .openArgument, .ignore].contains($0.form) }
    facts.problems = []
    return facts
  }

  /// What a file defines and mentions (`SourceFacts.definitions`), and nothing else.
  package static func definitions(in bytes: Span<UInt8>) -> SourceFacts {
    guard bytes.count <= largest else { return SourceFacts() }
    let encoding = SourceEncoding.detect(bytes)
    guard let decoded = encoding.decode(bytes) else {
      var reader = DefinitionReader(at: encoding.start)
      return reader.read(bytes)
    }
    var reader = DefinitionReader(at: 0)
    return reader.read(decoded.span)
  }

  /// What a stub says to `lazy_loader.attach_stub(__name__, __file__)`: from where each name comes.
  ///
  ///     from ._gaussian import gaussian
  private static func exports(ofStub stub: SourceFacts) -> SourceFacts {
    var facts = SourceFacts()
    facts.text = stub.text
    facts.members = stub.members
    facts.guards = stub.guards
    var exports = Exports()
    for request in stub.requests where request.form == .member && request.kind != .typeOnly {
      guard exports.rows.count < Int(UInt16.max) else { break }
      var request = request.of(kind: max(request.kind, .lazy))
      request.row = UInt16(exports.rows.count)
      exports.rows.append(request.members)
      facts.requests.append(request)
    }
    facts.exports = exports
    return facts
  }

  private static func read(
    _ bytes: Span<UInt8>, path: RelativePath, depth: Depth, callees: [Callee]
  ) -> SourceFacts {
    guard bytes.count <= largest else {
      return callees.isEmpty ? importsAlone(bytes) : SourceFacts()
    }
    let encoding = SourceEncoding.detect(bytes)
    var reader = SourceReader(at: encoding.start, depth: depth, name: path.name)
    for callee in callees { reader.callees[Array(callee.name.utf8), default: []].append(callee) }
    if Bytes.summary(bytes).least == 0 { reader.lexer.reportNull(bytes) }
    for (sentence, line) in encoding.problems {
      reader.lexer.problems.add(sentence, line: line, column: 1)
    }
    guard let decoded = encoding.decode(bytes) else {
      if let invalid = encoding.firstInvalid(bytes) {
        if encoding.includesComments {
          let (line, column) = SourceEncoding.place(of: invalid, in: bytes)
          reader.lexer.problems.add(.invalidUTF8(bytes[invalid]), line: line, column: column)
        } else {
          reader.lexer.invalid = invalid
        }
      }
      return reader.read(bytes)
    }
    reader.lexer.position = 0
    return reader.read(decoded.span)
  }
}
