package import Model

/// Which source files of a tree import which others: names looked up in the tree alone.
///
/// A folder stands on the path where it is the tree's own, or holds a package with an `__init__.py`
/// and is none itself;
/// where none of these has a name, nor the standard library, the folders above the importing file
/// that are no packages are tried, the nearest first, as if the file were run as a script.
/// `from a import b` leads to `a/b.py` where that exists, else to `a`; `import a.b` to `a.b` alone,
/// without its parents. A stub beside a module is an edge of its own. Packages of stubs alone
/// (PEP 561's `django-stubs`) stand for nothing but themselves.
package struct TreeGraph: Sendable {
  private struct Module {
    var source: Int32 = -1
    var stub: Int32 = -1
    var folder: Int32 = -1
  }

  private struct Folder {
    let parent: Int32
    /// Its `__init__.py` and `__init__.pyi`.
    var source: Int32 = -1
    var stub: Int32 = -1
    var isPackage: Bool { source >= 0 || stub >= 0 }
  }

  private var names = NameTable()
  private var folders = [Folder(parent: -1)]
  private var modules: [Module] = []
  /// By folder and name.
  private var table = PairTable()
  /// The folder of each file.
  private var folderOfFile: [Int32] = []
  /// The folders on the path that have a name, in the order of their paths.
  private var tops: [[Int32]] = []
  private var isUnshadowable: [Bool] = []
  private var isStandard: [Bool] = []

  /// - Parameter paths: source files, sorted by bytes.
  package init(_ paths: [RelativePath]) {
    folderOfFile.reserveCapacity(paths.count)
    for (index, path) in paths.enumerated() { add(path, Int32(index)) }
    findTops()
    isUnshadowable = Array(repeating: false, count: names.count)
    isStandard = isUnshadowable
    for name in Self.unshadowable {
      if let known = names.find(name) { isUnshadowable[Int(known)] = true }
    }
    for name in StandardLibrary.everyName {
      if let known = names.find(name) { isStandard[Int(known)] = true }
    }
  }

  /// Built into the interpreter, or imported before any path is looked at: no file in a tree takes
  /// their place.
  private static let unshadowable = [
    "_abc", "_ast", "_codecs", "_collections", "_functools", "_imp", "_io", "_locale", "_operator",
    "_signal", "_sre", "_stat", "_string", "_symtable", "_thread", "_tracemalloc", "_warnings",
    "_weakref", "atexit", "builtins", "errno", "faulthandler", "gc", "itertools", "marshal",
    "posix", "pwd", "sys", "time", "types", "typing_extensions",
  ]

  // MARK: The tree

  private mutating func add(_ path: RelativePath, _ file: Int32) {
    let bytes = Array(path.string.utf8)
    var folder: Int32 = 0
    var start = 0
    for i in bytes.indices where bytes[i] == UInt8(ascii: "/") {
      folder = child(folder, names.intern(bytes.span.extracting(start..<i)))
      start = i + 1
    }
    folderOfFile.append(folder)
    let isStub = bytes.last == UInt8(ascii: "i")
    let end = bytes.count - (isStub ? 4 : 3)
    guard end > start else { return }
    if bytes[start..<end].elementsEqual("__init__".utf8) {
      if isStub {
        folders[Int(folder)].stub = file
      } else {
        folders[Int(folder)].source = file
      }
    }
    let module = module(folder, names.intern(bytes.span.extracting(start..<end)))
    if isStub { modules[module].stub = file } else { modules[module].source = file }
  }

  private mutating func module(_ folder: Int32, _ name: Name) -> Int {
    if let known = table[folder, name] { return Int(known) }
    table[folder, name] = Int32(modules.count)
    modules.append(Module())
    return modules.count - 1
  }

  private mutating func child(_ folder: Int32, _ name: Name) -> Int32 {
    let module = module(folder, name)
    if modules[module].folder < 0 {
      modules[module].folder = Int32(folders.count)
      folders.append(Folder(parent: folder))
    }
    return modules[module].folder
  }

  private mutating func findTops() {
    var isRoot = Array(repeating: false, count: folders.count)
    isRoot[0] = true
    for folder in folders.dropFirst() where folder.source >= 0 {
      if folders[Int(folder.parent)].source < 0 { isRoot[Int(folder.parent)] = true }
    }
    roots = isRoot.indices.lazy.filter { isRoot[$0] }.map { Int32($0) }
    tops = Array(repeating: [], count: names.count)
    for name in 0..<Name(names.count) {
      for root in roots where table[root, name] != nil { tops[Int(name)].append(root) }
    }
  }

  private var roots: [Int32] = []

  // MARK: Edges

  /// Appends the files that a file imports, each once, in ascending order.
  package func appendEdges(of file: Int, _ facts: SourceFacts, to edges: inout [Int32]) {
    let start = edges.count
    let text = facts.text.span
    for request in facts.requests {
      switch request.form {
      case .module:
        if let module = resolve(text, request.name, nil, request, file) { append(module, &edges) }
      case .wildcard:
        if let module = resolve(text, request.name, nil, request, file)
          ?? resolve(text, parent(text, request.name), nil, request, file)
        {
          append(module, &edges)
        }
      case .member:
        for position in request.members {
          let member = facts.members[Int(position)]
          if let module = resolve(text, request.name, member, request, file)
            ?? resolve(text, request.name, nil, request, file)
          {
            append(module, &edges)
          }
        }
      default: break
      }
    }
    guard edges.count - start > 1 else { return }
    edges[start...].sort()
    var kept = start + 1
    for i in start + 1..<edges.count where edges[i] != edges[kept - 1] {
      edges[kept] = edges[i]
      kept += 1
    }
    edges.removeSubrange(kept...)
  }

  /// `a` of `a.b`: what `from a.b import *` runs even where `b` is no source file.
  private func parent(_ text: borrowing Span<UInt8>, _ name: TextRange) -> TextRange {
    var end = name.end
    while end > name.start, text[end - 1] != UInt8(ascii: ".") { end -= 1 }
    return TextRange(start: name.start, count: max(0, end - name.start - 1))
  }

  private func append(_ module: Module, _ edges: inout [Int32]) {
    var (source, stub) = (module.source, module.stub)
    if module.folder >= 0, folders[Int(module.folder)].isPackage {
      source = folders[Int(module.folder)].source
      stub = folders[Int(module.folder)].stub
    }
    if source >= 0 { edges.append(source) }
    if stub >= 0 { edges.append(stub) }
  }

  private func resolve(
    _ text: borrowing Span<UInt8>, _ name: TextRange, _ member: TextRange?, _ request: Request,
    _ file: Int
  ) -> Module? {
    if name.isEmpty, request.level == 0 { return nil }
    guard request.level == 0 else {
      var folder = folderOfFile[file]
      for _ in 1..<max(1, request.level) {
        folder = folders[Int(folder)].parent
        if folder < 0 { return nil }
      }
      if name.isEmpty, member == nil { return Module(folder: folder) }
      return find(text, name, member, in: folder)?.module
    }
    var end = name.start
    while end < name.end, text[end] != UInt8(ascii: ".") { end += 1 }
    guard let top = names.find(text.extracting(name.start..<end)), !isUnshadowable[Int(top)] else {
      return nil
    }
    for root in tops[Int(top)] {
      if let found = find(text, name, member, in: root) { return found.module }
    }
    guard tops[Int(top)].isEmpty, !isStandard[Int(top)] else { return nil }
    var folder = folderOfFile[file]
    while folder >= 0 {
      if folders[Int(folder)].source < 0, let found = find(text, name, member, in: folder) {
        return found.module
      }
      folder = folders[Int(folder)].parent
    }
    return nil
  }

  /// Nil where the folder does not have the first name, or, as a namespace package, not all; a
  /// regular package that lacks the rest ends the search.
  private func find(
    _ text: borrowing Span<UInt8>, _ name: TextRange, _ member: TextRange?, in root: Int32
  ) -> (module: Module?, Void)? {
    var folder = root
    var module: Module?
    var start = name.start
    var isRegular = false
    func step(_ range: Range<Int>) -> Module? {
      guard let name = names.find(text.extracting(range)), let known = table[folder, name] else {
        return nil
      }
      return modules[Int(known)]
    }
    while start < name.end {
      var end = start
      while end < name.end, text[end] != UInt8(ascii: ".") { end += 1 }
      guard folder >= 0, let next = step(start..<end) else { return isRegular ? (nil, ()) : nil }
      module = next
      folder = next.folder
      if folder < 0 || folders[Int(folder)].isPackage { isRegular = true }
      start = end + 1
    }
    if let member {
      guard folder >= 0, let next = step(member.start..<member.end) else {
        return isRegular ? (nil, ()) : nil
      }
      module = next
    }
    return (module, ())
  }
}
