import Model

/// A module that was looked for and exists, as its position in `ModuleIndex.modules`.
typealias ModuleRef = Int32

/// One `sys.path` as some functions see it: 0 is the target's roots, each other one has a function's
/// overlay in front of them.
typealias View = Int32

/// Finds modules by name as CPython's path finders do: per path entry a package before an extension
/// before a source file, the first entry that has one wins, and folders without an `__init__` are
/// collected into a namespace package where no entry has one.
struct ModuleIndex: Sendable {
  enum Kind: Sendable { case package, module, namespace }

  struct Module: Sendable {
    let parent: ModuleRef
    let name: Name
    /// The full dotted name.
    let dotted: Name
    let kind: Kind
    let view: View
    /// `__path__`: where its submodules are looked for; empty for plain modules.
    var path: [Int32]
    /// The file that is executed; none for namespace packages.
    let leaf: FolderTree.Leaf?

    var isPackage: Bool { kind != .module }
  }

  /// The deepest module on the way to a dotted name.
  struct Found: Sendable {
    /// Negative where not even the first component exists.
    let module: ModuleRef
    /// How many components it has, of how many that were asked for.
    let depth: UInt16
    let asked: UInt16
    /// Whether a component on the way only exists for another platform.
    let foreign: FileID?

    var isComplete: Bool { module >= 0 && depth == asked }
    static let unknown = Found(module: -2, depth: 0, asked: 0, foreign: nil)
  }

  private(set) var names = NameTable()
  private(set) var tree: FolderTree
  private(set) var modules: [Module] = []
  /// Views that have a top-level name of their own, by that name, in ascending order.
  private(set) var viewsByTop: [Name: [View]] = [:]
  private(set) var viewByOverlay: [RootID: View] = [:]
  private(set) var overlays: [RootID?] = [nil]

  /// `(module or -1 - view, name)` → module, or -1 where there is none.
  private var children = PairTable()
  private var found: [Found] = []
  private var foundInViews: [UInt64: Found] = [:]
  private var tops: [Name] = []
  private var submoduleLists: [ModuleRef: [ModuleRef]] = [:]
  private var viewPaths: [[Int32]] = []
  private var overlayFolders: [Int32] = [-1]
  private var packageFolders: [Int32: ModuleRef] = [:]
  /// Views of one folder each, by that folder.
  private var searchPaths: [Int32: View] = [:]

  init(target: Target, overlays: [RootID], workspace: Workspace) {
    var tree = FolderTree(runtime: target.runtime, architecture: target.architecture)
    for root in target.roots + overlays where tree.rootFolders[root] == nil {
      tree.add(root, files: workspace.roots[root].files, of: workspace.files, names: &names)
    }
    self.tree = tree
    let shared = target.roots.compactMap { tree.rootFolders[$0] }
    viewPaths = [shared]
    for overlay in overlays {
      guard let folder = tree.rootFolders[overlay], viewByOverlay[overlay] == nil else { continue }
      // An overlay that stands on the shared path already, in front: nothing is different.
      let view = View(viewPaths.count)
      viewByOverlay[overlay] = view
      self.overlays.append(overlay)
      viewPaths.append([folder] + shared.filter { $0 != folder })
      overlayFolders.append(folder)
      let top = tree.folders[Int(folder)]
      let tops =
        top.folders.filter { tree.folders[Int($0)].holdsCode }
        .map { tree.folders[Int($0)].name } + top.leaves.map { tree.leaves[Int($0)].name }
      for name in Set(tops).sorted() { viewsByTop[name, default: []].append(view) }
    }
  }

  // MARK: Names

  func find(_ text: ArraySlice<UInt8>) -> Name? { names.find(text.span) }
  mutating func intern(_ text: ArraySlice<UInt8>) -> Name { names.intern(text.span) }
  mutating func intern(_ text: String) -> Name { names.intern(text) }

  func dottedName(_ module: ModuleRef) -> String { names.string(modules[Int(module)].dotted) }

  // MARK: Looking for modules

