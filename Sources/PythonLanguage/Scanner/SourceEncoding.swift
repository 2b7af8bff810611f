/// The encoding of a source file, as PEP 263 finds it: a byte order mark, a cookie in the first two
/// lines, else UTF-8.
struct SourceEncoding {
  enum Method {
    case utf8
    case latin1, latin9, windows1252, windows1251, iso8859_5, koi8
    /// One byte per character; which letters they are makes no difference to us.
    case singleByte
    /// Two bytes per character from a lead byte on; the second may look like ASCII.
    case doubleByte
    /// Shifts to two-byte characters with escape sequences.
    case iso2022
  }

  /// Where the text begins.
  var start = 0
  var method = Method.utf8
  /// Whether comments have to be in the encoding, too: where a cookie says anything but `utf-8`, CPython
  /// decodes the whole file before it looks at it.
  var includesComments = false
  var problems: [(Sentence, UInt32)] = []

  static func detect(_ bytes: borrowing Span<UInt8>) -> SourceEncoding {
    var encoding = SourceEncoding()
    let hasMark =
      bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    if hasMark { encoding.start = 3 }
    var offset = encoding.start
    for line in 1...2 as ClosedRange<UInt32> {
      let end = endOfLine(bytes, offset)
      if let cookie = cookie(bytes, offset..<end) {
        let name = normalized(cookie)
        encoding.includesComments = name != "utf-8" && !name.hasPrefix("utf-8-")
        guard let method = method(name) else {
          encoding.problems.append((.unknownEncoding(cookie), line))
          if !hasMark { encoding.method = .latin1 }
          break
        }
        // CPython's tokenizer takes no other spelling beside a mark.
        if hasMark, name != "utf-8", !name.hasPrefix("utf-8-") {
          encoding.problems.append((.conflictingEncoding(cookie), line))
        } else {
          encoding.method = method
        }
        break
      }
      guard isBlankOrComment(bytes, offset..<end), end < bytes.count else { break }
      offset = end + 1
      if bytes[end] == UInt8(ascii: "\r"), offset < bytes.count, bytes[offset] == UInt8(ascii: "\n")
      {
        offset += 1
      }
    }
    return encoding
  }

