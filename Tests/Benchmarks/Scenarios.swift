import Foundation
import Zip

/// What is done to one monorepo, in turn.
struct Scenarios {
  let options: Options
  let monorepo: Monorepo

  private var output: String { monorepo.folder + "/dist" }
  private var cache: String { options.work + "/cache" }
  private var count: Int { monorepo.functionCount }
  private var runs: Int { count >= 1000 ? min(3, options.runs) : options.runs }
  private var package: [String] {
    [options.pare, "package", "-C", monorepo.folder, "--cache-dir", cache, "--quiet"]
  }

  private func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  private func append(_ line: String, to path: String) {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    try? (text + line + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// `pare` itself, and what it cannot do without: the copying of its archives and the first inflate.
  func own() throws -> Outcome {
    var outcome = Outcome()
    outcome.cold = measure(
      "pare package, cold (no cache)", runs: runs, functions: count, writes: output,
      prepare: {
        remove(cache)
        remove(output)
        remove(monorepo.folder + "/.pare")
      }, { run(package, in: monorepo.folder) })
    outcome.rewritten = measure(
      "pare package, archives deleted, cache kept", runs: runs, functions: count, writes: output,
      prepare: {
        remove(output)
        remove(monorepo.folder + "/.pare")
      }, { run(package, in: monorepo.folder) })
    // What changed within the last 20 ms is looked at once more by the next run.
    _ = run(package, in: monorepo.folder)
    outcome.warm = measure(
      "pare package, nothing changed", runs: options.runs, functions: count, writes: nil,
      { run(package, in: monorepo.folder) })
    var generation = 0
    outcome.shared = measure(
      "pare package, one shared file touched: all archives", runs: runs, functions: count,
      writes: output,
      prepare: {
        generation += 1
        append("# \(generation)", to: monorepo.touchedFile)
      }, { run(package, in: monorepo.folder) })
    let name = monorepo.functionName(0)
    outcome.handler = measure(
      "pare package, one handler touched: one archive", runs: options.runs, functions: count,
      writes: output + "/\(name).zip",
      prepare: {
        generation += 1
        append("# \(generation)", to: monorepo.folder + "/functions/\(name)/app.py")
      }, { run(package, in: monorepo.folder) })
    let copies = options.work + "/copies"
    outcome.copy = measure(
      "cp of the archives", runs: runs, writes: copies, prepare: { remove(copies) },
      { run(["cp", "-r", output, copies], in: monorepo.folder) })
    outcome.durableCopy = measure(
      "cp of the archives, then sync of each", runs: runs, writes: copies,
      prepare: { remove(copies) },
      {
        run(["sh", "-c", "cp -r \(output) \(copies) && sync \(copies)/*"], in: monorepo.folder)
      })
    remove(copies)
    outcome.durableCopyOfOne = measure(
      "cp of that one archive, then sync", runs: options.runs, writes: copies,
      prepare: { remove(copies) },
      {
        run(
          ["sh", "-c", "cp \(output)/\(name).zip \(copies) && sync \(copies)"], in: monorepo.folder)
      })
    remove(copies)
    let list = options.work + "/members"
    outcome.inflatedBytes = try writeInflateList(
      archives: output, wheels: options.wheels, to: list)
    let megabytes = outcome.inflatedBytes / 1_000_000
    for library in Inflater.Library.allCases {
      if Inflater(library) == nil { continue }
      outcome.inflates[library] = measure(
        "\(library): each member that they hold inflated once, \(megabytes) MB",
        runs: options.runs, writes: nil,
        { run([options.own, "--inflate", "\(library)", list], in: monorepo.folder) })
    }
    return outcome
  }

  /// The same functions by other means; each is given just the requirements that the function names.
  /// Of more than twenty, every n-th.
  func peers(_ outcome: inout Outcome) {
    let trees = options.work + "/trees"
    let zips = options.work + "/zips"
    let step = max(1, count / 20)
    let names = stride(from: 0, to: count, by: step).prefix(20).map(monorepo.functionName)
    let sample = names.count == count ? "" : ", \(names.count) of them"
    func shell(_ script: String) -> Sample { run(["bash", "-ec", script], in: monorepo.folder) }
    let list = names.joined(separator: " ")

    remove(trees)
    _ = shell(
      "for f in \(list); do mkdir -p \(trees)/$f; unzip -q \(output)/$f.zip -d \(trees)/$f; done")
    outcome.peers.append(
      measure(
        "zip -6 of the same trees\(sample)", runs: options.peerRuns, functions: names.count,
        writes: zips, prepare: { remove(zips) }
      ) {
        shell(
          "mkdir -p \(zips); for f in \(list); do (cd \(trees)/$f; zip -q -6 -r \(zips)/$f.zip .); done"
        )
      })
    if let uv = options.uv {
      let row = measure(
        "uv pip install --target, then zip -6\(sample)", runs: options.peerRuns,
        functions: names.count, writes: zips,
        prepare: {
          remove(trees)
          remove(zips)
        }
      ) {
        shell(
          """
          mkdir -p \(zips)
          for f in \(list); do
            \(uv) pip install -q --offline --no-index --find-links \(options.wheels) --python-version 3.12 \
              --python-platform x86_64-manylinux_2_34 --only-binary :all: \
              --target \(trees)/$f -r functions/$f/requirements.txt
            cp -r functions/$f/app.py src/shared \(trees)/$f
            (cd \(trees)/$f; zip -q -6 -r \(zips)/$f.zip .)
          done
          """)
      }
      outcome.uv = row
      outcome.peers.append(row)
    }
    if let pex3 = options.pex3 {
      let create =
        "\(pex3) venv create --pex-root \(options.work)/pex --pip-version 24.3.1 --python \(options.python)"
      // Its own pip comes from PyPI, once; that is not measured.
      _ = shell("\(create) --layout flat -d \(options.work)/pex-first idna")
      let row = measure(
        "pex3 venv create --layout flat-zipped\(sample)", runs: 1, functions: names.count,
        writes: zips, prepare: { remove(zips) }
      ) {
        shell(
          """
          mkdir -p \(zips)
          for f in \(list); do
            \(create) --layout flat-zipped -d \(zips)/$f --no-pypi -f \(options.wheels) \
              -r functions/$f/requirements.txt
            rm -rf \(zips)/$f
            (cd functions/$f; zip -q -6 \(zips)/$f.zip app.py)
            (cd src; zip -q -6 -r \(zips)/$f.zip shared)
          done
          """)
      }
      outcome.pex3 = row
      outcome.peers.append(row)
      remove(options.work + "/pex")
      remove(options.work + "/pex-first")
    }
    remove(trees)
    remove(zips)
  }
}

func graphRows(_ tree: String, _ options: Options) -> (pare: Row, ruff: Row?) {
  let pare = measure("pare graph --tree", runs: options.runs, writes: nil) {
    run([options.pare, "graph", "--tree", tree, "--format", "json"], in: tree)
  }
  let ruff = options.ruff.map { ruff in
    measure("ruff analyze graph", runs: options.runs, writes: nil) {
      run([ruff, "analyze", "graph", "-q", "."], in: tree)
    }
  }
  return (pare, ruff)
}
