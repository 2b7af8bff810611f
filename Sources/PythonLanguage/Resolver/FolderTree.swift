import Model

/// The files below a target's roots, as the import system looks at them: folders with the modules
/// that lie in them.
struct FolderTree: Sendable {
  struct Folder: Sendable {
    let parent: Int32
    let name: Name
    let root: RootID
    /// `__init__.py`, or `__init__.cpython-312-….so`, which is found first.
    var initial: Leaf?
    /// In path order: subfolders, modules by position in `leaves`, and all else that could be shipped.
    var folders: [Int32] = []
    var leaves: [Int32] = []
    var data: [FileID] = []
    var stubs: [FileID] = []
    /// Native files that are linked against or opened by path.
    var libraries: [FileID] = []
    /// Whether some Python source or extension lies here or further down.
    var holdsCode = false
  }

  /// What stands for one module name in one folder.
  struct Leaf: Sendable {
    let name: Name
    let folder: Int32
    var source: FileID?
    /// Fits the target, with its rank among the suffixes (lower is found first).
    var native: FileID?
    var rank: UInt8 = .max
    /// An extension for some other platform or version.
    var foreign: FileID?

    /// What the finder takes: extension before source.
    var file: FileID? { native ?? source }
    var isNative: Bool { native != nil }
  }

  private(set) var folders: [Folder] = []
  private(set) var leaves: [Leaf] = []
  /// Native files by base name.
  private(set) var libraries: [Name: [FileID]] = [:]
  /// Their names, in the order in which they were met.
  private(set) var libraryNames: [Name] = []
  /// The folder of each of the target's roots, in the order of its path.
  private(set) var rootFolders: [RootID: Int32] = [:]
  /// Folders that are named as those for vendored distributions are.
  private var vendors: [Int32] = []
  private var children = PairTable()
  private var leafByName = PairTable()

  private let suffixes: [[UInt8]]

  init(runtime: Runtime, architecture: Architecture) {
    suffixes = Self.suffixes(runtime: runtime, architecture: architecture).map { Array($0.utf8) }
  }

  /// `importlib.machinery.EXTENSION_SUFFIXES` of a Linux build.
  static func suffixes(runtime: Runtime, architecture: Architecture) -> [String] {
    let machine = architecture == .arm64 ? "aarch64" : "x86_64"
    return [".cpython-\(runtime.major)\(runtime.minor)-\(machine)-linux-gnu.so", ".abi3.so", ".so"]
  }

  func child(_ folder: Int32, _ name: Name) -> Int32? { children[folder, name] }
  func leaf(_ folder: Int32, _ name: Name) -> Leaf? {
    leafByName[folder, name].map { leaves[Int($0)] }
  }

  /// Folders of vendored distributions that have a top-level module of some name.
  func vendorFolders(holding name: Name) -> [Int32] {
    vendors.filter { child($0, name) != nil || leafByName[$0, name] != nil }
  }

  /// Folders with code that have a name, below a folder, in path order.
  func folders(named name: Name, below folder: Int32) -> [Int32] {
    folders[Int(folder)].folders.filter { folders[Int($0)].holdsCode }.flatMap {
      (folders[Int($0)].name == name ? [$0] : []) + folders(named: name, below: $0)
    }
  }

  private static let vendorNames: Set<String> = [
    "_vendor", "vendor", "vendored", "_vendored", "extern", "third_party", "thirdparty",
  ]

  /// Adds all files of a root. They are sorted by path, so neighbours share their folders.
  mutating func add(
    _ root: RootID, files: Range<Int>, of table: Table<File>, names: inout NameTable
  ) {
    let top = makeFolder(parent: -1, name: names.intern(""), root: root)
    rootFolders[root] = top
    // The folders on the way to the file before, with where their names end in its path.
    var trail: [(folder: Int32, end: Int)] = []
    var before: [UInt8] = []
    for index in files {
      let id = FileID(index)
      let path = Array(table[id].path.string.utf8)
      var shared = 0
      while shared < min(before.count, path.count), before[shared] == path[shared] { shared += 1 }
      while let last = trail.last, last.end >= shared || path[last.end] != UInt8(ascii: "/") {
        trail.removeLast()
      }
      var start = trail.last.map { $0.end + 1 } ?? 0
      var folder = trail.last?.folder ?? top
      var position = start
      while position < path.count {
        if path[position] == UInt8(ascii: "/") {
          let name = names.intern(path.span.extracting(start..<position))
          if let known = children[folder, name] {
            folder = known
          } else {
            folder = makeFolder(parent: folder, name: name, root: root)
            if Self.vendorNames.contains(names.string(name)) { vendors.append(folder) }
          }
          trail.append((folder, position))
          start = position + 1
        }
        position += 1
      }
      place(id, named: path[start...], in: folder, names: &names, path: table[id].path)
      before = path
    }
  }

