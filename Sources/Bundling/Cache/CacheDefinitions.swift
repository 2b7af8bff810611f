import Model
import Zip

// What a file defines and mentions, as the facts' cache has it: for each kind of row a count, then the
// rows.

extension [UInt8] {
  mutating func append(definitions: Definitions) {
    append(rows: definitions.definitions) { bytes, row in
      bytes.append(number32: UInt32(row.kind.rawValue))
      bytes.append(range: row.name)
      bytes.append(number32: UInt32(bitPattern: row.parent))
      bytes.append(number32: row.firstLine)
      bytes.append(number32: row.lastLine)
    }
    append(rows: definitions.texts) { bytes, row in bytes.append(range: row) }
    append(rows: definitions.mentions) { bytes, row in
      bytes.append(number32: UInt32(row.form.rawValue))
      bytes.append(number32: row.owner)
      bytes.append(number32: UInt32(bitPattern: row.condition))
      bytes.append(number32: row.text)
      bytes.append(number32: row.line)
    }
    append(rows: definitions.conditions) { bytes, row in
      bytes.append(number32: UInt32(row.kind.rawValue))
      bytes.append(number32: row.group)
      bytes.append(number32: UInt32(bitPattern: row.outer))
      bytes.append(number32: row.words.lowerBound)
      bytes.append(number32: row.words.upperBound)
    }
    append(rows: definitions.bindings) { bytes, row in
      bytes.append(range: row.name)
      bytes.append(number32: row.level)
      bytes.append(range: row.module)
      bytes.append(range: row.member)
      bytes.append(number32: row.line)
    }
    append(rows: definitions.attempts) { bytes, row in
      bytes.append(number32: row.lines.lowerBound)
      bytes.append(number32: row.lines.upperBound)
      bytes.append(number32: row.names.lowerBound)
      bytes.append(number32: row.names.upperBound)
      bytes.append(number32: (row.hasFallback ? 1 : 0) | (row.raises ? 2 : 0))
    }
    append(rows: definitions.regions) { bytes, row in
      bytes.append(number32: row.attempt)
      bytes.append(number32: row.lines.lowerBound)
      bytes.append(number32: row.lines.upperBound)
    }
  }

  private mutating func append<Row>(rows: [Row], _ write: (inout [UInt8], Row) -> Void) {
    append(number32: UInt32(rows.count))
    for row in rows { write(&self, row) }
  }
}

extension FactsReader {
  /// Nil where something is not as it was written.
  mutating func definitions() -> Definitions? {
    var found = Definitions()
    let isRead =
      rows(&found.definitions) { reader in
        guard let kind = Definitions.Kind(rawValue: UInt8(truncatingIfNeeded: reader.number()))
        else { return nil }
        let name = reader.range()
        let parent = Int32(bitPattern: reader.number())
        let first = reader.number()
        return Definitions.Definition(
          kind, name: name, parent: parent, firstLine: first, lastLine: reader.number())
      }
      && rows(&found.texts) { reader in reader.range() }
      && rows(&found.mentions) {
        [definitions = found.definitions.count, texts = found.texts.count] reader in
        guard let form = Definitions.Form(rawValue: UInt8(truncatingIfNeeded: reader.number()))
        else { return nil }
        let owner = Int(reader.number())
        let condition = Int(Int32(bitPattern: reader.number()))
        let text = Int(reader.number())
        guard owner < definitions, text < texts else { return nil }
        return Definitions.Mention(
          form, owner: owner, condition: condition, text: text, line: reader.number())
      }
      && rows(&found.conditions) { reader in
        guard
          let kind = Definitions.Condition.Kind(
            rawValue: UInt8(truncatingIfNeeded: reader.number()))
        else { return nil }
        let group = reader.number()
        let outer = Int(Int32(bitPattern: reader.number()))
        return reader.numbers().map {
          Definitions.Condition(
            kind, group: group, outer: outer, words: $0.lowerBound..<$0.upperBound)
        }
      }
      && rows(&found.bindings) { reader in
        let name = reader.range()
        let level = Int(reader.number())
        let module = reader.range()
        let member = reader.range()
        return Definitions.Binding(
          name: name, level: level, module: module, member: member, line: reader.number())
      }
      && rows(&found.attempts) { reader in
        guard let lines = reader.numbers(), let names = reader.numbers() else { return nil }
        let flags = reader.number()
        return Definitions.Attempt(
          lines: lines, names: names.lowerBound..<names.upperBound, hasFallback: flags & 1 != 0,
          raises: flags & 2 != 0)
      }
      && rows(&found.regions) { reader in
        let attempt = Int(reader.number())
        return reader.numbers().map { Definitions.Region(attempt: attempt, lines: $0) }
      }
    return isRead ? found : nil
  }

  /// Two numbers in their order.
  private mutating func numbers() -> ClosedRange<UInt32>? {
    let lower = number()
    let upper = number()
    return lower <= upper ? lower...upper : nil
  }

  private mutating func rows<Row>(_ rows: inout [Row], _ read: (inout Self) -> Row?) -> Bool {
    for _ in 0..<number() {
      guard !isPastEnd, let row = read(&self) else { return false }
      rows.append(row)
    }
    return true
  }
}
