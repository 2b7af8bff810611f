/// One option of the command line, once for parsing, `--help` and suggestions.
package struct Option: Sendable {
  package enum Value: Sendable, Hashable {
    /// Takes none: present or not.
    case flag
    /// Any text; the placeholder stands for it in `--help`.
    case text(String)
    /// A whole number of at least one.
    case count(String)
    case choice([String])
  }

  /// Without dashes: `output`.
  package let name: String
  package let short: Character?
  package let value: Value
  /// Whether it may be given several times, each adding to the others.
  package let isRepeatable: Bool
  /// One sentence without a full stop.
  package let help: String

  package init(
    _ name: String, short: Character? = nil, _ value: Value, isRepeatable: Bool = false,
    _ help: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.isRepeatable = isRepeatable
    self.help = help
  }

  package var takesValue: Bool { value != .flag }

  /// What stands for its value: `DIR`, `text|json`; empty for a flag.
  package var placeholder: String {
    switch value {
    case .flag: ""
    case .text(let name), .count(let name): name
    case .choice(let names): names.joined(separator: "|")
    }
  }
}

extension Option {
  package static let project = Option(
    "project", short: "C", .text("DIR"),
    "The project: the folder with 'pare.toml' or 'pyproject.toml' (default: here, then upwards)")
  package static let output = Option(
    "output", short: "o", .text("DIR"), "Where archives and the report go, instead of 'output'")
  package static let environment = Option(
    "environment", short: "e", .text("DIR"), isRepeatable: true,
    "An installed folder or a folder of wheels, instead of 'environment'; can be repeated")
  package static let jobs = Option(
    "jobs", short: "j", .count("N"), "How many workers at once (default: one per processor)")
  package static let dryRun = Option(
    "dry-run", short: "n", .flag, "Do everything but write: the same table, no archives, no report")
  package static let strict = Option(
    "strict", .flag,
    "Make errors of first-party imports that are not found and of first-party blind spots"
  )
  package static let quiet = Option("quiet", short: "q", .flag, "Print errors only")
  package static let verbose = Option(
    "verbose", short: "v", .flag, "Print notes too, and every blind spot with its place")
  package static let format = Option(
    "format", .choice(["text", "json"]), "For people or for programs (default: text)")
  package static let formatWithLines = Option(
    "format", .choice(["text", "json", "jsonl"]),
    "For people, one JSON document, or one JSON line for each file (default: text)")
  package static let formatOfFindings = Option(
    "format", .choice(["text", "json", "markdown", "github", "sarif"]),
    "For people, for programs, for a pull request's comment, for its lines (default: text)")
  package static let against = Option(
    "against", .text("REPORT"), "Also show what changed since that report, and why")
  package static let changedOnly = Option(
    "changed-only", .flag, "Write no archive that has the same content as in a manifest")
  package static let againstManifest = Option(
    "against", .text("MANIFEST"),
    "With '--changed-only': the manifest, instead of the one in the output folder")
  package static let since = Option(
    "since", .text("REV"), "The revision to compare with: a branch, a tag, a commit")
  package static let maxGrowth = Option(
    "max-growth", .text("BOUND"),
    "How much an archive may grow, zipped: '5 %' or '1 MB'; more is an error")
  package static let html = Option(
    "html", .text("FILE"), "Write the report as one file for a browser")
  package static let all = Option(
    "all", .flag, "Show a chain for every place that leads to it, up to 50")
  package static let allFunctions = Option(
    "all-functions", .flag, "For every function instead of one")
  package static let limit = Option(
    "limit", .count("N"), "How many of the largest are tried (default: 10)")
  package static let depth = Option(
    "depth", .count("N"),
    "How many parts of a dotted name a node has, instead of whole distributions")
  package static let formatOfGraph = Option(
    "format", .choice(["text", "json", "dot", "mermaid"]),
    "For people, for programs, for Graphviz, for Markdown (default: text)")
  package static let formatOfProfile = Option(
    "format", .choice(["text", "json", "folded", "svg"]),
    "For people, for programs, for flame graphs, as a picture (default: text)")
  package static let profile = Option(
    "profile", .text("FILE"), isRepeatable: true,
    "What 'pare profile --format json' wrote; can be repeated")
  package static let runs = Option(
    "runs", .count("N"), "How often each is measured (default: 5)")
  package static let apply = Option(
    "apply", .flag,
    "Make the edits that are certain, after showing them; with '--dry-run' only show them")
  package static let computed = Option(
    "computed", .flag, "Show also imports by names that are put together, and what is not known")
  package static let cacheFolder = Option(
    "cache-dir", .text("DIR"),
    "Where compressed files are kept between runs (default: ~/.cache/pare)")
  package static let noCache = Option("no-cache", .flag, "Neither read nor fill the cache")
  package static let timings = Option("timings", .flag, "Print what each stage took")
  package static let traceEvents = Option(
    "trace-events", .text("FILE"), "Write the stages' times in Chrome's trace format")
  package static let attest = Option(
    "attest", .flag,
    "Also write OUTPUT/provenance.json: what went in and what came out, by digest (in-toto, SLSA)")
  package static let verify = Option(
    "verify", .flag, "Then import every handler from its archive alone, as 'pare verify' does")
  package static let python = Option(
    "python", .text("PATH"), "The interpreter to verify with, instead of one that is found")
  package static let event = Option(
    "event", .text("FILE"), "Also call the handler with this JSON event, and print its answer")
  package static let handler = Option(
    "handler", .text("HANDLER"),
    "Of several handlers that share an archive the one that is meant: 'orders/app.py:handler'")
  package static let againstEnvironment = Option(
    "against-environment", .flag,
    "Also run each handler in its whole environment: compare answers, list what only that has used")
  package static let record = Option(
    "record", .text("FILE"),
    "Write what only the whole environment's run has used into FILE, as settings to read and keep")
  package static let variable = Option(
    "env", .text("NAME=VALUE"), isRepeatable: true,
    "A variable that the handler sees; 'NAME' alone hands on the one that is set here")
  package static let network = Option(
    "network", .flag, "Let handlers use the network, which is otherwise kept from them")
  package static let timeout = Option(
    "timeout", .count("SECONDS"), "For each import and call together (default: 60)")
  package static let again = Option(
    "again", .flag, "Also judge archives that have passed before")
  package static let tree = Option(
    "tree", .text("DIR"), "The folder whose source files are the graph's")
  package static let template = Option(
    "template", .flag,
    "Also write the AWS SAM and CloudFormation templates, with archives for code, to .aws-sam/build"
  )
  package static let help = Option("help", short: "h", .flag, "Print this")
  package static let version = Option("version", short: "V", .flag, "Print the version")
}
