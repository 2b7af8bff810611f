import Model
import Text

/// What a wheel's file name says (PEP 427):
/// `numpy-2.1.0-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`.
struct WheelName: Hashable, Sendable {
  /// Normalised as PEP 503 says.
  let distribution: String
  let version: String
  /// Digits in front of the build tag; 0 without one.
  let build: Int
  let pythons: [Substring]
  let abis: [Substring]
  let platforms: [Substring]

  /// Nil for names that are no wheel's.
  init?(file: String) {
    guard file.hasSuffix(".whl") else { return nil }
    let parts = file.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5 || parts.count == 6, parts.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    distribution = normalisedName(parts[0])
    version = String(parts[1])
    build = parts.count == 6 ? Int(parts[2].prefix { $0.isNumber }) ?? 0 : 0
    let tail = parts.suffix(3).map { $0.split(separator: ".") }
    (pythons, abis, platforms) = (tail[0], tail[1], tail[2])
  }

  var tags: String {
    [pythons, abis, platforms].map { $0.joined(separator: ".") }.joined(separator: "-")
  }
}

/// What a target's interpreter takes: CPython of one version on Linux with glibc (PEP 425, 600).
struct WheelPlatform: Hashable, Sendable {
  let runtime: Runtime
  let architecture: Architecture
  /// The minor version of glibc 2 that the provider's system has.
  let glibcMinor: Int

  init(runtime: Runtime, architecture: Architecture) {
    self.runtime = runtime
    self.architecture = architecture
    glibcMinor = Providers.glibcMinor(of: runtime)
  }

  init(_ target: Target) {
    self.init(runtime: target.runtime, architecture: target.architecture)
  }

  private init(_ runtime: Runtime, _ architecture: Architecture, glibcMinor: Int) {
    self.runtime = runtime
    self.architecture = architecture
    self.glibcMinor = glibcMinor
  }

  /// The same with the newest glibc that there could be.
  var ofAnyGlibc: WheelPlatform { WheelPlatform(runtime, architecture, glibcMinor: .max - 10) }

  private var machine: String { architecture == .arm64 ? "aarch64" : "x86_64" }

  /// As a person would say it.
  var description: String {
    "Python \(runtime.major).\(runtime.minor) on Linux \(architecture.rawValue)"
  }

  /// How well a wheel fits; greater is better, nil where it does not fit. As pip orders them: made
  /// for this version before the stable ABI before pure Python; within that, newer systems first.
  func rank(_ name: WheelName) -> Rank? {
    rank(pythons: name.pythons, abis: name.abis, platforms: name.platforms)
  }

  /// One tag as `WHEEL` lists it: `cp312-cp312-manylinux_2_17_x86_64`.
  func accepts(tag: String) -> Bool {
    let parts = tag.split(separator: "-").map { $0.split(separator: ".") }
    guard parts.count == 3 else { return false }
    return rank(pythons: parts[0], abis: parts[1], platforms: parts[2]) != nil
  }

  struct Rank: Hashable, Comparable {
    let abi: Int
    let python: Int
    let platform: Int

    static func < (a: Self, b: Self) -> Bool {
      (a.abi, a.python, a.platform) < (b.abi, b.python, b.platform)
    }
  }

  private func rank(pythons: [Substring], abis: [Substring], platforms: [Substring]) -> Rank? {
    var best: Rank?
    for platform in platforms {
      guard let platformRank = rank(platform: platform) else { continue }
      for python in pythons {
        for abi in abis {
          guard let (abiRank, version) = rank(python: python, abi: abi) else { continue }
          let rank = Rank(abi: abiRank, python: version, platform: platformRank)
          if best.map({ $0 < rank }) ?? true { best = rank }
        }
      }
    }
    return best
  }

