package import Model

/// Reads what one Python source file asks for: bytes in, facts out.
package enum PythonScanner {
  package enum Depth: Sendable {
    /// Import statements with their kinds and guards, and problems.
    case imports
    /// Also strings, calls and marks.
    case everything
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
    guard bytes.count < Int(Int32.max) else { return SourceFacts() }
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
    guard bytes.count < Int(Int32.max) else { return SourceFacts() }
    let encoding = SourceEncoding.detect(bytes)
    var reader = SourceReader(at: encoding.start, depth: depth, name: path.name)
    for callee in callees { reader.callees[Array(callee.name.utf8), default: []].append(callee) }
    if Bytes.summary(bytes).least == 0 { reader.lexer.reportNull(bytes) }
    for (sentence, line) in encoding.problems {
      reader.lexer.problems.add(sentence, line: line, column: 1)
    }
    guard let decoded = encoding.decode(bytes) else {
      if let invalid = encoding.firstInvalid(bytes) {
        reader.lexer.problems.add(
          .invalidUTF8(invalid.byte), line: invalid.line, column: invalid.column)
      }
      return reader.read(bytes)
    }
    reader.lexer.position = 0
    return reader.read(decoded.span)
  }
}
