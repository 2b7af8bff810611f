import CYAML
import Model
import Text

/// One run of libyaml's parser over a text, as values.
@safe struct YAMLParser: ~Copyable {
  enum Event {
    case scalar(String, isPlain: Bool)
    case alias(String)
    case sequenceStart
    case mappingStart
    /// Of a sequence or a mapping.
    case end
    case documentEnd
  }

  struct Next {
    let event: Event
    /// As it is written where libyaml keeps it so; empty where there is none.
    let tag: String
    let anchor: String?
    let location: SourceLocation
    /// Bytes from the start of the text, a byte order mark not counted.
    let range: Range<Int>
    /// Of a sequence or a mapping: whether it stands in brackets or braces.
    let isFlow: Bool
  }

  static var isAvailable: Bool { pare_yaml_is_there() != 0 }

  private let parser: OpaquePointer
  /// What the parser reads; it has to stay where it is.
  private let text: UnsafeMutableBufferPointer<UInt8>
  private let lines: LineTable
  private let characters: CharacterOffsets

  /// libyaml is there: `isAvailable` says so.
  init(_ bytes: [UInt8], path: String) {
    let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = unsafe text.initialize(from: bytes)
    guard let made = unsafe pare_yaml_make(text.baseAddress, bytes.count) else {
      preconditionFailure("there is no memory for a parser")
    }
    unsafe parser = made
    unsafe self.text = text
    lines = LineTable(bytes, path: path)
    characters = CharacterOffsets(bytes)
  }

  deinit {
    unsafe pare_yaml_free(parser)
    unsafe text.deallocate()
  }

  func next() throws(MalformedText) -> Next {
    let event = unsafe pare_yaml_next(parser)
    let kind: Event =
      switch unsafe Int(event.kind) {
      case PARE_YAML_SCALAR:
        .scalar(
          unsafe String(
            decoding: UnsafeBufferPointer(start: event.value, count: event.value_count),
            as: UTF8.self), isPlain: unsafe event.is_plain != 0)
      case PARE_YAML_ALIAS: .alias(unsafe Self.string(event.anchor) ?? "")
      case PARE_YAML_SEQUENCE_START: .sequenceStart
      case PARE_YAML_MAPPING_START: .mappingStart
      case PARE_YAML_SEQUENCE_END, PARE_YAML_MAPPING_END: .end
      case PARE_YAML_BROKEN: throw problem()
      default: .documentEnd
      }
    let start = unsafe characters.offset(of: event.start)
    let end = unsafe characters.offset(of: event.end)
    return Next(
      event: kind, tag: unsafe Self.string(event.tag).map(Self.short) ?? "",
      anchor: unsafe Self.string(event.anchor), location: lines.location(of: start),
      range: start..<max(start, end), isFlow: unsafe event.is_flow != 0)
  }

  private func problem() -> MalformedText {
    let report = unsafe pare_yaml_problem(parser)
    let offset =
      unsafe report.is_offset != 0 ? report.start : characters.offset(of: report.start)
    let tab = unsafe offset < text.count && text[offset] == 0x09
    return MalformedText(
      diagnostic: .brokenYAML(
        unsafe Self.string(report.problem) ?? "it cannot be read",
        context: unsafe Self.string(report.context), isTab: tab, at: lines.location(of: offset)))
  }

  private static func string(_ pointer: UnsafePointer<CChar>?) -> String? {
    unsafe pointer.map { unsafe String(cString: $0) }
  }

  /// `!!str` is what is written for `tag:yaml.org,2002:str`.
  private static func short(_ tag: String) -> String {
    let prefix = "tag:yaml.org,2002:"
    return tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
  }
}

/// Where characters begin, for a parser that counts in them.
private struct CharacterOffsets {
  private let count: Int
  /// Nil where every character is one byte.
  private let offsets: [Int32]?

  init(_ bytes: [UInt8]) {
    count = bytes.count
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      offsets = nil
      return
    }
    offsets = bytes.indices.lazy.filter { bytes[$0] & 0xC0 != 0x80 }.map { Int32($0) }
  }

  func offset(of character: Int) -> Int {
    guard let offsets else { return min(character, count) }
    return character < offsets.count ? Int(offsets[character]) : count
  }
}
