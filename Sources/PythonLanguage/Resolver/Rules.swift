import Model

/// Facts about distributions that no scan can see, as the files in `Rules/` hold them.
struct Rules: Sendable {
  /// A module that imports others in a way that leaves no trace.
  struct HiddenImport: Hashable, Sendable {
    let module: String
    let imports: [String]
    let why: String
  }

  /// Folders or files of data of which only those are needed that code names.
  struct DataChoice: Hashable, Sendable {
    /// The settings' `services` of any of these add to what code names, and settle open calls.
    let distributions: [String]
    /// Whose subfolders are chosen from; the files directly in them are always kept.
    let folders: [String]
    /// Whose files are chosen from, by their names up to the first dot.
    let files: [String]
    let always: [String]
    /// Distributions whose own strings name everything, and so say nothing.
    let deaf: [String]
    /// What is called with a folder's name, by its last part, as the first argument.
    let calls: [String]
    /// The name of that argument.
    let argument: String
    let why: String

    /// Where the data lies, for a sentence.
    var place: String { (folders + files).first ?? "" }
  }

  /// A distribution that is kept as a whole.
  struct KeepWhole: Hashable, Sendable {
    let distribution: String
    let why: String
  }

  /// A top-level module that distributions import for development only, where it is there.
  struct NeverNeeded: Hashable, Sendable {
    let module: String
    let why: String
  }

  /// Data that lies outside the package that needs it.
  struct ExtraData: Hashable, Sendable {
    let distribution: String
    let globs: [String]
    let why: String
  }

  var hidden: [HiddenImport] = []
  var choices: [DataChoice] = []
  var whole: [KeepWhole] = []
  var never: [NeverNeeded] = []
  var extra: [ExtraData] = []
  var diagnostics: [Diagnostic] = []
}
