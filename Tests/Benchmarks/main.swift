// Measures `pare` on a generated monorepo against the cost of copying its archives and against the
// tools that can be had from PyPI, and prints a Markdown table. See README.md beside this file.
import Foundation

struct Options {
  var pare = ".build/release/pare"
  var wheels = ""
  var work = NSTemporaryDirectory() + "/pare-benchmarks"
  var functions = [1, 20, 100, 1000]
  var modules = 400
  var runs = 5
  var peersAt = 20
  var tree: String?
  var uv: String?
  var pex3: String?
  var ruff: String?
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
    case "--peers-at": options.peersAt = Int(value) ?? options.peersAt
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

let options = readOptions()
try FileManager.default.createDirectory(atPath: options.work, withIntermediateDirectories: true)

if !options.wheels.isEmpty {
  for count in options.functions {
    let monorepo = Monorepo(
      folder: "\(options.work)/monorepo-\(count)", functionCount: count,
      moduleCount: options.modules, seed: 20_241_101)
    try monorepo.write(wheels: URL(fileURLWithPath: options.wheels).path)
    let scenarios = Scenarios(options: options, monorepo: monorepo)
    var rows = scenarios.own()
    if count == options.peersAt { rows += scenarios.peers() }
    printTable("\(count) function\(count == 1 ? "" : "s")", rows)
    try? FileManager.default.removeItem(atPath: monorepo.folder)
  }
}
if let tree = options.tree { printTable("Import graph of \(tree)", graphRows(tree, options)) }
printTable(
  "Start-up",
  [
    measure("pare --version", runs: max(options.runs, 11), writes: nil) {
      run([options.pare, "--version"], in: "/")
    }
  ])
