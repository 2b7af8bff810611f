extension Command {
  /// As `pare --version` prints it; also part of what the cache is keyed by.
  package static let toolVersion = "0.1.0"

  /// In the order in which `pare --help` lists them. Each command has a file of its own.
  package static let all: [Command] = [
    package, check, diff, report, list, why, advise, profile, verify, initialize, doctor, affected,
    imports, graph, sbom, cache, completions,
  ]
}
