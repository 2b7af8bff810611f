// Measures `pare` on a generated monorepo against the cost of copying its archives and against the
// tools that can be had from PyPI, and prints a Markdown table. See README.md beside this file.
import Foundation

struct Options {
  var pare = ".build/release/pare"
  var wheels = ""
  var work = NSTemporaryDirectory() + "/pare-benchmarks"
  var functions = [1, 20, 100, 1000]
  var modules = 400
  /// Of what is fast; a thousand functions are packaged three times.
  var runs = 5
  /// Of other tools, which take half a minute each.
  var peerRuns = 1
  var peersAt = [1, 20, 100, 1000]
  var tree: String?
  var uv: String?
  var pex3: String?
  var ruff: String?
  /// A Python 3.12, for pex3.
  var python = "python3.12"

  /// This program.
  let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
}

func readOptions() -> Options {
  var options = Options()
  var words = CommandLine.arguments.dropFirst()
  while let word = words.popFirst() {
    guard let value = words.popFirst() else { fail("\(word) needs a value") }
    switch word {
    case "--pare": options.pare = value
    case "--wheels": options.wheels = value
    case "--work": options.work = value
    case "--functions": options.functions = value.split(separator: ",").compactMap { Int($0) }
    case "--modules": options.modules = Int(value) ?? options.modules
    case "--runs": options.runs = Int(value) ?? options.runs
    case "--peer-runs": options.peerRuns = Int(value) ?? options.peerRuns
    case "--peers-at": options.peersAt = value.split(separator: ",").compactMap { Int($0) }
    case "--python": options.python = value
    case "--tree": options.tree = value
    case "--uv": options.uv = value
    case "--pex3": options.pex3 = value
    case "--ruff": options.ruff = value
    default: fail("unknown option \(word)")
    }
  }
  options.pare = URL(fileURLWithPath: options.pare).path
  return options
}

if CommandLine.arguments.count == 4, CommandLine.arguments[1] == "--inflate" {
  try inflate(
    list: CommandLine.arguments[3],
    with: CommandLine.arguments[2] == "libdeflate" ? .libdeflate : .zlib)
  exit(0)
}

var options = readOptions()
try FileManager.default.createDirectory(atPath: options.work, withIntermediateDirectories: true)

if !options.wheels.isEmpty {
  options.wheels = URL(fileURLWithPath: options.wheels).path
  var hundred: Outcome?
  for count in options.functions {
    let monorepo = Monorepo(
      folder: "\(options.work)/monorepo-\(count)", functionCount: count,
      moduleCount: options.modules, seed: 20_241_101)
    try monorepo.write(wheels: options.wheels)
    let scenarios = Scenarios(options: options, monorepo: monorepo)
    var outcome = try scenarios.own()
    if options.peersAt.contains(count) { scenarios.peers(&outcome) }
    if count == 100 { hundred = outcome }
    printTable(
      "\(count) function\(count == 1 ? "" : "s")", outcome.rows,
      outcome.checks(functions: count, hundred: hundred))
    try? FileManager.default.removeItem(atPath: monorepo.folder)
    try? FileManager.default.removeItem(atPath: options.work + "/cache")
  }
}
if let tree = options.tree {
  let (pare, ruff) = graphRows(tree, options)
  printTable(
    "Import graph of \(tree)", [pare, ruff].compactMap { $0 },
    ruff.map {
      [Check(name: "ruff ÷ pare", value: $0.wall / pare.wall, bound: 6, unit: "×", isFloor: true)]
    } ?? [])
}
let version = measure("pare --version", runs: max(options.runs, 11), writes: nil) {
  run([options.pare, "--version"], in: "/")
}
printTable(
  "Start-up", [version],
  [Check(name: "pare --version", value: version.wall * 1000, bound: 15, unit: "ms")])
