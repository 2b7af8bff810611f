import Model

/// A name or a dotted name, as its position in a `NameTable`.
typealias Name = UInt32

/// Interned byte strings: path components, and the dotted names of imports.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  private var hashes: [UInt32] = []
  /// Open addressing over a power of two; 0 is free, else a name plus one.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)

  var count: Int { ends.count }

  func range(_ name: Name) -> Range<Int> {
    Int(name == 0 ? 0 : ends[Int(name) - 1])..<Int(ends[Int(name)])
  }

  func slice(_ name: Name) -> ArraySlice<UInt8> { bytes[range(name)] }

  /// Whether a text ends with a name.
  func ends(_ text: ArraySlice<UInt8>, with name: Name) -> Bool {
    let range = range(name)
    guard range.count <= text.count else { return false }
    var (end, position) = (range.upperBound, text.endIndex)
    while end > range.lowerBound {
      end -= 1
      position -= 1
      if bytes[end] != text[position] { return false }
    }
    return true
  }

  func string(_ name: Name) -> String { String(decoding: slice(name), as: UTF8.self) }

  /// The bytes of a dotted name without its last components, and `rest` behind them; nil where it has
  /// no more components than are dropped. A copy: a slice that lives on while a name is interned would
  /// make the whole table be copied.
  func joined(_ base: Name, dropping count: Int, _ rest: ArraySlice<UInt8>) -> [UInt8]? {
    let range = range(base)
    var end = range.upperBound
    for _ in 0..<count {
      repeat {
        end -= 1
        if end < range.lowerBound { return nil }
      } while bytes[end] != UInt8(ascii: ".")
    }
    var result = Array(bytes[range.lowerBound..<end])
    if !rest.isEmpty {
      result.append(UInt8(ascii: "."))
      result += rest
    }
    return result
  }

  /// The first component of a dotted name, as bytes of its own.
  func first(of dotted: Name) -> [UInt8] {
    Array(slice(dotted).prefix { $0 != UInt8(ascii: ".") })
  }

  /// FNV-1a: names are short.
  private static func hash(_ text: Span<UInt8>) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for index in text.indices { hash = (hash ^ UInt32(text[index])) &* 16_777_619 }
    return hash ^ (hash >> 15)
  }

  private func position(of text: Span<UInt8>, hash: UInt32) -> (slot: Int, name: Name?) {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let name = slots[slot] - 1
      if hashes[Int(name)] == hash {
        let own = range(name)
        if own.count == text.count {
          var index = 0
          while index < text.count, bytes[own.lowerBound + index] == text[index] { index += 1 }
          if index == text.count { return (slot, name) }
        }
      }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  func find(_ text: Span<UInt8>) -> Name? { position(of: text, hash: Self.hash(text)).name }

  mutating func intern(_ text: Span<UInt8>) -> Name {
    let hash = Self.hash(text)
    let (slot, found) = position(of: text, hash: hash)
    if let found { return found }
    for index in text.indices { bytes.append(text[index]) }
    ends.append(UInt32(bytes.count))
    hashes.append(hash)
    slots[slot] = UInt32(ends.count)
    if ends.count * 2 > slots.count { grow() }
    return UInt32(ends.count - 1)
  }

  mutating func intern(_ string: String) -> Name { intern(Array(string.utf8).span) }

  func find(_ string: String) -> Name? { find(Array(string.utf8).span) }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for name in ends.indices {
      var slot = Int(hashes[name]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(name) + 1
    }
  }
}

/// A map from two integers to one, by open addressing: what a folder or package calls by a name.
struct PairTable: Sendable {
  /// 0 is free, so keys are stored plus one.
  private var keys: [UInt64] = Array(repeating: 0, count: 1 << 8)
  private var values: [Int32] = Array(repeating: 0, count: 1 << 8)
  private var count = 0

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 29)
  }

  subscript(first: Int32, second: Name) -> Int32? {
    get {
      let key = (UInt64(UInt32(bitPattern: first)) << 32 | UInt64(second)) &+ 1
      let mask = keys.count - 1
      var slot = Self.hash(key) & mask
      while keys[slot] != 0 {
        if keys[slot] == key { return values[slot] == .min ? nil : values[slot] }
        slot = (slot + 1) & mask
      }
      return nil
    }
    set {
      guard let newValue else { preconditionFailure("A PairTable forgets nothing") }
      let key = (UInt64(UInt32(bitPattern: first)) << 32 | UInt64(second)) &+ 1
      insert(key, newValue)
    }
  }

  /// Forgets which names `first` was found not to have.
  mutating func removeMissing(of first: Int32) {
    // The key stays, as a value that says "not looked for"; lookups treat it as absent.
    for slot in keys.indices
    where keys[slot] != 0 && values[slot] == -1
      && UInt32(truncatingIfNeeded: (keys[slot] &- 1) >> 32) == UInt32(bitPattern: first)
    {
      values[slot] = .min
    }
  }

  private mutating func insert(_ key: UInt64, _ value: Int32) {
    let mask = keys.count - 1
    var slot = Self.hash(key) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    if keys[slot] == 0 { count += 1 }
    keys[slot] = key
    values[slot] = value
    guard count * 2 > keys.count else { return }
    let (oldKeys, oldValues) = (keys, values)
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    values = Array(repeating: 0, count: oldKeys.count * 2)
    count = 0
    for index in oldKeys.indices where oldKeys[index] != 0 {
      insert(oldKeys[index], oldValues[index])
    }
  }
}