  /// The views in which a name must be looked for by code that lies in a shared root: `[0]`, or also
  /// those whose overlay has the first component.
  func views(forTop name: Name) -> [View] { viewsByTop[name] ?? [] }

  /// The first component of a dotted name.
  mutating func top(of dotted: Name) -> Name {
    if Int(dotted) < tops.count, tops[Int(dotted)] != .max { return tops[Int(dotted)] }
    let first = names.first(of: dotted)
    let top = names.intern(first.span)
    while tops.count <= Int(dotted) { tops.append(.max) }
    tops[Int(dotted)] = top
    return top
  }

  mutating func find(_ dotted: Name, in view: View) -> Found {
    if view == 0 {
      if Int(dotted) < found.count, found[Int(dotted)].module != -2 { return found[Int(dotted)] }
    } else if let found = foundInViews[UInt64(view) << 32 | UInt64(dotted)] {
      return found
    }
    let result = walk(dotted, view)
    if view == 0 {
      while found.count <= Int(dotted) { found.append(.unknown) }
      found[Int(dotted)] = result
    } else {
      foundInViews[UInt64(view) << 32 | UInt64(dotted)] = result
    }
    return result
  }

  private mutating func walk(_ dotted: Name, _ view: View) -> Found {
    let text = Array(names.slice(dotted))
    var module: ModuleRef = -1
    var depth = 0
    var asked = 0
    var start = 0
    var foreign: FileID?
    var isOpen = true
    while start <= text.count {
      var end = start
      while end < text.count, text[end] != UInt8(ascii: ".") { end += 1 }
      asked += 1
      if isOpen {
        // A name that no file has is no module; nothing to intern.
        let name = names.find(text.span.extracting(start..<end))
        let next = name.flatMap { asked == 1 ? top($0, in: view) : child(of: module, $0) }
        if let next {
          module = next
          depth = asked
        } else {
          isOpen = false
          if let name { foreign = foreignFile(name, below: asked == 1 ? nil : module, view) }
        }
      }
      start = end + 1
    }
    return Found(
      module: module, depth: UInt16(clamping: depth), asked: UInt16(clamping: asked),
      foreign: foreign)
  }

  mutating func top(_ name: Name, in view: View) -> ModuleRef? {
    var view = view
    if view != 0, Int(view) < overlayFolders.count, !(viewsByTop[name]?.contains(view) ?? false) {
      view = 0
    }
    let key = -1 - view
    if let known = children[key, name] { return known < 0 ? nil : known }
    let made = make(name, parent: -1, path: viewPaths[Int(view)], view: view)
    children[key, name] = made ?? -1
    return made
  }

  mutating func child(of module: ModuleRef, _ name: Name) -> ModuleRef? {
    guard module >= 0, modules[Int(module)].isPackage else { return nil }
    if let known = children[module, name] { return known < 0 ? nil : known }
    let owner = modules[Int(module)]
    let made = make(name, parent: module, path: owner.path, view: owner.view)
    children[module, name] = made ?? -1
    return made
  }

  /// The view of a folder that code has put on the path: of nothing else.
  mutating func view(ofSearchPath folder: Int32) -> View {
    if let known = searchPaths[folder] { return known }
    let view = View(viewPaths.count)
    viewPaths.append([folder])
    overlays.append(nil)
    searchPaths[folder] = view
    return view
  }

  /// One step of `importlib.machinery.PathFinder`.
  private mutating func make(
    _ name: Name, parent: ModuleRef, path: [Int32], view: View
  ) -> ModuleRef? {
    var portions: [Int32] = []
    for folder in path {
      if let child = tree.child(folder, name) {
        if let initial = tree.folders[Int(child)].initial, initial.file != nil {
          let made = append(name, parent, .package, view, path: [child], leaf: initial)
          if packageFolders[child] == nil { packageFolders[child] = made }
          return made
        }
        if let leaf = tree.leaf(folder, name), leaf.file != nil {
          return append(name, parent, .module, view, path: [], leaf: leaf)
        }
        portions.append(child)
      } else if let leaf = tree.leaf(folder, name), leaf.file != nil {
        return append(name, parent, .module, view, path: [], leaf: leaf)
      }
    }
    guard portions.contains(where: { tree.folders[Int($0)].holdsCode }) else { return nil }
    return append(name, parent, .namespace, view, path: portions, leaf: nil)
  }

