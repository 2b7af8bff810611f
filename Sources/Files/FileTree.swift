package import Model

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What lies below a folder: names only, no file was opened or looked at.
///
/// Symbolic links are followed where they lead to something inside the tree; what they lead to then
/// stands at both places. All others are diagnosed and left out.
package struct FileTree: Sendable {
  /// Absolute path.
  package let root: String
  /// Regular files, sorted by path bytes.
  package let files: [RelativePath]
  /// Every folder that was listed, sorted by path bytes, without the root itself: a file that is
  /// added or removed changes the `StatKey` of one of them or of the root.
  package let folders: [RelativePath]
  /// Links that were not followed, folders that could not be listed, names that are not UTF-8.
  package let diagnostics: [Diagnostic]

  /// Which folders are not entered.
  package struct Skip: Hashable, Sendable {
    /// By name, at any depth: `.git`.
    package var names: Set<String>
    /// The same, and no link leads to them or into them.
    package var sealed: Set<String>
    /// Folders below the root that hold an entry of this name: `pyvenv.cfg`.
    package var marker: String?
    /// Whether folders whose names begin with a dot are among them.
    package var hidden: Bool

    package init(
      names: Set<String> = [], sealed: Set<String> = [], marker: String? = nil,
      hidden: Bool = false
    ) {
      self.names = names
      self.sealed = sealed
      self.marker = marker
      self.hidden = hidden
    }

    fileprivate func skips(folder name: String) -> Bool {
      hidden && name.utf8.first == dot || names.contains(name) || sealed.contains(name)
    }
  }

  /// Throws only where the root itself cannot be listed.
  package static func walk(
    _ root: String, skip: Skip = Skip(), jobs: Int
  ) throws(FileError) -> FileTree {
    guard let realRoot = FileSystem.realPath(root) else { throw .last("list", root) }
    let lister = Lister(root: root, realRoot: realRoot, skip: skip)
    var gathered = Gathered()
    var level = [Lister.Folder(path: "", links: [])]
    while !level.isEmpty {
      let listings = concurrentMap(level, jobs: level.count < 8 ? 1 : jobs) {
        lister.noted($0)
      }
      if gathered.listings.isEmpty, let error = listings[0].failure { throw error }
      level = gathered.take(listings, root: root)
    }
    gathered.flatten(0)
    return FileTree(
      root: root, files: gathered.files, folders: gathered.folders,
      diagnostics: gathered.diagnostics.sorted())
  }
}

extension FileTree {
  /// What a walk takes from one folder, as a sum over the names; see `Question.listing`.
  static func sum(root: String, realRoot: String, path: String, skip: Skip) -> UInt64 {
    Lister(root: root, realRoot: realRoot, skip: skip).list(Lister.Folder(path: path, links: []))
      .sum
  }
}

/// One level after the other, then all of it in order.
private struct Gathered {
  var listings: [Lister.Listing] = []
  var files: [RelativePath] = []
  var folders: [RelativePath] = []
  var diagnostics: [Diagnostic] = []
  private var followedFolders = 0

  /// Two folders that link to each other a hundred times would never end.
  private static let linkBound = 10_000

  init() {}

  /// The folders that these listings name; each knows the position that its own listing will have.
  mutating func take(_ found: [Lister.Listing], root: String) -> [Lister.Folder] {
    var next: [Lister.Folder] = []
    let base = listings.count + found.count
    for var listing in found {
      diagnostics += listing.diagnostics
      for index in listing.children.indices {
        guard case .folder(let folder, _) = listing.children[index] else { continue }
        if folder.links.count > listing.folder.links.count {
          followedFolders += 1
          if followedFolders > Self.linkBound {
            // Once: what links to each other in all ways comes to thousands of them.
            if followedFolders == Self.linkBound + 1 {
              diagnostics.append(.tooManyLinks("\(root)/\(folder.path)", bound: Self.linkBound))
            }
            continue
          }
        }
        listing.children[index] = .folder(folder, listing: base + next.count)
        next.append(folder)
      }
      listings.append(listing)
    }
    return next
  }

  /// Depth first. Within a folder, names are sorted as if folders ended in `/`; that makes the whole
  /// sorted by path bytes.
  mutating func flatten(_ position: Int) {
    for child in listings[position].children {
      switch child {
      case .file(let path): files.append(RelativePath(path))
      case .folder(_, nil): break
      case .folder(let folder, let listing?):
        guard !listings[listing].isSkipped else { continue }
        folders.append(RelativePath(folder.path))
        flatten(listing)
      }
    }
  }
}

private struct Lister: Sendable {
  struct Folder: Sendable {
    /// Below the root; empty for the root.
    let path: String
    /// Real paths of the folders that were entered through links on the way, so that a link to one
    /// that holds it is noticed.
    let links: [String]
  }

  enum Child: Sendable {
    case file(String)
    case folder(Folder, listing: Int?)
  }

  struct Listing: Sendable {
    let folder: Folder
    var children: [Child] = []
    var diagnostics: [Diagnostic] = []
    var failure: FileError?
    var isSkipped = false

    /// Over the names that the walk takes.
    var sum: UInt64 {
      guard !isSkipped else { return 1 }
      return children.reduce(0) { sum, child in
        switch child {
        case .file(let path): sum &+ nameHash(String(RelativeName(path).name))
        case .folder(let folder, _): sum &+ nameHash(String(RelativeName(folder.path).name))
        }
      }
    }
  }

  let root: String
  let realRoot: String
  let skip: FileTree.Skip

