import Model

/// What the native file at hand names, collected while its names are followed.
struct NativeNames: Sendable {
  /// Packages that are named as a whole.
  var packages: Set<ModuleRef> = []
  /// Names without dots, as far as any file or folder is called so.
  var words: Set<Name> = []
  /// Names run together, from string tables without ends.
  var runs: [Trigrams] = []
}

extension PythonResolver {
  /// Cython keeps the package and the member of an import apart:
  ///
  ///     from cryptography.hazmat.primitives import hashes    # two strings
  ///
  /// Other native code imports by whole names. So what is called as one of its words, and lies directly in a package that it names, is a
  /// submodule that it may import.
  mutating func followNativeMembers(_ facts: SourceFacts, _ origin: Origin) {
    let names = current.native
    guard !names.packages.isEmpty, !names.words.isEmpty || !names.runs.isEmpty,
      NativeScanner.isCython(facts)
    else { return }
    let place = Place(file: origin.file, line: 0, column: 0)
    for package in names.packages.sorted() {
      for child in index.submodules(of: package) where !isTests(child) {
        let name = index.modules[Int(child)].name
        guard names.words.contains(name) || isIn(names.runs, name),
          !index.names.slice(name).starts(with: "__".utf8)
        else { continue }
        let member = node(of: child)
        if let id = distribution(states[Int(member.index)].party), omitted.contains(id) { continue }
        link(origin.holder, to: member, .nativeName, place: place)
      }
    }
  }

  /// Short names are in every run by chance.
  private func isIn(_ runs: [Trigrams], _ name: Name) -> Bool {
    let name = index.names.slice(name)
    return name.count > 3 && runs.contains { $0.contain(name) }
  }
}
