import FoundationEssentials
import Model
import Testing

@testable import Text

/// The `tests` folder of github.com/toml-lang/toml-test, where somebody has it.
private let suite = ProcessInfo.processInfo.environment["PARE_TOML_TEST"]

/// Holds the reader against the public suite, which is not part of this repository:
///
///     PARE_TOML_TEST=…/toml-test/tests swift test --filter TOMLSuite
@Suite(.enabled(if: suite != nil, "PARE_TOML_TEST does not name the suite's tests folder"))
struct TOMLSuiteTests {
  private let folder = suite ?? ""
  private let names: [Substring]

  init() throws {
    let data = try Data(contentsOf: URL(filePath: (suite ?? "") + "/files-toml-1.0.0"))
    names = String(decoding: data, as: UTF8.self).split(separator: "\n")
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: folder + "/" + name)))
  }

  @Test func `every valid document gives the values that the suite expects`() throws {
    var count = 0
    for name in names where name.hasPrefix("valid/") && name.hasSuffix(".toml") {
      let document: Datum
      do {
        document = try TOML.read(bytes(String(name)), path: String(name))
      } catch let error as MalformedText {
        Issue.record("\(name): \(error.diagnostic.message) \(error.diagnostic.location as Any)")
        continue
      }
      let expected = try JSON.read(
        bytes(name.dropLast(5) + ".json"), path: String(name.dropLast(5)) + ".json")
      let difference = difference(document, expected, at: "")
      #expect(difference == nil, "\(name): \(difference ?? "")")
      count += 1
    }
    #expect(count > 150)
  }

  @Test func `every invalid document is refused with a place`() throws {
    var count = 0
    for name in names where name.hasPrefix("invalid/") {
      let bytes = try bytes(String(name))
      do {
        _ = try TOML.read(bytes, path: String(name))
        Issue.record("\(name) was read:\n\(String(decoding: bytes, as: UTF8.self))")
      } catch {
        #expect((error.diagnostic.location?.line ?? 0) > 0, "\(name)")
      }
      count += 1
    }
    #expect(count > 300)
  }

  /// The suite writes `{"type": "integer", "value": "1"}` for each value that is not a table.
  private func difference(_ value: Datum, _ expected: Datum, at path: String) -> String? {
    switch (value.content, expected.content) {
    case (.table(let table), .table(let wanted)) where wanted["type"]?.string == nil:
      guard table.entries.count == wanted.entries.count else { return "\(path): other keys" }
      for entry in table.entries {
        guard let other = wanted[entry.key] else { return "\(path).\(entry.key): not expected" }
        if let found = difference(entry.value, other, at: "\(path).\(entry.key)") { return found }
      }
      return nil
    case (.array(let elements), .array(let wanted)):
      guard elements.count == wanted.count else { return "\(path): \(elements.count) elements" }
      for (index, pair) in zip(elements, wanted).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return found }
      }
      return nil
    case (_, .table(let wanted)):
      let (type, text) = (wanted["type"]?.string ?? "", wanted["value"]?.string ?? "")
      let isSame =
        switch value.content {
        case .string(let string): type == "string" && string.utf8.elementsEqual(text.utf8)
        case .integer(let integer): type == "integer" && String(integer) == text
        case .boolean(let boolean): type == "bool" && String(boolean) == text
        case .float(let float):
          type == "float"
            && (text.hasSuffix("nan") ? float.isNaN : float == Double(text) ?? .signalingNaN)
        case .dateTime(let dateTime):
          dateTimeType(dateTime) == type
            && (try? TOML.read(Array("x = \(text)".utf8), path: ""))?
              .table?["x"]?.content == value.content
        default: false
        }
      return isSame ? nil : "\(path): \(value.content) is not \(type) \(text)"
    default: return "\(path): \(value.kindName)"
    }
  }

  private func dateTimeType(_ value: DateTime) -> String {
    switch (value.date, value.time, value.offsetMinutes) {
    case (_?, _?, _?): "datetime"
    case (_?, _?, nil): "datetime-local"
    case (_?, nil, _): "date-local"
    default: "time-local"
    }
  }
}