  private enum Entry { case file, folder, link }

  /// As `list`, written into the journal. The folder's state is taken first, so that a change while
  /// it is listed is noticed.
  func noted(_ folder: Folder) -> Listing {
    guard Journal.isWriting else { return list(folder) }
    let key = StatKey(ifPresent: folder.path.isEmpty ? root : "\(root)/\(folder.path)")
    let listing = list(folder)
    Journal.note(
      .listing(root: root, path: folder.path, skip: skip),
      key.map { .sum(listing.sum, $0) } ?? .nothing)
    return listing
  }

  func list(_ folder: Folder) -> Listing {
    var listing = Listing(folder: folder)
    let location = folder.path.isEmpty ? root : "\(root)/\(folder.path)"
    guard let stream = unsafe opendir(location) else {
      let failure = FileError.last("list", location)
      listing.failure = failure
      listing.diagnostics.append(.folderNotListed(failure))
      return listing
    }
    defer { _ = unsafe closedir(stream) }

    // Names one after the other in `bytes`, folders with a `/`: sorting compares memory.
    var bytes: [UInt8] = []
    var entries: [(range: Range<Int>, kind: Entry)] = []
    while let entry = unsafe readdir(stream) {
      let kind: Entry? =
        switch unsafe Int32(entry.pointee.d_type) {
        case Int32(DT_REG): .file
        case Int32(DT_DIR): .folder
        case Int32(DT_LNK): .link
        case Int32(DT_UNKNOWN): unsafe lookAt(location, entryName(entry))
        default: nil
        }
      guard let kind else { continue }
      let start = bytes.count
      unsafe appendName(of: entry, to: &bytes)
      let name = bytes[start...]
      if name.elementsEqual([dot]) || name.elementsEqual([dot, dot]) {
        bytes.removeSubrange(start...)
        continue
      }
      if kind == .folder { bytes.append(slash) }
      entries.append((start..<bytes.count, kind))
    }
    entries.sort { bytes[$0.range].lexicographicallyPrecedes(bytes[$1.range]) }

    let prefix = folder.path.isEmpty ? "" : folder.path + "/"
    var links = false
    for (range, kind) in entries {
      let raw = kind == .folder ? bytes[range].dropLast() : bytes[range]
      guard let name = String(validating: raw, as: UTF8.self) else {
        listing.diagnostics.append(.nameNotUTF8(String(decoding: raw, as: UTF8.self), in: location))
        continue
      }
      if name == skip.marker, !folder.path.isEmpty {
        listing.isSkipped = true
        listing.children = []
        listing.diagnostics = []
        return listing
      }
      switch kind {
      case .file: listing.children.append(.file(prefix + name))
      case .folder where skip.skips(folder: name): break
      case .folder:
        listing.children.append(
          .folder(Folder(path: prefix + name, links: folder.links), listing: nil))
      case .link:
        guard !skip.names.contains(name) else { continue }
        links = true
        follow(prefix + name, in: folder, to: &listing)
      }
    }
    // A link to a folder was sorted as if it were a file.
    if links { listing.children.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } }
    return listing
  }

  private func follow(_ path: String, in folder: Folder, to listing: inout Listing) {
    let location = "\(root)/\(path)"
    let target = (try? FileSystem.linkTarget(location)) ?? ""
    guard let real = FileSystem.realPath(location), let key = StatKey(ifPresent: real) else {
      listing.diagnostics.append(.brokenLink(location, target: target))
      return
    }
    guard real == realRoot || real.hasPrefix(realRoot + "/") else {
      listing.diagnostics.append(.linkOutOfTree(location, target: target))
      return
    }
    guard !isSealed(real) else {
      listing.diagnostics.append(.linkIntoSealed(location, target: target))
      return
    }
    if key.isRegular {
      listing.children.append(.file(path))
    } else if key.isFolder {
      let here = FileSystem.realPath(RelativeName(location).folder.description) ?? location
      let holdsIt = ([here] + folder.links).contains { $0 == real || $0.hasPrefix(real + "/") }
      if skip.hidden, path.utf8.split(separator: slash).last?.first == dot { return }
      if holdsIt {
        listing.diagnostics.append(.linkCycle(location, target: target))
      } else {
        listing.children.append(
          .folder(Folder(path: path, links: folder.links + [here]), listing: nil))
      }
    }
  }

  /// Whether a real path below the root passes through a sealed folder, or one with the marker.
  private func isSealed(_ real: String) -> Bool {
    var folder = realRoot
    for name in real.dropFirst(realRoot.count).split(separator: "/") {
      if skip.sealed.contains(String(name)) { return true }
      folder += "/\(name)"
      if let marker = skip.marker, FileSystem.kind(of: "\(folder)/\(marker)") != nil {
        return true
      }
    }
    return false
  }

  /// For file systems that do not tell an entry's type.
  private func lookAt(_ location: String, _ name: String) -> Entry? {
    switch FileSystem.kind(of: "\(location)/\(name)") {
    case .file: .file
    case .folder: .folder
    case .link: .link
    case .other, nil: nil
    }
  }
}

extension Lister.Child {
  /// What sorts it among its siblings.
  fileprivate var key: String {
    switch self {
    case .file(let path): path
    case .folder(let folder, _): folder.path + "/"
    }
  }
}

private let dot = UInt8(ascii: ".")
private let slash = UInt8(ascii: "/")

private func appendName(of entry: UnsafeMutablePointer<dirent>, to bytes: inout [UInt8]) {
  let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
  let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
  let count = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
  unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
}