  private mutating func makeFolder(parent: Int32, name: Name, root: RootID) -> Int32 {
    let id = Int32(folders.count)
    folders.append(Folder(parent: parent, name: name, root: root))
    if parent >= 0 {
      children[parent, name] = id
      folders[Int(parent)].folders.append(id)
    }
    return id
  }

  private mutating func place(
    _ file: FileID, named name: ArraySlice<UInt8>, in folder: Int32, names: inout NameTable,
    path: RelativePath
  ) {
    switch Roles.role(of: path) {
    case .metadata, .discarded: return
    case .data:
      if name.hasSuffix(".pyi") {
        folders[Int(folder)].stubs.append(file)
      } else {
        folders[Int(folder)].data.append(file)
      }
    case .source:
      let stem = name.dropLast(3)
      guard !stem.contains(UInt8(ascii: ".")) else {
        folders[Int(folder)].data.append(file)
        return
      }
      update(stem, in: folder, names: &names) { $0.source = file }
    case .native: placeNative(file, named: name, in: folder, names: &names)
    }
  }

  private mutating func placeNative(
    _ file: FileID, named name: ArraySlice<UInt8>, in folder: Int32, names: inout NameTable
  ) {
    let known = names.intern(Array(name).span)
    if libraries[known] == nil { libraryNames.append(known) }
    libraries[known, default: []].append(file)
    let stem = name.prefix { $0 != UInt8(ascii: ".") }
    let suffix = name[stem.endIndex...]
    if let rank = suffixes.firstIndex(where: { suffix.elementsEqual($0) }) {
      update(stem, in: folder, names: &names) {
        guard rank < $0.rank else { return }
        $0.native = file
        $0.rank = UInt8(rank)
      }
      // `libllvmlite.so` beside a module is opened by its path.
      if rank == suffixes.count - 1 { folders[Int(folder)].libraries.append(file) }
    } else if suffix.starts(with: ".so.".utf8) || suffix.hasSuffix(".dll") {
      // Linked against, by its base name.
    } else if Self.isForeignTag(suffix) {
      update(stem, in: folder, names: &names) { $0.foreign = file }
    } else if suffix.hasSuffix(".so") {
      folders[Int(folder)].libraries.append(file)
    }
  }

  /// `.cpython-311-darwin.so`, `.cp312-win_amd64.pyd`, `.pypy310-pp73-x86_64-linux-gnu.so`, `.pyd`
  private static func isForeignTag(_ suffix: ArraySlice<UInt8>) -> Bool {
    suffix.hasSuffix(".pyd") || suffix.starts(with: ".cpython-".utf8)
      || suffix.starts(with: ".cp3".utf8) || suffix.starts(with: ".pypy".utf8)
  }

  private mutating func update(
    _ stem: ArraySlice<UInt8>, in folder: Int32, names: inout NameTable,
    _ change: (inout Leaf) -> Void
  ) {
    markCode(folder)
    // What stands on the path is a root: `__init__.py` at its top makes no package of it, in the eyes of
    // the import system it is a module of this name.
    if stem.elementsEqual("__init__".utf8), folders[Int(folder)].parent >= 0 {
      var leaf =
        folders[Int(folder)].initial ?? Leaf(name: folders[Int(folder)].name, folder: folder)
      change(&leaf)
      folders[Int(folder)].initial = leaf
      return
    }
    let name = names.intern(Array(stem).span)
    if let position = leafByName[folder, name] {
      change(&leaves[Int(position)])
    } else {
      var leaf = Leaf(name: name, folder: folder)
      change(&leaf)
      leafByName[folder, name] = Int32(leaves.count)
      folders[Int(folder)].leaves.append(Int32(leaves.count))
      leaves.append(leaf)
    }
  }

  private mutating func markCode(_ folder: Int32) {
    var folder = folder
    while folder >= 0, !folders[Int(folder)].holdsCode {
      folders[Int(folder)].holdsCode = true
      folder = folders[Int(folder)].parent
    }
  }
}
