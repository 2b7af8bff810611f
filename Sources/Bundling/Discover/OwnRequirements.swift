import Files
import Model

// What each function asks for itself, and what the project does.

extension Discovery {
  /// Names of files that say what a function asks for, where they lie beside it.
  private static let ownFiles = ["requirements.txt", "pyproject.toml"]
  /// Names of files at the project's top that say what it asks for.
  private static let projectFiles = ["pyproject.toml", "requirements.txt", "Pipfile", "uv.lock"]

  /// What `requirements` and `needs` of a function's own table, and the files beside it, ask for.
  private mutating func ownRequirements(
    of function: DeclaredFunction, _ platform: WheelPlatform
  ) throws(FileError) -> StatedRequirements {
    var result = StatedRequirements(project: configuration.project, local: configuration.localNames)
    if let named = function.own.requirements {
      try result.read(named, for: platform)
    } else if let described = function.described {
      for file in environments.requirementFiles(of: described, platform) {
        try result.read(file, for: platform)
      }
    } else {
      try readFileBeside(function, for: platform, into: &result)
    }
    result.diagnostics = (result.mistakes + result.diagnostics).map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.function = function.name
      return diagnostic
    }
    return result
  }

  /// A requirements file, or a project file with dependencies, in the handler's folder or the nearest
  /// above it, below the project's, that belongs to this function alone: no other handler lies there.
  private func readFileBeside(
    _ function: DeclaredFunction, for platform: WheelPlatform, into result: inout StatedRequirements
  ) throws(FileError) {
    guard var folder = handlerFolders[function.name] else { return }
    while !folder.isEmpty, handlersBelow[folder] == 1 {
      for name in Self.ownFiles
      where tree.files.position(of: RelativePath("\(folder)/\(name)")) != nil {
        try result.read("\(configuration.project)/\(folder)/\(name)", for: platform)
        // One that only has a tool's settings asks for nothing.
        if name != "pyproject.toml" || !result.isEmpty { return }
      }
      folder = String(RelativePath(folder).folder)
    }
  }

  /// By function: the folder of its handler's file, relative to the project's; empty for the project's
  /// own. Functions whose handler lies elsewhere, or nowhere, are not in it.
  static func handlerFolders(
    of functions: [DeclaredFunction], _ configuration: Configuration, _ tree: ProjectTree
  ) -> [String: String] {
    var folders: [String: String] = [:]
    var known: [[String]?: [String]] = [:]
    for function in functions {
      if let described = function.described {
        if let folder = tree.relative(described.folder) { folders[function.name] = folder }
        continue
      }
      let found = function.handlers.map { handler -> String? in
        switch HandlerSpelling(handler.value) {
        case .file(let path, _):
          let location = FileSystem.absolute(path, in: configuration.project)
          let prefix = configuration.project + "/"
          guard location.hasPrefix(prefix) else { return nil }
          let file = RelativePath(String(location.dropFirst(prefix.count)))
          return tree.files.position(of: file) != nil ? String(file.folder) : nil
        case .module(let module, _):
          let path = module.split(separator: ".").joined(separator: "/")
          let named = function.layer.sourceRoots?.map(\.value)
          let roots =
            known[named] ?? configuration.sourceRoots(of: function.layer, in: tree).folders
          known[named] = roots
          for root in roots {
            guard let base = tree.relative(root) else { continue }
            let file = base.isEmpty ? path : "\(base)/\(path)"
            if tree.files.position(of: RelativePath(file + ".py")) != nil {
              return String(RelativePath(file).folder)
            }
            if tree.files.position(of: RelativePath(file + "/__init__.py")) != nil { return file }
          }
          return nil
        case nil: return nil
        }
      }.compactMap(\.self)
      guard let first = found.first else { continue }
      // Of several the folder that has all of them.
      folders[function.name] = found.dropFirst().reduce(first) { a, b in
        zip(a.split(separator: "/"), b.split(separator: "/")).prefix { $0 == $1 }
          .map { String($0.0) }.joined(separator: "/")
      }
    }
    return folders
  }

  /// By folder, relative to the project's: how many functions' handlers lie in it or below it.
  static func handlersBelow(_ folders: [String: String]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for var folder in folders.values {
      while !folder.isEmpty {
        counts[folder, default: 0] += 1
        folder = String(RelativePath(folder).folder)
      }
    }
    return counts
  }

  /// What the project itself asks for: in the files that its environment is made of or that the
  /// configuration names, else in those that lie at its top.
  ///
  /// What is wrong in one of these is a warning: versions come from what is installed already, and what
  /// is left is read.
  private func projectRequirements(
    _ choice: Environments.Choice, _ platform: WheelPlatform
  ) throws(FileError) -> StatedRequirements {
    var result = StatedRequirements(project: configuration.project, local: configuration.localNames)
    switch choice {
    case .none: break
    case .provision(let files, _):
      for file in files { try result.read(file, for: platform) }
      // The tool that fetches has read it too, and has the last word on what it cannot read.
      result.diagnostics = []
    case .folders:
      if let named = configuration.defaults.requirements {
        try result.read(named, for: platform)
      } else {
        for name in Self.projectFiles {
          let file = "\(configuration.project)/\(name)"
          if FileSystem.isFile(file) { try result.read(file, for: platform) }
        }
      }
      result.diagnostics = result.diagnostics.map { diagnostic in
        var diagnostic = diagnostic
        diagnostic.severity = min(diagnostic.severity, .warning)
        return diagnostic
      }
    }
    return result
  }

  /// - Parameter isWanted: whether what is wrong with it is told.
  mutating func statedRequirements(
    by function: DeclaredFunction, isWanted: Bool
  ) throws(Stopped) -> [StatedRequirement] {
    do throws(FileError) {
      let own = try ownRequirements(of: function, platform(of: function.layer))
      if isWanted { diagnostics += own.diagnostics }
      lockedHashes.merge(own.hashes) { $0.union($1) }
      return own.stated
    } catch {
      throw .file(error)
    }
  }

  /// Mistakes are files that the configuration names and that are not there.
  mutating func readProjectRequirements(
    _ placed: [Placed]
  ) throws(Stopped) -> [Diagnostic] {
    var mistakes: [Diagnostic] = []
    for function in placed where projectStated[function.choice] == nil {
      do throws(FileError) {
        let read = try projectRequirements(function.choice, platform(of: function.declared.layer))
        projectStated[function.choice] = read.stated
        lockedHashes.merge(read.hashes) { $0.union($1) }
        mistakes += read.mistakes
        diagnostics += read.diagnostics
      } catch {
        throw .file(error)
      }
    }
    return mistakes.uniqued()
  }
}
