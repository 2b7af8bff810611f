/// A position in a `Table<Element>`; cannot be used with any other table.
///
/// Ids are given out in the order of sorted names, never by who finished first, so ordering by id
/// is ordering by name.
package struct ID<Element>: Hashable, Comparable, Sendable {
  package let index: UInt32

  package init(_ index: Int) { self.index = UInt32(index) }

  package static func < (a: Self, b: Self) -> Bool { a.index < b.index }
}

/// An array that only accepts ids of its own element type.
package struct Table<Element> {
  package var rows: [Element]

  package init(_ rows: [Element] = []) { self.rows = rows }

  package var count: Int { rows.count }
  package var ids: some RandomAccessCollection<ID<Element>> {
    (0..<rows.count).lazy.map { ID<Element>($0) }
  }

  package subscript(id: ID<Element>) -> Element {
    get { rows[Int(id.index)] }
    set { rows[Int(id.index)] = newValue }
  }

  package mutating func append(_ row: Element) -> ID<Element> {
    rows.append(row)
    return ID(rows.count - 1)
  }
}

extension Table: Sendable where Element: Sendable {}
extension Table: Equatable where Element: Equatable {}

package typealias RootID = ID<Root>
package typealias FileID = ID<File>
package typealias DistributionID = ID<Distribution>
package typealias WheelID = ID<Wheel>
package typealias FunctionID = ID<Function>
package typealias NodeID = ID<Node>