  private func rank(python: Substring, abi: Substring) -> (abi: Int, python: Int)? {
    guard let digit = python.firstIndex(where: \.isNumber) else { return nil }
    let digits = python[digit...]
    guard let major = Int(digits.prefix(1)), major == runtime.major else { return nil }
    let minor = digits.count > 1 ? Int(digits.dropFirst()) : nil
    if digits.count > 1, minor == nil { return nil }
    switch python[..<digit] {
    case "cp":
      if abi == "cp\(runtime.major)\(runtime.minor)" || abi == "cp\(runtime.major)\(runtime.minor)m"
      {
        return minor == runtime.minor ? (4, runtime.minor) : nil
      }
      guard (minor ?? 0) <= runtime.minor else { return nil }
      if abi == "abi3" { return (3, minor ?? 0) }
      // `cp312-none`: no ABI, but this version's syntax.
      return abi == "none" && minor ?? runtime.minor == runtime.minor ? (2, minor ?? 0) : nil
    case "py": return abi == "none" && (minor ?? 0) <= runtime.minor ? (1, minor ?? 0) : nil
    default: return nil
    }
  }

  private func rank(platform: Substring) -> Int? {
    if platform == "any" { return 0 }
    guard platform.hasSuffix("_\(machine)") else { return nil }
    let system = platform.dropLast(machine.count + 1)
    switch system {
    case "linux": return 1
    case "manylinux1": return architecture == .x86_64 ? rank(glibc: 5) : nil
    case "manylinux2010": return architecture == .x86_64 ? rank(glibc: 12) : nil
    case "manylinux2014": return rank(glibc: 17)
    default:
      guard system.hasPrefix("manylinux_2_"), let minor = Int(system.dropFirst(12)) else {
        return nil
      }
      return rank(glibc: minor)
    }
  }

  private func rank(glibc minor: Int) -> Int? { minor <= glibcMinor ? 10 + minor : nil }
}

/// A version as PEP 440 orders them, as far as folders of wheels need it: release numbers, then
/// `dev` before pre-releases before the release before `post`.
struct ReleaseVersion: Comparable {
  private let numbers: [Int]

  init(_ text: String) {
    let lowered = Array(text.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
    var rest = lowered[...]
    var epoch = 0
    if let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
      epoch = Self.number(&rest)
      rest = rest[(mark + 1)...]
    }
    var release: [Int] = []
    while rest.first.map({ $0 >= 0x30 && $0 <= 0x39 }) ?? false {
      release.append(Self.number(&rest))
      guard rest.first == UInt8(ascii: "."), rest.dropFirst().first.map({ $0 < 0x3A }) ?? false
      else { break }
      rest.removeFirst()
    }
    release += Array(repeating: 0, count: max(0, 6 - release.count))
    // pre-release kind and number, post, dev: absent ones sort as PEP 440 wants.
    var pre = (kind: 9, number: 0)
    var post = -1
    var dev = Int.max
    while !rest.isEmpty, rest.first != UInt8(ascii: "+") {
      let word = String(decoding: rest.prefix { $0 >= 0x61 && $0 <= 0x7A }, as: UTF8.self)
      rest = rest.dropFirst(max(1, word.utf8.count))
      let number = Self.number(&rest)
      switch word {
      case "a", "alpha": pre = (1, number)
      case "b", "beta": pre = (2, number)
      case "rc", "c", "pre", "preview": pre = (3, number)
      case "post", "rev", "r": post = number
      case "dev":
        dev = number
        if pre.kind == 9, post < 0 { pre = (0, 0) }
      default: break
      }
    }
    numbers = [epoch] + release + [pre.kind, pre.number, post, dev]
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) -> Int {
    var value = 0
    while let byte = rest.first, byte >= 0x30, byte <= 0x39 {
      value = min(value, 1 << 50) * 10 + Int(byte - 0x30)
      rest.removeFirst()
    }
    return value
  }

  static func < (a: Self, b: Self) -> Bool { a.numbers.lexicographicallyPrecedes(b.numbers) }
}
