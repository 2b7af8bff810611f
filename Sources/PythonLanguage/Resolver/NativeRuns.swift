import Model

/// Names in native code that are run together, as in the string tables that Cython packs:
///
///     __import__pandas._libs.tslibs.nattypenumpydatetime
///
/// Nothing says where one begins or ends, so what could be meant is looked for in the text.
extension PythonResolver {
  /// What is no longer than this is too likely to be a part of another word.
  private static let shortestWord = 3
  /// Of what stands behind a top-level module's name, as far as it can be a module's.
  private static let longestRest = 64

  mutating func followNativeRun(
    _ text: ArraySlice<UInt8>, _ module: ModuleRef, _ request: Request, _ origin: Origin
  ) {
    let row = index.modules[Int(module)]
    let own = index.top(of: row.dotted)
    let tops = requiredTops(of: origin).map { (module: $0, name: index.modules[Int($0)].name) }
    let package = row.isPackage ? module : row.parent
    let trigrams = Trigrams(text)
    current.native.runs.append(trigrams)
    if package >= 0 {
      for sibling in index.submodules(of: package) {
        let name = index.names.slice(index.modules[Int(sibling)].name)
        guard name.count >= Self.shortestWord, trigrams.contain(name) else { continue }
        linkModule(origin, sibling, .nativeName, request)
      }
      for top in tops where top.name != own {
        let name = index.names.slice(top.name)
        guard name.count > Self.shortestWord, trigrams.contain(name) else { continue }
        if index.modules[Int(top.module)].isPackage { current.native.packages.insert(top.module) }
        linkModule(origin, top.module, .nativeName, request)
      }
    }
    followDottedNames(
      text, tops: Array(Set(tops.map(\.name) + [own])).sorted(), module, request, origin)
  }

  /// `pandas._libs` of `__import__pandas._libsnumpy`: wherever a top-level module's name stands before
  /// a dot.
  private mutating func followDottedNames(
    _ text: ArraySlice<UInt8>, tops: [Name], _ module: ModuleRef, _ request: Request,
    _ origin: Origin
  ) {
    var end = text.startIndex
    for dot in text.indices where text[dot] == UInt8(ascii: ".") {
      for top in tops where index.names.ends(text[..<dot], with: top) {
        if end <= dot {
          end = text[dot...].firstIndex(of: UInt8(ascii: " ")) ?? text.endIndex
        }
        followNativeName(
          top, text[(dot + 1)..<end].prefix(Self.longestRest), module, request, origin)
      }
    }
  }
}
