import Model

/// A function as the files say it that the team deploys with: an AWS SAM or CloudFormation template, a
/// `serverless.yml`. Nothing that it names has been looked for, but the folder of its code.
struct DescribedFunction: Sendable {
  /// The name that the file gives it, or one made of that where several files give the same.
  var name: String
  /// What the file itself calls it.
  let id: String
  /// The handler as the provider takes it: below `folder`.
  let handler: Configuration.Located<String>
  /// Where the function begins.
  let origin: SourceLocation
  /// The folder of its code, as it is written.
  var code: Configuration.Located<String>
  /// Absolute path of the folder that is the archive's root.
  var folder: String
  /// Absolute paths of folders with code that stand behind it on the path: its layers, the last one
  /// first.
  let layers: [String]
  /// Absolute paths of archives that its other layers are.
  var layerArchives: [String] = []
  /// The name of its requirements file, where that is not a usual one.
  var requirements: String?
  /// What is wrong with its runtime, which only holds where the configuration names no other.
  var unsupported: Diagnostic?
  /// Provider, runtime and architecture, as far as the file says them.
  var layer: Configuration.Layer
}

/// All that a project's deployment files say about functions.
struct Descriptions: Sendable {
  /// A function that is there and not packaged, which is nobody's mistake.
  struct PassedOver: Sendable {
    enum Reason: Hashable, Sendable {
      case image
      case inlineCode
      /// `nodejs20.x`
      case language(String)
      /// The code lies in a bucket, or is an archive already.
      case builtElsewhere
      /// The name of the plug-in that makes its handler when it is deployed.
      case plugin(String)
      case otherProvider(String)
      /// Something that only the deployment knows.
      case unknown
    }

    let name: String
    let reason: Reason
  }

  var functions: [DescribedFunction] = []
  var passedOver: [PassedOver] = []
  /// How many files describe at least one function, or another such file.
  var files = 0
  /// Notes among them; errors are of single functions or single files, and say nothing of the others.
  var diagnostics: [Diagnostic] = []
  /// AWS SAM and CloudFormation templates, also those that describe no function themselves.
  var templates: [DescribedTemplate] = []

  mutating func add(_ other: Descriptions) {
    templates += other.templates
    functions += other.functions
    passedOver += other.passedOver
    files += other.files
    diagnostics += other.diagnostics
  }
}
