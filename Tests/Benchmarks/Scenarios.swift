import Foundation

/// What is done to one monorepo, in turn.
struct Scenarios {
  let options: Options
  let monorepo: Monorepo

  private var output: String { monorepo.folder + "/dist" }
  private var cache: String { options.work + "/cache" }
  private var package: [String] {
    [options.pare, "package", "-C", monorepo.folder, "--cache-dir", cache, "--quiet"]
  }

  private func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  func own() -> [Row] {
    let cold = measure(
      "pare package, cold (no cache)", runs: options.runs, writes: output,
      prepare: {
        remove(cache)
        remove(output)
        remove(monorepo.folder + "/.pare")
      }, { run(package, in: monorepo.folder) })
    let rewritten = measure(
      "pare package, archives deleted, cache kept", runs: options.runs, writes: output,
      prepare: {
        remove(output)
        remove(monorepo.folder + "/.pare")
      }, { run(package, in: monorepo.folder) })
    let warm = measure(
      "pare package, nothing changed", runs: options.runs, writes: nil,
      { run(package, in: monorepo.folder) })
    var generation = 0
    let touched = measure(
      "pare package, one shared file touched", runs: options.runs, writes: nil,
      prepare: {
        generation += 1
        let text = (try? String(contentsOfFile: monorepo.touchedFile, encoding: .utf8)) ?? ""
        try? (text + "# \(generation)\n").write(
          toFile: monorepo.touchedFile, atomically: true, encoding: .utf8)
      }, { run(package, in: monorepo.folder) })
    var touchedOne = 0
    let own = monorepo.folder + "/functions/" + monorepo.functionName(0) + "/app.py"
    let single = measure(
      "pare package, one handler touched", runs: options.runs, writes: nil,
      prepare: {
        touchedOne += 1
        let text = (try? String(contentsOfFile: own, encoding: .utf8)) ?? ""
        try? (text + "# \(touchedOne)\n").write(toFile: own, atomically: true, encoding: .utf8)
      }, { run(package, in: monorepo.folder) })
    let copies = options.work + "/copies"
    let copy = measure(
      "cp of the archives", runs: options.runs, writes: copies, prepare: { remove(copies) },
      { run(["cp", "-r", output, copies], in: monorepo.folder) })
    remove(copies)
    return [cold, rewritten, warm, touched, single, copy]
  }

  /// The same functions by other means; each is given just the requirements that the function names.
  func peers() -> [Row] {
    var rows: [Row] = []
    let trees = options.work + "/trees"
    let zips = options.work + "/zips"
    let names = (0..<monorepo.functionCount).map(monorepo.functionName)
    func shell(_ script: String) -> Sample { run(["bash", "-ec", script], in: monorepo.folder) }
    let list = names.joined(separator: " ")

    remove(trees)
    _ = shell(
      "for f in \(list); do mkdir -p \(trees)/$f; unzip -q \(output)/$f.zip -d \(trees)/$f; done")
    rows.append(
      measure(
        "zip -6 of the same trees", runs: options.runs, writes: zips, prepare: { remove(zips) }
      ) {
        shell(
          "mkdir -p \(zips); for f in \(list); do (cd \(trees)/$f; zip -q -6 -r \(zips)/$f.zip .); done"
        )
      })
    if let uv = options.uv {
      rows.append(
        measure(
          "uv pip install --target, then zip -6, per function", runs: options.runs, writes: zips,
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
        })
    }
    if let pex3 = options.pex3 {
      rows.append(
        measure(
          "pex3 venv create --layout flat-zipped, per function", runs: 1, writes: zips,
          prepare: { remove(zips) }
        ) {
          shell(
            """
            mkdir -p \(zips)
            for f in \(list); do
              \(pex3) venv create --layout flat-zipped -d \(zips)/$f --no-pypi -f \(options.wheels) \
                --python python3.12 -D src -D functions/$f -r functions/$f/requirements.txt
            done
            """)
        })
    }
    remove(trees)
    remove(zips)
    return rows
  }
}

func graphRows(_ tree: String, _ options: Options) -> [Row] {
  var rows = [
    measure("pare graph --tree", runs: options.runs, writes: nil) {
      run([options.pare, "graph", "--tree", tree, "--format", "json"], in: tree)
    }
  ]
  if let ruff = options.ruff {
    rows.append(
      measure("ruff analyze graph", runs: options.runs, writes: nil) {
        run([ruff, "analyze", "graph", "-q", "."], in: tree)
      })
  }
  return rows
}

func printTable(_ title: String, _ rows: [Row]) {
  var lines = ["", "### \(title)", ""]
  lines.append(
    "| | wall (s) | CPU (s) | peak memory (MB) | bytes written (MB) | times the first row |")
  lines.append("|---|---:|---:|---:|---:|---:|")
  func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
  for row in rows {
    lines.append(
      "| \(row.name) | \(decimal(row.wall, 3)) | \(decimal(row.cpu, 3)) | \(decimal(Double(row.peak) / 1e6, 0))"
        + " | \(row.bytesWritten == 0 ? "" : decimal(Double(row.bytesWritten) / 1e6, 1))"
        + " | \(decimal(row.wall / rows[0].wall, 2)) |")
  }
  // Unbuffered, so that a long run shows what it has.
  FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
}
