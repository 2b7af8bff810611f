import Model
import Text

/// Files of the team's own that are no data of the package whose folder they lie in.
extension PythonResolver {
  /// What was found of files that are named like secrets; told in the end, when it is known which of
  /// them something names.
  struct Secrets: Sendable {
    /// They lie where data would be taken.
    var beside: Set<FileID> = []
    var named: [FileID: Place] = [:]
  }

  /// Dot files (`.DS_Store`), secrets, what a project has at its top for people and tools (`README.md`,
  /// `uv.lock`), and what build tools have in any folder.
  func isHidden(_ file: FileID) -> Bool {
    guard party(of: file) == .first else { return false }
    let name = workspace.files[file].path.name
    return name.utf8.first == UInt8(ascii: ".") || secretName(of: file) != nil
      || isHousekeeping(file) || Self.buildFiles.contains(name)
  }

  /// What a file's name says of secrets; nil for what distributions bring, and where it holds none.
  func secretName(of file: FileID) -> SecretName? {
    party(of: file) == .first && !workspace.publicKeys.contains(file)
      ? SecretName.find(workspace.files[file].path.name) : nil
  }

  private func isHousekeeping(_ file: FileID) -> Bool {
    let row = workspace.files[file]
    guard row.path.folder.isEmpty, workspace.roots[row.root].location == workspace.project else {
      return false
    }
    let name = row.path.name.lowercased()
    return Self.housekeeping.contains { name.hasPrefix($0) }
  }

  /// Beginnings of names.
  private static let housekeeping = [
    "readme", "license", "licence", "copying", "notice", "changelog", "contributing", "pare.toml",
    "pyproject.toml", "setup.cfg", "tox.ini", "uv.lock", "poetry.lock", "pylock.", "pipfile",
    "requirements", "makefile", "dockerfile", "docker-compose",
  ]

  /// Names that build tools look for in each folder. Code that opens one by its name has it all the same.
  ///
  /// Sources: https://www.pantsbuild.org/stable/docs/using-pants/key-concepts/targets-and-build-files,
  /// https://bazel.build/concepts/build-files, https://buck2.build/docs/concepts/build_file/, make(1),
  /// https://docs.docker.com/reference/dockerfile/, https://just.systems/man/en/ and
  /// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
  private static let buildFiles: Set<Substring> = [
    "BUILD", "BUILD.pants", "BUILD.bazel", "BUCK", "TARGETS", "WORKSPACE", "WORKSPACE.bazel",
    "MODULE.bazel", "Makefile", "GNUmakefile", "Dockerfile", "Containerfile", "justfile", "tox.ini",
    "pants.toml", "samconfig.toml",
  ]

  /// Whether a folder below a package of the team's own has code of its own that is no part of the
  /// package: a function's folder, or one whose name no import can spell. What is in it comes where a
  /// path or an import leads to it.
  ///
  ///     functions/__init__.py
  ///     functions/stock-sync/sync.py    # no data of `functions`
  func standsApart(_ folder: Int32) -> Bool {
    let row = index.tree.folders[Int(folder)]
    guard row.initial == nil, row.holdsCode, row.parent >= 0,
      workspace.roots[row.root].isFirstParty
    else { return false }
    if !isIdentifier(index.names.slice(row.name)) { return true }
    let location = "\(workspace.roots[row.root].location)/\(path(of: folder))"
    return workspace.roots.rows.contains { $0.kind == .source && $0.location == location }
  }

  // MARK: What is said

  mutating func tellSecrets() {
    var included: Set<String> = []
    for function in workspace.functions.rows where function.target == targetID {
      for file in function.included {
        guard let secret = secretName(of: file), !isExcluded(file, by: function) else { continue }
        included.insert(shown(file))
        diagnostics.append(Diagnostics.secretIncluded(shown(file), secret, function: function))
      }
    }
    for (file, place) in secrets.named {
      guard let secret = secretName(of: file), !included.contains(shown(file)),
        !entries.keys.allSatisfy({ isExcluded(file, by: workspace.functions[$0]) })
      else { continue }
      diagnostics.append(
        secret.isNeededWhenNamed
          ? Diagnostics.secretShipped(shown(file), secret, at: location(place))
          : Diagnostics.secretFile(shown(file), secret, at: location(place)))
    }
    for file in secrets.beside where secrets.named[file] == nil {
      guard let secret = secretName(of: file), !included.contains(shown(file)) else { continue }
      diagnostics.append(Diagnostics.secretLeftOut(shown(file), secret))
    }
  }

  private func isExcluded(_ file: FileID, by function: Function) -> Bool {
    function.settings.exclude.contains { pattern in
      let glob = Glob(pattern)
      return glob.matches(workspace.files[file].path.string) || glob.matches(shown(file))
    }
  }

  private func shown(_ file: FileID) -> String {
    location(Place(file: file, line: 0, column: 0)).path
  }
}
