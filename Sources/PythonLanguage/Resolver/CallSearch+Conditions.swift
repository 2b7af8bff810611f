import Model

/// Whether what is executed only under a condition is.
extension CallSearch {
  /// Whether what a caller chooses by has been said, or nothing says which of a table is used.
  mutating func holds(_ condition: Int32, _ names: inout CallNames) -> Bool {
    guard condition >= 0 else { return true }
    let position = Int(condition)
    guard holds(graph.conditions[position].outer, &names) else { return false }
    if graph.conditions[position].kind == .instance {
      guard let classes = names.classes(of: position) else { return true }
      return classes.made.contains { isLive[$0] && !isBarred($0) }
        || classes.foreign.contains { !missing.distributions.contains($0) }
    }
    if holding[position] == 0 { holding[position] = decide(position, &names) ? 1 : 2 }
    return holding[position] == 1
  }

  /// Whether a condition, or one around it, asks for a library that is not there.
  mutating func lacksLibrary(_ condition: Int32, _ names: inout CallNames) -> Bool {
    var condition = condition
    while condition >= 0 {
      let row = graph.conditions[Int(condition)]
      if row.kind == .available || row.kind == .predicate, !holds(condition, &names) { return true }
      condition = row.outer
    }
    return false
  }

  /// Waits for the classes that `isinstance` asks for, around it.
  mutating func wait(_ condition: Int32, _ mention: Waiting, _ names: inout CallNames) {
    var condition = condition
    while condition >= 0 {
      if graph.conditions[Int(condition)].kind == .instance {
        for position in names.classes(of: Int(condition))?.made ?? [] where !isLive[position] {
          waiting[position, default: []].append(mention)
        }
      }
      condition = graph.conditions[Int(condition)].outer
    }
  }

  private func decide(_ condition: Int, _ names: inout CallNames) -> Bool {
    if isSaid(condition) { return true }
    let row = graph.conditions[condition]
    if row.kind == .predicate { return !isDenied(condition, &names) }
    guard row.kind == .key, !graph.groups[row.group].contains(where: { isSaid($0) }) else {
      return false
    }
    return names.isForced(row.group)
  }

  private func isSaid(_ condition: Int) -> Bool {
    let row = graph.conditions[condition]
    if row.kind == .available { return !graph.parts[row.words].contains { isMissing($0) } }
    return graph.parts[row.words].contains { word in
      switch row.kind {
      case .flag: return keywords.contains(word)
      case .key: return words.contains(word) || chosen.contains(word)
      case .instance, .available: return true
      case .predicate: return false
      case .literal:
        return words.contains(word) || chosen.contains(word) || beginnings.contains(word)
      }
    }
  }

  /// Whether a constant or a string is called for something that is not there: `HAS_PYARROW`, `"dask.array"`.
  private func isMissing(_ name: Name) -> Bool {
    guard !missing.words.isEmpty else { return false }
    let lower = graph.names.slice(name).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
    let parts = lower.split { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    return missing.words.contains { word in parts.contains { $0.elementsEqual(word) } }
  }

  /// Whether a predicate says no of everything that there is without what is missing:
  ///
  ///     def is_dask_collection(x):
  ///       return has_dask() and dask.is_dask_collection(x)
  private func isDenied(_ condition: Int, _ names: inout CallNames) -> Bool {
    guard !missing.words.isEmpty,
      let last = graph.parts[graph.conditions[condition].words].last, isMissing(last)
    else { return false }
    let definitions = names.predicates(of: condition)
    return !definitions.isEmpty && definitions.allSatisfy { asksForMissing($0) }
  }

  /// Whether a definition asks what class an object is of, or mentions what is missing or says that it is
  /// there. That it says a word is not enough: `path.suffix == "yaml"`.
  private func asksForMissing(_ position: CallGraph.Position) -> Bool {
    let row = graph.rows[position]
    let facts = graph.files[row.file].facts
    let imports = graph.files[row.file].definitions.bindings.contains { binding in
      row.firstLine <= binding.line && binding.line <= row.lastLine
        && missing.words.contains {
          facts.bytes(binding.module).prefix { $0 != UInt8(ascii: ".") }.elementsEqual($0)
        }
    }
    return imports
      || row.mentions.contains { mention in
        let mention = graph.mentions[mention]
        guard mention.form != .word else { return false }
        return graph.parts[mention.parts].contains { classes.contains($0) || isMissing($0) }
      }
  }

  /// Whether no object of a class can be made without what is missing:
  ///
  ///     def __init__(self, pyarrow_dtype):
  ///       if not HAS_PYARROW: raise ImportError("pyarrow is required")
  private func isBarred(_ position: CallGraph.Position) -> Bool {
    guard !missing.words.isEmpty else { return false }
    return (graph.children[position] ?? []).contains { member in
      construction.contains(graph.rows[member].name)
        && graph.mentions[graph.rows[member].mentions].contains { mention in
          (mention.form == .demand || mention.form == .missing)
            && graph.parts[mention.parts].last.map { isMissing($0) } == true
        }
    }
  }
}