  private mutating func append(
    _ name: Name, _ parent: ModuleRef, _ kind: Kind, _ view: View, path: [Int32],
    leaf: FolderTree.Leaf?
  ) -> ModuleRef {
    var dotted: [UInt8] = []
    if parent >= 0 {
      dotted += names.slice(modules[Int(parent)].dotted)
      dotted.append(UInt8(ascii: "."))
    }
    dotted += names.slice(name)
    modules.append(
      Module(
        parent: parent, name: name, dotted: names.intern(dotted.span), kind: kind, view: view,
        path: path, leaf: leaf))
    return ModuleRef(modules.count - 1)
  }

  /// What a name directly below a module, or at the top, would be on another platform.
  func foreignFile(_ name: Name, below module: ModuleRef?, _ view: View) -> FileID? {
    let path = module.map { modules[Int($0)].path } ?? viewPaths[Int(view)]
    for folder in path {
      if let leaf = tree.leaf(folder, name)?.foreign { return leaf }
      if let child = tree.child(folder, name),
        let leaf = tree.folders[Int(child)].initial?.foreign
      {
        return leaf
      }
    }
    return nil
  }

  /// `__path__ = pkgutil.extend_path(__path__, __name__)`: all folders of that name on the path.
  /// True where that changes anything; what was looked for below it before is looked for again.
  ///
  /// Where the package makes its path itself (`__path__ = FOLDERS`), folders of its name that lie
  /// elsewhere in the package above all are among them: `host/core/plugins` for `host.plugins`.
  mutating func extendPath(of module: ModuleRef, byOwnFolders: Bool = false) -> Bool {
    let owner = modules[Int(module)]
    let above = owner.parent < 0 ? viewPaths[Int(owner.view)] : modules[Int(owner.parent)].path
    var portions = above.compactMap { tree.child($0, owner.name) }
    if byOwnFolders, owner.parent >= 0 {
      var top = module
      while modules[Int(top)].parent >= 0 { top = modules[Int(top)].parent }
      for folder in modules[Int(top)].path {
        portions += tree.folders(named: owner.name, below: folder)
      }
    }
    let extended = owner.path + portions.filter { !owner.path.contains($0) }
    guard extended.count > owner.path.count else { return false }
    modules[Int(module)].path = extended
    children.removeMissing(of: module)
    submoduleLists[module] = nil
    found.removeAll(keepingCapacity: true)
    foundInViews.removeAll(keepingCapacity: true)
    return true
  }

  /// Every module directly below a package, in the order of names: submodules and packages.
  mutating func submodules(of module: ModuleRef) -> [ModuleRef] {
    if let known = submoduleLists[module] { return known }
    var all: Set<Name> = []
    for folder in modules[Int(module)].path {
      let folder = tree.folders[Int(folder)]
      for child in folder.folders where tree.folders[Int(child)].holdsCode {
        all.insert(tree.folders[Int(child)].name)
      }
      for leaf in folder.leaves { all.insert(tree.leaves[Int(leaf)].name) }
    }
    let sorted = all.map { (names.string($0), $0) }.sorted { $0.0 < $1.0 }
    let list = sorted.compactMap { child(of: module, $0.1) }
    submoduleLists[module] = list
    return list
  }

  /// The top-level names of the target's roots, in order.
  func topLevelNames(of root: RootID) -> [Name] {
    guard let folder = tree.rootFolders[root] else { return [] }
    let top = tree.folders[Int(folder)]
    return top.folders.filter { tree.folders[Int($0)].holdsCode }
      .map { tree.folders[Int($0)].name } + top.leaves.map { tree.leaves[Int($0)].name }
  }
}