  private static func endOfLine(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
      end += 1
    }
    return end
  }

  private static func isBlankOrComment(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool
  {
    for i in range {
      switch bytes[i] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0C: continue
      case UInt8(ascii: "#"): return true
      default: return false
      }
    }
    return true
  }

  /// `# -*- coding: latin-1 -*-`, `# vim: set fileencoding=utf8 :`
  private static func cookie(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> String? {
    guard isBlankOrComment(bytes, range) else { return nil }
    var i = range.lowerBound
    while i + 7 <= range.upperBound {
      if bytes[i] == UInt8(ascii: "c"), bytes[i + 1] == UInt8(ascii: "o"),
        bytes[i + 2] == UInt8(ascii: "d"), bytes[i + 3] == UInt8(ascii: "i"),
        bytes[i + 4] == UInt8(ascii: "n"), bytes[i + 5] == UInt8(ascii: "g"),
        bytes[i + 6] == UInt8(ascii: ":") || bytes[i + 6] == UInt8(ascii: "=")
      {
        var start = i + 7
        while start < range.upperBound,
          bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t")
        {
          start += 1
        }
        var end = start
        while end < range.upperBound, isNamePart(bytes[end]) { end += 1 }
        if end > start { return Identifiers.string(bytes, start..<end) }
      }
      i += 1
    }
    return nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }

  private static func normalized(_ cookie: String) -> String {
    String(cookie.lowercased().map { $0 == "_" || $0 == "." ? "-" : $0 })
  }

  /// By the names and aliases of Python's `encodings`; nil for what it does not know as a text
  /// encoding or cannot read source code in.
  private static func method(_ name: String) -> Method? {
    switch name {
    case "utf-8", "utf8", "utf-8-sig", "u8", "utf", "utf8-ucs2", "utf8-ucs4", "cp65001", "ascii",
      "us-ascii", "646", "ansi-x3-4-1968", "iso646-us", "iso-ir-6", "unicode-1-1-utf-7", "utf-7",
      "utf7", "u7", "raw-unicode-escape", "unicode-escape", "utf-8-unix", "utf-8-dos",
      "utf-8-mac", "utf-8-emacs":
      return .utf8
    case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-latin-1", "latin", "l1", "8859",
      "cp819", "iso-8859-1-unix", "latin-1-unix", "iso-latin-1-unix", "iso8859":
      return .latin1
    case "iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9": return .latin9
    case "cp1252", "windows-1252", "1252": return .windows1252
    case "cp1251", "windows-1251", "1251": return .windows1251
    case "iso-8859-5", "iso8859-5", "cyrillic": return .iso8859_5
    case "koi8-r", "koi8-u", "koi8-t", "cskoi8r", "kz1048", "ptcp154": return .koi8
    case "shift-jis", "shiftjis", "sjis", "s-jis", "csshiftjis", "cp932", "932", "ms932",
      "mskanji", "ms-kanji", "windows-31j", "shift-jis-2004", "shift-jisx0213", "euc-jp", "eucjp",
      "ujis", "u-jis", "euc-jis-2004", "euc-jisx0213", "euc-kr", "euckr", "korean", "ksc5601",
      "ks-c-5601", "ks-c-5601-1987", "cp949", "949", "ms949", "uhc", "johab", "cp1361", "gb2312",
      "gb2312-80", "gbk", "cp936", "936", "ms936", "chinese", "euc-cn", "euccn", "eucgb2312-cn",
      "gb18030", "gb18030-2000", "big5", "big5-tw", "csbig5", "big5hkscs", "big5-hkscs", "hkscs",
      "cp950", "950", "ms950":
      return .doubleByte
    case "hz", "hzgb", "hz-gb", "hz-gb-2312": return .utf8
    default: break
    }
    if name.hasPrefix("iso-2022-") || name.hasPrefix("iso2022-") || name.hasPrefix("csiso2022") {
      return .iso2022
    }
    for prefix in ["iso-8859-", "iso8859-"] where name.hasPrefix(prefix) {
      if let part = Int(name.dropFirst(prefix.count)), (2...16).contains(part), part != 12 {
        return .singleByte
      }
    }
    for prefix in ["cp", "windows-", "ibm", "mac-", "latin", "latin-"] where name.hasPrefix(prefix)
    {
      let rest = String(name.dropFirst(prefix.count))
      if singleByteNames.contains(rest) { return .singleByte }
    }
    return otherSingleByte.contains(name) ? .singleByte : nil
  }

  private static let singleByteNames: Set<String> = [
    "037", "273", "424", "437", "500", "720", "737", "775", "850", "852", "855", "856", "857",
    "858", "860", "861", "862", "863", "864", "865", "866", "869", "874", "875", "1006", "1026",
    "1125", "1140", "1250", "1253", "1254", "1255", "1256", "1257", "1258", "roman", "cyrillic",
    "greek", "turkish", "latin2", "iceland", "romanian", "croatian", "farsi", "arabic", "2", "3",
    "4", "5", "6", "7", "8", "10",
  ]

  private static let otherSingleByte: Set<String> = [
    "tis-620", "tis620", "hp-roman8", "palmos", "greek", "hebrew", "arabic", "thai", "macroman",
    "mac-roman", "macintosh", "maccyrillic", "macgreek", "maclatin2", "macturkish", "koi8-u",
  ]

  // MARK: Decoding

  /// The text in UTF-8; nil where the bytes are that already.
  func decode(_ bytes: borrowing Span<UInt8>) -> [UInt8]? {
    guard method != .utf8, Bytes.summary(bytes).union >= 0x80 || method == .iso2022 else {
      return nil
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 4)
    var i = start
    var isShifted = false
    while i < bytes.count {
      let byte = bytes[i]
      if method == .iso2022 {
        if byte == 0x1B, i + 2 < bytes.count {
          isShifted = bytes[i + 1] == UInt8(ascii: "$")
          i += bytes[i + 1] == UInt8(ascii: "$") && bytes[i + 2] == UInt8(ascii: "(") ? 4 : 3
        } else if isShifted, byte > 0x20 {
          text.append(contentsOf: "\u{FFFD}".utf8)
          i += 2
        } else {
          text.append(byte)
          i += 1
        }
        continue
      }
      i += 1
      if byte < 0x80 {
        text.append(byte)
      } else if method == .doubleByte {
        text.append(contentsOf: "\u{FFFD}".utf8)
        let isHalfWidth = (0xA1...0xDF).contains(byte) && !(i < bytes.count && bytes[i] >= 0x80)
        if i < bytes.count, bytes[i] >= 0x40, !isHalfWidth { i += 1 }
      } else {
        text.append(contentsOf: String(letter(byte)).utf8)
      }
    }
    return text
  }

  private func letter(_ byte: UInt8) -> Unicode.Scalar {
    let code = UInt32(byte)
    let value: UInt32 =
      switch method {
      case .latin9: Self.latin9[byte] ?? code
      case .windows1252: byte < 0xA0 ? Self.windows1252[Int(byte) - 0x80] : code
      case .windows1251: byte >= 0xC0 ? 0x410 + code - 0xC0 : byte == 0xB8 ? 0x451 : 0x401
      case .iso8859_5: byte > 0xA0 && byte != 0xAD ? 0x400 + code - 0xA0 : code
      case .koi8: byte >= 0xC0 ? Self.koi8[Int(byte) - 0xC0] : 0x2500
      // A letter of two bytes, as nearly all of these encodings' letters are in UTF-8.
      case .singleByte: 0xDF
      default: code
      }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static let latin9: [UInt8: UInt32] = [
    0xA4: 0x20AC, 0xA6: 0x160, 0xA8: 0x161, 0xB4: 0x17D, 0xB8: 0x17E, 0xBC: 0x152, 0xBD: 0x153,
    0xBE: 0x178,
  ]

  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,
    0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
  ]

  private static let koi8: [UInt32] = Array(
    "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars
  )
  .map(\.value)

  // MARK: UTF-8

  /// Where the first byte is that is not UTF-8, where the text has to be; nil where none is.
  func firstInvalid(_ bytes: borrowing Span<UInt8>) -> Int? {
    guard method == .utf8, Bytes.summary(bytes).union >= 0x80 else { return nil }
    return Self.firstInvalid(bytes, from: start)
  }

  static func firstInvalid(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
    var i = start
    while i < bytes.count {
      if bytes[i] < 0x80 {
        i += 1
        continue
      }
      let length = Bytes.sequenceLength(bytes, i)
      if length == 0 { return i }
      i += length
    }
    return nil
  }

  /// Line and column of a byte, from 1 on.
  static func place(
    of position: Int, in bytes: borrowing Span<UInt8>
  ) -> (line: UInt32, column: UInt32) {
    var line: UInt32 = 1
    var lineStart = 0
    for i in 0..<position where bytes[i] == UInt8(ascii: "\n") {
      line += 1
      lineStart = i + 1
    }
    return (line, UInt32(position - lineStart + 1))
  }
}
