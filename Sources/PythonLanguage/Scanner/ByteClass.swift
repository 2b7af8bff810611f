/// What a byte can begin, outside strings.
enum ByteClass: UInt8 {
  case space, newline, name, digit, quote, comment, backslash, open, close, dot, sign, other, bad
}

/// Tables over bytes, as arrays that a lexer keeps: a global would be looked up on each use.
struct ByteTables {
  /// A `ByteClass` for each byte.
  let classes: [ByteClass]
  /// Bits of what a byte may be part of, see the constants.
  let parts: [UInt8]

  static let identifier: UInt8 = 1 << 0
  /// Stops the quick loop over a string's characters: quotes, `\`, line ends.
  static let stop: UInt8 = 1 << 1
  /// Stops the quick loop over a formatted string's characters: also `{` and `}`.
  static let brace: UInt8 = 1 << 2
  static let lineEnd: UInt8 = 1 << 3
  /// May stand in a literal of the shapes that `LiteralShape.plain` means.
  static let plain: UInt8 = 1 << 4
  /// May stand in a template of a dotted name.
  static let template: UInt8 = 1 << 5
  /// `%`, `{`, `}`
  static let hole: UInt8 = 1 << 6

  static let shared = ByteTables()

  private init() {
    var classes = Array(repeating: ByteClass.bad, count: 256)
    var parts = Array(repeating: 0 as UInt8, count: 256)
    func mark(_ text: String, _ byteClass: ByteClass) {
      for byte in text.utf8 { classes[Int(byte)] = byteClass }
    }
    func add(_ text: String, _ bits: UInt8) {
      for byte in text.utf8 { parts[Int(byte)] |= bits }
    }
    let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
    mark(letters, .name)
    mark("0123456789", .digit)
    mark(" \t\u{C}", .space)
    mark("\n\r", .newline)
    mark("\"'", .quote)
    mark("#", .comment)
    mark("\\", .backslash)
    mark("([{", .open)
    mark(")]}", .close)
    mark(".", .dot)
    mark("+-~", .sign)
    mark("*/%@&|^<>=!,:;", .other)
    for byte in 0x80...0xFF {
      classes[byte] = .name
      parts[byte] = Self.identifier
    }
    add(letters + "0123456789", Self.identifier)
    add("\"'\\\n\r", Self.stop)
    add("\"'\\\n\r{}", Self.brace)
    add("\n\r", Self.lineEnd)
    add(letters + "0123456789.:/-", Self.plain)
    add(letters + "0123456789.%{}()", Self.template)
    add("%{}", Self.hole)
    self.classes = classes
    self.parts = parts
  }
}
