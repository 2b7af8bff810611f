import Zip

/// What was measured of one monorepo.
struct Outcome {
  var cold: Row?
  var rewritten: Row?
  var warm: Row?
  var shared: Row?
  var handler: Row?
  var copy: Row?
  /// What is written has to be on the disk before it takes an archive's place.
  var durableCopy: Row?
  var durableCopyOfOne: Row?
  /// By the library that inflates: zlib, which every tool has, and the one that is used where it is
  /// there.
  var inflates: [Inflater.Library: Row] = [:]
  var inflatedBytes = 0
  var uv: Row?
  var pex3: Row?
  var peers: [Row] = []

  var rows: [Row] {
    [
      cold, rewritten, warm, shared, handler, copy, durableCopy, durableCopyOfOne,
      inflates[.zlib], inflates[.libdeflate],
    ].compactMap { $0 } + peers
  }
}

/// A figure and the bound that it is held to.
struct Check {
  let name: String
  let value: Double
  let bound: Double
  let unit: String
  /// Whether the figure has to reach the bound; otherwise it must not pass it.
  var isFloor = false

  var holds: Bool { isFloor ? value >= bound : value <= bound }
}

extension Outcome {
  /// The bounds that are fractions of other rows, at 20 functions, and those of a thousand against
  /// `hundred`.
  func checks(functions: Int, hundred: Outcome?) -> [Check] {
    guard let cold, let warm, let shared, let handler, let copy, let durableCopy,
      let durableCopyOfOne, let inflate = inflates[.zlib]
    else { return [] }
    var checks: [Check] = [
      Check(
        name: "cold ÷ (cp of the archives + zlib's inflate)",
        value: cold.wall / (copy.wall + inflate.wall), bound: 2.5, unit: "×")
    ]
    if let inflate = inflates[.libdeflate] {
      checks.append(
        Check(
          name: "cold ÷ (cp of the archives + libdeflate's inflate)",
          value: cold.wall / (copy.wall + inflate.wall), bound: 2.5, unit: "×"))
    }
    // Of other sizes of monorepo these are told for comparison only.
    if functions == 20 {
      checks += [
        Check(
          name: "one shared file touched − cp and sync of the archives",
          value: (shared.wall - durableCopy.wall) * 1000, bound: 150, unit: "ms"),
        Check(
          name: "one handler touched − cp and sync of its archive",
          value: (handler.wall - durableCopyOfOne.wall) * 1000, bound: 150, unit: "ms"),
        Check(name: "nothing changed", value: warm.wall * 1000, bound: 60, unit: "ms"),
      ]
    }
    if functions == 20, let uv {
      checks.append(
        Check(
          name: "uv + zip ÷ cold, per function", value: uv.perFunction / cold.perFunction,
          bound: 40, unit: "×", isFloor: true))
    }
    if functions == 20, let pex3 {
      checks.append(
        Check(
          name: "pex3 ÷ cold, per function", value: pex3.perFunction / cold.perFunction,
          bound: 40, unit: "×", isFloor: true))
    }
    if functions == 20 {
      checks.append(
        Check(
          name: "a cold Pants 2.17 (66 s, measured elsewhere) ÷ cold", value: 66 / cold.wall,
          bound: 100, unit: "×", isFloor: true))
      checks.append(
        Check(
          name: "a warm Pants daemon (1.0 s, measured elsewhere) ÷ nothing changed",
          value: 1 / warm.wall, bound: 15, unit: "×", isFloor: true))
    }
    if functions == 1000 {
      checks.append(
        Check(
          name: "peak memory, the largest of the rows", value: ownPeak / 1e6, bound: 400, unit: "MB"
        ))
      if let other = hundred?.cold {
        checks.append(
          Check(
            name: "cold per function ÷ that of 100 functions",
            value: cold.perFunction / other.perFunction, bound: 1, unit: "×"))
      }
    }
    return checks
  }

  private var ownPeak: Double {
    Double([cold, rewritten, warm, shared, handler].compactMap { $0?.peak }.max() ?? 0)
  }
}

extension Row {
  var perFunction: Double { wall / Double(max(1, functions)) }
}
