import Model
import PythonLanguage
import Reporting
import Text
import YAML
import Zip

/// Who is given damaged bytes.
enum Reader: String, CaseIterable {
  case source, definitions, native, toml, json, yaml, outline, hcl, requirement, zip, metadata,
    report

  /// Whether the input was accepted; what matters is that it comes back.
  func read(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .source:
      return PythonScanner.scan(bytes.span, path: RelativePath("shop/app.py")).problems.isEmpty
    case .definitions:
      return PythonScanner.definitions(in: bytes.span).definitions != nil
    case .native:
      return NativeScanner.scan(bytes.span, path: RelativePath("shop/fast.so")).problems.isEmpty
    case .toml: return (try? TOML.read(bytes, path: "pare.toml")) != nil
    case .json: return (try? JSON.read(bytes, path: "x.json")) != nil
    case .yaml: return (try? YAML.read(bytes, path: "x.yaml")) != nil
    case .outline:
      guard let outline = try? YAML.outline(bytes, path: "x.yaml") else { return false }
      return outline.stands(in: bytes.indices)
    case .hcl: return (try? HCLBody.read(bytes, path: "main.tf")) != nil
    case .requirement:
      return RequirementLine(String(decoding: bytes, as: UTF8.self)) != nil
    case .zip: return (try? unpack(bytes)) != nil
    case .metadata:
      let file = MetadataFile(
        root: RootID(0), location: "/site",
        path: RelativePath("tea-1.0.dist-info/METADATA"), bytes: bytes)
      return !PythonLanguage().distributions(in: [file]).distributions.isEmpty
    case .report: return (try? ReportReader.read(bytes, path: "report.json")) != nil
    }
  }

  /// The directory, and each member with each inflater that there is, into what it declares.
  private func unpack(_ bytes: [UInt8]) throws(ZipError) {
    let directory = try ZipDirectory(fileSize: bytes.count) { Array(bytes[$0..<$0 + $1]) }
    var inflater = Inflater()
    for member in directory.members where member.size < 1 << 22 {
      let whole = bytes.span.extracting(member.headerOffset..<member.headerOffset + member.extent)
      let range = try member.dataRange(localHeader: whole)
      var output = [UInt8](repeating: 0, count: member.size)
      var room = output.mutableSpan
      try member.extract(whole.extracting(range), into: &room, &inflater)
    }
  }
}

extension YAMLOutline {
  /// Edits are made where it says: all of it has to lie in what it is part of. A value that is not written
  /// stands where it could be, behind the blanks that its mapping does not have.
  fileprivate func stands(in text: Range<Int>) -> Bool {
    precondition(range.isEmpty || range.clamped(to: text) == range, "a node outside of its text")
    let parts = (sequence ?? []) + (mapping ?? []).map(\.value)
    return parts.allSatisfy { $0.stands(in: range) }
  }
}
