/// Whether a module only defines names when it is imported, or does something that somebody else could
/// count on:
///
///     import pandas                      # defines
///     LIMIT = max(3, len(pandas.NA_VALUES))
///     @dataclass                         # of the standard library
///     class Row: ...
///     register(Row)                      # does
///     pandas.options.mode.copy = True    # does
///     @app.get("/rows")                  # does
///     def rows(): ...
struct Effects {
  private var lexer: Lexer
  private let isStandard: (String) -> Bool
  /// Names that are of the standard library.
  private var known: Set<String> = ["property", "staticmethod", "classmethod"]

  /// - Parameter isStandard: whether a module is the standard library's.
  init(isStandard: @escaping (String) -> Bool) {
    lexer = Lexer(at: 0)
    self.isStandard = isStandard
  }

  /// The first line that does more than define names; nil where there is none.
  mutating func first(_ source: borrowing Span<UInt8>) -> Int? {
    // What stands in a definition is not run, or defines.
    var definition: Int?
    while lexer.advance(source) {
      if let inside = definition {
        if lexer.indent > inside { continue }
        definition = nil
      }
      guard let head = lexer.tokens.first else { continue }
      switch head.kind {
      case .def, .class, .async: definition = lexer.indent
      case .at:
        guard lexer.tokens.count > 1, known.contains(text(lexer.tokens[1], source)) else {
          return Int(head.line)
        }
      case .if, .elif, .else, .try, .except, .finally:
        // What stands behind the colon is a line of its own.
        let rest = lexer.colon.map { Array(lexer.tokens[($0 + 1)...]) } ?? []
        if hasEffect(rest, source) { return Int(head.line) }
      default: if hasEffect(lexer.tokens, source) { return Int(head.line) }
      }
    }
    return nil
  }

  /// Of statements on one line.
  private mutating func hasEffect(_ tokens: [Token], _ source: borrowing Span<UInt8>) -> Bool {
    for part in tokens.split(whereSeparator: { $0.kind == .semicolon }) {
      let part = Array(part)
      switch part[0].kind {
      case .import, .from: learn(part, source)
      case .pass, .string, .ellipsis, .type: break
      default: if !isAssignment(part) { return true }
      }
    }
    return false
  }

  /// To plain names: `a = b, (c, d) = …`, `a: int = …`, `a += …`
  private func isAssignment(_ tokens: [Token]) -> Bool {
    guard
      let end = tokens.firstIndex(where: { [.assign, .augmented, .colon].contains($0.kind) })
    else { return false }
    return tokens[..<end].allSatisfy { token in
      token.kind.isName || [.comma, .leftParen, .rightParen, .star].contains(token.kind)
    }
  }

  /// `from functools import cache`, `import dataclasses as dc`
  private mutating func learn(_ tokens: [Token], _ source: borrowing Span<UInt8>) {
    guard tokens.count > 1, tokens[1].kind.isName, isStandard(text(tokens[1], source)) else {
      return
    }
    for (index, token) in tokens.enumerated()
    where index > 0 && token.kind.isName && tokens[index - 1].kind != .dot {
      known.insert(text(token, source))
    }
  }

  private func text(_ token: Token, _ source: borrowing Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    for index in token.range { bytes.append(source[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PythonLanguage {
  private static let standardNames = Set(StandardLibrary.everyName)

  package func firstEffect(in bytes: [UInt8]) -> Int? {
    var effects = Effects(isStandard: Self.standardNames.contains)
    return effects.first(bytes.span)
  }
}
