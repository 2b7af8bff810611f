package import Model

extension PythonLanguage {
  /// `License-Expression` (PEP 639), else `License` where it is a name and no whole text, else the
  /// classifiers: "Core metadata specifications", packaging.python.org.
  package func licence(in metadata: [UInt8]) -> Licence? {
    let headers = MetadataText.headers(metadata)
    func value(_ name: String) -> String? {
      headers.first { $0.name == name && !$0.value.isEmpty && $0.value != "UNKNOWN" }?.value
    }
    if let expression = value("license-expression") { return .expression(expression) }
    if let name = value("license"), name.utf8.count <= 100, !name.contains("\n") {
      return .name(name)
    }
    let classified = headers.filter { $0.name == "classifier" && $0.value.hasPrefix("License ::") }
      .compactMap { $0.value.split(separator: ":").last.map { String($0.drop { $0 == " " }) } }
    return classified.isEmpty ? nil : .name(classified.joined(separator: ", "))
  }
}
