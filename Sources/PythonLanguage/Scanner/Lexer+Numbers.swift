/// Numbers, as CPython's tokenizer takes them.
extension Lexer {
  mutating func readNumber(_ source: borrowing Span<UInt8>) {
    let start = position
    let count = source.count
    let zero = UInt8(ascii: "0")
    var isFloat = false
    if source[start] == zero, start + 1 < count {
      let radix = source[start + 1] | 0x20
      if radix == UInt8(ascii: "x") || radix == UInt8(ascii: "o") || radix == UInt8(ascii: "b") {
        position &+= 2
        let isHex = radix == UInt8(ascii: "x")
        while position < count, isDigit(source[position], hex: isHex) { position &+= 1 }
        if position == start + 2 { report(.syntax("invalid number"), start) }
        finishNumber(source, start)
        return
      }
    }
    var hasOnlyZeros = true
    while position < count, isDigit(source[position], hex: false) {
      if source[position] != zero, source[position] != UInt8(ascii: "_") { hasOnlyZeros = false }
      position &+= 1
    }
    if position < count, source[position] == UInt8(ascii: ".") {
      isFloat = true
      position &+= 1
      while position < count, isDigit(source[position], hex: false) { position &+= 1 }
    }
    if position < count, source[position] | 0x20 == UInt8(ascii: "e") {
      var digits = position + 1
      if digits < count, source[digits] == UInt8(ascii: "+") || source[digits] == UInt8(ascii: "-")
      {
        digits += 1
      }
      if digits < count, tables.classes[Int(source[digits])] == .digit {
        isFloat = true
        position = digits
        while position < count, isDigit(source[position], hex: false) { position &+= 1 }
      }
    }
    if position < count, source[position] | 0x20 == UInt8(ascii: "j") {
      isFloat = true
      position &+= 1
    }
    if !isFloat, !hasOnlyZeros, source[start] == zero { report(.leadingZeros, start) }
    finishNumber(source, start)
  }

  @inline(__always)
  func isDigit(_ byte: UInt8, hex: Bool) -> Bool {
    if tables.classes[Int(byte)] == .digit || byte == UInt8(ascii: "_") { return true }
    let letter = byte | 0x20
    return hex && letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f")
  }

  /// `1if x else 2` is two tokens, `10L` is none.
  mutating func finishNumber(_ source: borrowing Span<UInt8>, _ start: Int) {
    emit(.number, start)
    guard position < source.count, tables.classes[Int(source[position])] == .name else { return }
    var end = position
    var word: UInt64 = 0
    while end < source.count, tables.parts[Int(source[end])] & ByteTables.identifier != 0 {
      word = word << 8 | UInt64(source[end])
      end += 1
    }
    switch names.kind(word, source, position, end) {
    case .and, .else, .for, .if, .in, .is, .not, .or: break
    default: report(.syntax("invalid number"), start)
    }
  }
}
