import Files
import Model

// What each function asks for itself, and what the project does.

extension Discovery {
  /// Names of files that say what a function asks for, where they lie beside it.
  private static let ownFiles = ["requirements.txt", "pyproject.toml"]
  /// Names of files at the project's top that say what it asks for.
  private static let projectFiles = ["pyproject.toml", "requirements.txt", "Pipfile", "uv.lock"]

  /// What `requirements` and `needs` of a function's own table, and the files beside it, ask for.
  mutating func ownRequirements(
    of function: DeclaredFunction, _ platform: WheelPlatform
  ) throws(FileError) -> StatedRequirements {
    var result = StatedRequirements()
    var files: [String] = []
    if let named = function.own.requirements {
      files = named.map { FileSystem.absolute($0.value, in: configuration.project) }
    } else if let file = fileBeside(function) {
      files = [file]
    }
    for file in files where FileSystem.isFile(file) {
      try result.read(file, for: platform, project: configuration.project)
    }
    result.diagnostics = result.diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.function = function.name
      return diagnostic
    }
    return result
  }

  /// A requirements or project file in the handler's folder or the nearest above it, below the
  /// project's, that belongs to this function alone: no other handler lies there.
  private func fileBeside(_ function: DeclaredFunction) -> String? {
    guard var folder = handlerFolders[function.name] else { return nil }
    while !folder.isEmpty {
      for (other, place) in handlerFolders where other != function.name {
        if place == folder || place.hasPrefix(folder + "/") { return nil }
      }
      for name in Self.ownFiles
      where tree.files.position(of: RelativePath("\(folder)/\(name)")) != nil {
        return "\(configuration.project)/\(folder)/\(name)"
      }
      folder = RelativePath(folder).folder.isEmpty ? "" : String(RelativePath(folder).folder)
    }
    return nil
  }

  /// By function: the folder of its handler's file, relative to the project's; empty for the project's
  /// own. Functions whose handler lies elsewhere, or nowhere, are not in it.
  static func handlerFolders(
    of functions: [DeclaredFunction], _ configuration: Configuration, _ tree: ProjectTree
  ) -> [String: String] {
    var folders: [String: String] = [:]
    for function in functions {
      switch HandlerSpelling(function.handler.value) {
      case .file(let path, _):
        let location = FileSystem.absolute(path, in: configuration.project)
        if let relative = tree.relative(location) {
          folders[function.name] = String(RelativePath(relative).folder)
        }
      case .module(let module, _):
        let path = module.split(separator: ".").joined(separator: "/")
        let roots = configuration.sourceRoots(of: function.layer, in: tree).folders
        for root in roots {
          guard let base = tree.relative(root) else { continue }
          let file = base.isEmpty ? path : "\(base)/\(path)"
          if tree.files.position(of: RelativePath(file + ".py")) != nil {
            folders[function.name] = String(RelativePath(file).folder)
            break
          }
          if tree.files.position(of: RelativePath(file + "/__init__.py")) != nil {
            folders[function.name] = file
            break
          }
        }
      case nil: break
      }
    }
    return folders
  }

  /// What the project itself asks for: in the files that its environment is made of, else in those that
  /// lie at its top.
  mutating func projectRequirements(
    _ choice: Environments.Choice, _ platform: WheelPlatform
  ) throws(FileError) -> [StatedRequirement] {
    var files: [String]
    switch choice {
    case .none: return []
    case .provision(let named, _):
      files = named
      // A lock of these says nothing of who asks; the file beside it does.
      for (lock, source) in [("poetry.lock", "pyproject.toml"), ("Pipfile.lock", "Pipfile")] {
        files += named.filter { $0.hasSuffix("/\(lock)") }
          .map { FileSystem.absolute("../\(source)", in: $0) }
      }
    case .folders:
      files = Self.projectFiles.map { "\(configuration.project)/\($0)" }
    }
    var result = StatedRequirements()
    for file in files where FileSystem.isFile(file) {
      try result.read(file, for: platform, project: configuration.project)
    }
    return result.stated
  }
}
