import Files

// An endless row of damaged inputs for the readers of hostile bytes, in one process.
//
//     swift run -c release Fuzz [--seconds 20] [--seed 1] [--from 0] [--only zip] [FOLDER …]
//
// What they are made from lies in `Samples`, and in the folders that are named. A reader may refuse
// anything; it may not crash, and not take longer than a bound that grows with the input. The number of
// each thousandth input stands in the file `--trace` before it is read, so that a crash can be repeated with
// `--from`.

let options = FuzzOptions(Array(CommandLine.arguments.dropFirst()))
let samples = Samples(folders: options.folders)
var tally = Tally()
let began = System.monotonicClock()
var number = options.first
let readers = Reader.allCases
let only = options.only.flatMap { readers.firstIndex(of: $0) }
while System.monotonicClock() - began < options.seconds * 1_000_000_000 {
  if let trace = options.trace { try FileSystem.write(Array("\(number)\n".utf8), to: trace) }
  for _ in 0..<1_000 {
    // Each input depends on the seed and its number alone.
    var random = SplitMix(state: options.seed &* 0x9e37_79b9_7f4a_7c15 &+ number)
    let reader = only ?? random.below(readers.count)
    let input = samples.damaged(for: readers[reader], &random)
    let start = System.monotonicClock()
    let isAccepted = readers[reader].read(input)
    let time = System.monotonicClock() - start
    tally.add(reader, isAccepted: isAccepted, bytes: input.count, nanoseconds: time)
    if time > 2_000_000_000 + Int64(input.count) * 20_000 {
      tally.complain(
        "input \(number) for \(readers[reader].rawValue): \(time / 1_000_000) ms for "
          + "\(input.count) bytes")
    }
    number += 1
  }
}
StandardStream.output.write(Array(tally.text(from: options.first, to: number).utf8))
System.exit(tally.complaints.isEmpty ? 0 : 1)
