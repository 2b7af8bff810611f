import Files
import Model

/// What identifies a root: the same folder of wheels is another root for another platform.
struct RootKey: Hashable, Sendable {
  let kind: Root.Kind
  let location: String
  /// For folders of wheels only.
  let platform: WheelPlatform?

  static func source(_ location: String) -> Self {
    Self(kind: .source, location: location, platform: nil)
  }
  static func installed(_ location: String) -> Self {
    Self(kind: .installed, location: location, platform: nil)
  }
  static func wheels(_ location: String, _ platform: WheelPlatform) -> Self {
    Self(kind: .wheels, location: location, platform: platform)
  }
}

/// The files of one root before ids exist.
struct FoundRoot: Sendable {
  /// A member of one of the root's wheels.
  struct Member: Sendable {
    let wheel: Int32
    let position: Int32
  }

  /// A path that several distributions own with different content.
  struct Contest: Sendable {
    /// In `paths`.
    let position: Int
    var owners: [String]
    var winner: String?
  }

  var key: RootKey
  /// Sorted by path bytes.
  var paths: [RelativePath]
  /// Beside `paths`, for folders of wheels; empty elsewhere.
  var members: [Member] = []
  var wheels: [WheelFile] = []
  /// The distribution that owns each path: its position in `distributions`, -1 for none.
  var owners: [Int32] = []
  var distributions: [EnvironmentFacts.Found] = []
  /// In the order of `paths`.
  var contests: [Contest] = []
  var diagnostics: [Diagnostic] = []
  /// Folders that its `.pth` files and editable installs add to the path, absolute.
  var addedFolders: [String] = []
}
