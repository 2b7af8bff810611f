/// Brackets, dots and operators.
extension Lexer {
  mutating func open(_ byte: UInt8) {
    let start = position
    position &+= 1
    let kind: Kind =
      switch byte {
      case UInt8(ascii: "("): .leftParen
      case UInt8(ascii: "["): .leftBracket
      default: .leftBrace
      }
    emit(kind, start)
    openers.append(tokens[tokens.count - 1])
  }

  mutating func close(_ byte: UInt8) {
    let start = position
    position &+= 1
    let (kind, opener): (Kind, Kind) =
      switch byte {
      case UInt8(ascii: ")"): (.rightParen, .leftParen)
      case UInt8(ascii: "]"): (.rightBracket, .leftBracket)
      default: (.rightBrace, .leftBrace)
      }
    emit(kind, start)
    if let last = openers.popLast() {
      if last.kind != opener {
        report(.mismatched(byte), tokens[tokens.count - 1])
      }
    } else {
      report(.unmatched(byte), tokens[tokens.count - 1])
    }
  }

  @inline(__always)
  mutating func readDot(_ source: borrowing Span<UInt8>) {
    let start = position
    if start &+ 1 < source.count {
      if tables.classes[Int(source[start &+ 1])] == .digit {
        readNumber(source)
        return
      }
      if start &+ 2 < source.count, source[start &+ 1] == UInt8(ascii: "."),
        source[start &+ 2] == UInt8(ascii: ".")
      {
        position &+= 3
        emit(.ellipsis, start)
        return
      }
    }
    position &+= 1
    emit(.dot, start)
  }

  mutating func readOperator(_ source: borrowing Span<UInt8>, _ byte: UInt8) {
    let start = position
    let next = start + 1 < source.count ? source[start + 1] : 0
    let equals = UInt8(ascii: "=")
    position &+= 1
    switch byte {
    case UInt8(ascii: ","):
      emit(.comma, start)
    case UInt8(ascii: ":"):
      if next == equals {
        position &+= 1
        // `x[a:=b]` aside, `lambda:=` and slices such as `x[:=…]` do not exist.
        emit(.walrus, start)
        return
      }
      emit(.colon, start)
      if openers.isEmpty {
        if lambdas > 0 {
          lambdas -= 1
        } else if colon == nil {
          colon = tokens.count - 1
          adjacency = .start
        }
      }
    case UInt8(ascii: ";"):
      if !openers.isEmpty {
        report(.syntax("invalid syntax: ';' inside brackets"), start)
      }
      emit(.semicolon, start)
      hasSemicolon = true
      lambdas = 0
      adjacency = .start
    case equals:
      if next == equals {
        position &+= 1
        emit(.infix, start)
      } else {
        emit(.assign, start)
      }
    case UInt8(ascii: "!"):
      if next == equals {
        position &+= 1
        emit(.infix, start)
      } else {
        report(.stray(byte), start)
      }
    case UInt8(ascii: "-") where next == UInt8(ascii: ">"):
      position &+= 1
      emit(.arrow, start)
    case UInt8(ascii: "~"):
      emit(.sign, start)
    default:
      let doubles =
        next == byte
        && (byte == UInt8(ascii: "*") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "<")
          || byte == UInt8(ascii: ">"))
      if doubles { position &+= 1 }
      if position < source.count, source[position] == equals {
        position &+= 1
        let compares = !doubles && (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"))
        emit(compares ? .infix : .augmented, start)
        return
      }
      emit(operatorKind(byte, doubles: doubles), start)
    }
  }

  func operatorKind(_ byte: UInt8, doubles: Bool) -> Kind {
    switch byte {
    case UInt8(ascii: "*"): .star
    case UInt8(ascii: "/"): doubles ? .infix : .slash
    case UInt8(ascii: "@"): .at
    case UInt8(ascii: "%"): .percent
    case UInt8(ascii: "+"), UInt8(ascii: "-"): .sign
    default: .infix
    }
  }

  mutating func readStray(_ byte: UInt8) {
    report(byte == 0 ? .nullByte : .stray(byte), position)
    position &+= 1
  }
}
