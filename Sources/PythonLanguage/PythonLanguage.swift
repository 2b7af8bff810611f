package import Model

/// What pare knows about Python: CPython 3.8 to 3.15, on the Linux of function providers.
package struct PythonLanguage: Language {
  private let rules: Rules

  package init() { rules = .included }

  package var name: String { "python" }

  package func holdsSecrets(_ name: String) -> Bool { SecretName.find(name) != nil }

  package func role(of path: RelativePath) -> FileRole { Roles.role(of: path) }

  package func installedPath(ofMember path: RelativePath) -> RelativePath? {
    Roles.installedPath(ofMember: path)
  }

  package func installedPath(ofRecorded path: String) -> RelativePath? {
    Roles.installedPath(ofRecorded: path)
  }

  package func distributions(in metadata: [MetadataFile]) -> EnvironmentFacts {
    EnvironmentReader.read(metadata)
  }

  package func scan(_ bytes: Span<UInt8>, path: RelativePath, role: FileRole) -> SourceFacts {
    switch role {
    case .source: PythonScanner.scan(bytes, path: path)
    case .native: NativeScanner.scan(bytes, path: path)
    case .data: DataScanner.scan(bytes, path: path)
    case .metadata, .discarded: SourceFacts()
    }
  }

  package func libraries(linkedTo bytes: Span<UInt8>) -> [String] {
    (BinaryImage.read(bytes)?.libraries ?? []).map { range in
      String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }
  }

  package func scan(
    _ bytes: Span<UInt8>, path: RelativePath, for question: ScanRequest.Question
  ) -> SourceFacts {
    switch question {
    case .everything: PythonScanner.scan(bytes, path: path)
    case .calls(let callees): PythonScanner.scan(bytes, path: path, for: callees)
    case .definitions: PythonScanner.definitions(in: bytes)
    }
  }

  package func makeResolver(for target: TargetID, in workspace: Workspace) -> any Resolver {
    PythonResolver(target: target, workspace: workspace, rules: rules)
  }

  package func comes(_ module: String, with runtime: Runtime) -> Bool {
    StandardLibrary(minor: runtime.minor).contains(String(module.prefix { $0 != "." }))
  }
}
