package import Model

extension Diagnostic {
  package static func systemRefused(_ error: FileError) -> Diagnostic {
    var code = error.isDiskFull ? "disk-full" : "system-error"
    if case .damaged = error.cause { code = "damaged-file" }
    return Diagnostic(
      .error, code,
      "cannot \(error.operation) '\(error.path)': \(error.reason)")
  }

  package static func interrupted() -> Diagnostic {
    Diagnostic(.error, "interrupted", "interrupted; no archive was half written")
  }

  package static func linkOutOfTree(_ path: String, target: String) -> Diagnostic {
    Diagnostic(
      .warning, "link-out-of-tree",
      "the symbolic link '\(path)' leads to '\(target)', outside its root, and is left out")
  }

  package static func linkIntoSealed(_ path: String, target: String) -> Diagnostic {
    Diagnostic(
      .warning, "link-into-sealed",
      "the symbolic link '\(path)' leads to '\(target)', which is never shipped, and is left out")
  }

  package static func brokenLink(_ path: String, target: String) -> Diagnostic {
    Diagnostic(
      .warning, "broken-link",
      "the symbolic link '\(path)' leads to '\(target)', which does not exist")
  }

  package static func linkCycle(_ path: String, target: String) -> Diagnostic {
    Diagnostic(
      .warning, "link-cycle",
      "the symbolic link '\(path)' leads to '\(target)', which holds it, and is not followed")
  }

  package static func tooManyLinks(_ path: String, bound: Int) -> Diagnostic {
    Diagnostic(
      .warning, "too-many-links",
      "more than \(bound) symbolic links to folders: '\(path)' and those behind it are not followed",
      notes: [.hint("folders that link to each other multiply; leave one of the links out")])
  }
}

extension Diagnostic {
  static func folderNotListed(_ error: FileError) -> Diagnostic {
    Diagnostic(
      .warning, "folder-not-listed",
      "cannot list '\(error.path)', what lies in it is left out: \(error.reason)",
      at: SourceLocation(path: error.path))
  }

  static func nameNotUTF8(_ name: String, in folder: String) -> Diagnostic {
    Diagnostic(
      .warning, "name-not-utf8",
      "'\(name)' in '\(folder)' has a name that is not UTF-8, and is left out")
  }
}
