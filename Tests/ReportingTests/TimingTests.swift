import Model
import Reporting
import Testing

private let timings = [
  Timing(stage: "discover", start: 0, duration: 4_000_000),
  Timing(
    stage: "trace", start: 4_000_000, duration: 100_000_000, files: 1204, bytes: 18_200_000,
    cacheHits: 3),
]

@Test func `timings are a table with a sum`() {
  #expect(
    timingText(timings) == """
      stage       time  files    bytes     speed  from cache
      discover  4.0 ms
      trace     100 ms  1,204  18.2 MB  182 MB/s           3
      together  104 ms

      """)
}

@Test func `a stage that comes several times is one line`() {
  let text = timingText(timings + [Timing(stage: "discover", start: 0, duration: 5_000_000)])
  #expect(text.contains("discover  9.0 ms\n"))
  #expect(text.split(separator: "\n").count == 4)
}

@Test func `trace events are in microseconds`() {
  let collected = Collected()
  writeTraceEvents(timings) { collected.add($0) }
  #expect(collected.text.contains("\"ts\": 4000.000000"))
  #expect(collected.text.contains("\"dur\": 100000.000000"))
  #expect(collected.text.contains("\"cacheHits\": 3"))
}
