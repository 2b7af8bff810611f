import Model
import Zip

// What a file defines and mentions, as the facts' cache has it: counts, then one array after the other.

extension [UInt8] {
  mutating func append(definitions: Definitions) {
    append(number32: UInt32(definitions.definitions.count))
    for row in definitions.definitions {
      append(number32: UInt32(row.kind.rawValue))
      append(range: row.name)
      append(number32: UInt32(bitPattern: row.parent))
      append(number32: row.firstLine)
      append(number32: row.lastLine)
    }
    append(number32: UInt32(definitions.mentions.count))
    for row in definitions.mentions {
      append(number32: UInt32(row.form.rawValue))
      append(number32: row.owner)
      append(number32: UInt32(bitPattern: row.condition))
      append(range: row.text)
      append(number32: row.line)
    }
    append(number32: UInt32(definitions.conditions.count))
    for row in definitions.conditions {
      append(number32: UInt32(row.kind.rawValue))
      append(number32: row.group)
      append(number32: row.words.lowerBound)
      append(number32: row.words.upperBound)
    }
    append(number32: UInt32(definitions.bindings.count))
    for row in definitions.bindings {
      append(range: row.name)
      append(number32: row.level)
      append(range: row.module)
      append(range: row.member)
      append(number32: row.line)
    }
  }
}

extension FactsReader {
  /// Nil where something is not as it was written.
  mutating func definitions() -> Definitions? {
    var found = Definitions()
    for _ in 0..<number() {
      guard !isPastEnd, let kind = Definitions.Kind(rawValue: UInt8(truncatingIfNeeded: number()))
      else { return nil }
      let name = range()
      let parent = Int32(bitPattern: number())
      let first = number()
      found.definitions.append(
        Definitions.Definition(
          kind, name: name, parent: parent, firstLine: first, lastLine: number()))
    }
    for _ in 0..<number() {
      guard !isPastEnd, let form = Definitions.Form(rawValue: UInt8(truncatingIfNeeded: number()))
      else { return nil }
      let owner = Int(number())
      let condition = Int(Int32(bitPattern: number()))
      let text = range()
      found.mentions.append(
        Definitions.Mention(form, owner: owner, condition: condition, text: text, line: number()))
    }
    for _ in 0..<number() {
      guard !isPastEnd,
        let kind = Definitions.Condition.Kind(rawValue: UInt8(truncatingIfNeeded: number()))
      else { return nil }
      let group = number()
      let lower = number()
      let upper = number()
      guard lower <= upper else { return nil }
      found.conditions.append(Definitions.Condition(kind, group: group, words: lower..<upper))
    }
    for _ in 0..<number() {
      guard !isPastEnd else { return nil }
      let name = range()
      let level = Int(number())
      let module = range()
      let member = range()
      found.bindings.append(
        Definitions.Binding(
          name: name, level: level, module: module, member: member, line: number()))
    }
    return found
  }
}
