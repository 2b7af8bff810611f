import Model

/// Code in strings that no call on their line is known to execute.
extension SourceReader {
  /// A string that could hold code, and what it is subject to.
  struct CodeString {
    let token: Token
    let column: UInt32
    let kind: ImportKind
    let guardIndex: UInt16?
  }

  private static let mostBytes = 1 << 16

  /// Whether the string is code is asked once it is known whether the file executes any.
  mutating func noteCode(_ source: borrowing Span<UInt8>, _ token: Token) {
    let content = Folder.content(source, token)
    // Where a call that is known to execute code is on the line, that is read as a call.
    guard content.count > 7, content.count < Self.mostBytes,
      !lexer.interest.contains(.execution)
    else { return }
    let block = blocks[blocks.count - 1]
    codeStrings.append(
      CodeString(
        token: token, column: lexer.column(of: token), kind: block.kind,
        guardIndex: block.guardIndex))
  }

  /// Import statements in strings: one that is the string as a whole, for whoever executes it,
  ///
  ///     run("from pkg.settings import *", {}, namespace)
  ///
  /// and in a file that executes code itself, each line that is one:
  ///
  ///     self._run(
  ///       "with self.importer:\n"
  ///       "  from pkg.sandbox import Sandbox\n")
  mutating func addCode(_ source: borrowing Span<UInt8>) {
    let executes = facts.marks.contains(.runsFiles)
    for string in codeStrings {
      let content = Folder.content(source, string.token)
      if beginsImport(source, content) {
        addStatements(Folder.bytes(source, content), string)
      } else if executes {
        var rest = content
        while let line = Self.nextLine(source, &rest) {
          if beginsImport(source, line) { addStatements(Folder.bytes(source, line), string) }
        }
      }
    }
  }

  /// The next line without the blanks around it; lines end where the source's do, and at `\n`.
  private static func nextLine(
    _ source: borrowing Span<UInt8>, _ rest: inout Range<Int>
  ) -> Range<Int>? {
    var start = rest.lowerBound
    while start < rest.upperBound, source[start] == 0x20 || source[start] == 0x09 { start += 1 }
    guard start < rest.upperBound else { return nil }
    var end = start
    while end < rest.upperBound, source[end] != 0x0A, source[end] != 0x0D {
      if source[end] == UInt8(ascii: "\\"), end + 1 < rest.upperBound,
        source[end + 1] == UInt8(ascii: "n")
      {
        rest = end + 2..<rest.upperBound
        return start..<end
      }
      end += 1
    }
    rest = min(end + 1, rest.upperBound)..<rest.upperBound
    return start..<end
  }

  private func beginsImport(_ source: borrowing Span<UInt8>, _ text: Range<Int>) -> Bool {
    guard text.count > 7 else { return false }
    let first = source[text.lowerBound]
    guard first == UInt8(ascii: "f") || first == UInt8(ascii: "i") else { return false }
    let head = Folder.bytes(source, text.lowerBound..<text.lowerBound + 7)
    return head.starts(with: "from ".utf8) || head.elementsEqual("import ".utf8)
  }

  private mutating func addStatements(_ text: [UInt8], _ string: CodeString) {
    let inner = PythonScanner.scan(text.span, path: RelativePath("string.py"), depth: .imports)
    guard inner.problems.isEmpty else { return }
    for request in inner.requests {
      let start = UInt32(facts.members.count)
      for member in request.members {
        facts.members.append(facts.intern(inner.bytes(inner.members[Int(member)])))
      }
      facts.requests.append(
        Request(
          .code, kind: string.kind, level: request.level, guardIndex: string.guardIndex,
          name: facts.intern(inner.bytes(request.name)),
          members: start..<UInt32(facts.members.count), line: string.token.line,
          column: string.column))
    }
  }
}
