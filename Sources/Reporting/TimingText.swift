package import Model

/// `--timings`: one line for each stage, however often it came, and how long the run was.
///
///     stage       time   files     bytes      speed   from cache
///     trace    0.12 s   1,204   18.2 MB   152 MB/s            -
package func timingText(_ timings: [Timing], style: Style = .plain) -> String {
  var rows = [["stage", "time", "files", "bytes", "speed", "from cache"]]
  for timing in byStage(timings) {
    let seconds = Double(timing.duration) / 1e9
    rows.append([
      timing.stage, milliseconds(timing.duration),
      timing.files > 0 ? grouped(timing.files) : "",
      timing.bytes > 0 ? formatted(bytes: timing.bytes) : "",
      timing.bytes > 0 && seconds > 0
        ? formatted(bytes: Int(Double(timing.bytes) / seconds)) + "/s" : "",
      timing.cacheHits.map(grouped) ?? "",
    ])
  }
  let end = timings.map { $0.start + $0.duration }.max() ?? 0
  rows.append(["together", milliseconds(end), "", "", "", ""])
  return alignedText(rows, rightFrom: 1, style: style)
}

/// Stages of one name added up, in the order in which they first came.
private func byStage(_ timings: [Timing]) -> [Timing] {
  var sums: [Timing] = []
  for timing in timings {
    guard let index = sums.firstIndex(where: { $0.stage == timing.stage }) else {
      sums.append(timing)
      continue
    }
    let sum = sums[index]
    sums[index] = Timing(
      stage: sum.stage, start: sum.start, duration: sum.duration + timing.duration,
      files: sum.files + timing.files, bytes: sum.bytes + timing.bytes,
      cacheHits: timing.cacheHits.map { $0 + (sum.cacheHits ?? 0) } ?? sum.cacheHits)
  }
  return sums
}

private func milliseconds(_ nanoseconds: Int64) -> String {
  let value = Double(nanoseconds) / 1e6
  return decimal(value, places: value < 9.95 ? 1 : 0) + " ms"
}

/// `--trace-events`: the Trace Event Format of Chrome's `about:tracing` and of ui.perfetto.dev
/// ("complete" events, times in microseconds).
package func writeTraceEvents(_ timings: [Timing], sink: @escaping ([UInt8]) -> Void) {
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.array("traceEvents") { json in
      for timing in timings {
        json.object { json in
          json.field("name", timing.stage)
          json.field("ph", "X")
          json.field("ts", Double(timing.start) / 1000)
          json.field("dur", Double(timing.duration) / 1000)
          json.field("pid", 1)
          json.field("tid", 1)
          json.object("args") { json in
            json.field("files", timing.files)
            json.field("bytes", timing.bytes)
            if let hits = timing.cacheHits { json.field("cacheHits", hits) }
          }
        }
      }
    }
    json.field("displayTimeUnit", "ms")
  }
  json.endLine()
}
