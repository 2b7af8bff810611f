package import Model

/// `{file: [files it imports]}`, both in order of their bytes, indented by two spaces.
///
/// Paths are quoted once and copied from then on.
package func writeTreeGraph(
  _ paths: [RelativePath], edges: [[Int32]], sink: ([UInt8]) -> Void
) {
  var quoted: [UInt8] = []
  var ends: [Int] = []
  ends.reserveCapacity(paths.count)
  for path in paths {
    quoted.append(UInt8(ascii: "\""))
    appendEscaped(path.string, to: &quoted)
    quoted.append(UInt8(ascii: "\""))
    ends.append(quoted.count)
  }
  func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  var output: [UInt8] = []
  output.reserveCapacity(1 << 20)
  output += "{".utf8
  for index in paths.indices {
    output += (index == 0 ? "\n  " : ",\n  ").utf8
    output += quoted[range(index)]
    output += ": [".utf8
    for (position, target) in edges[index].enumerated() {
      output += (position == 0 ? "\n    " : ",\n    ").utf8
      output += quoted[range(Int(target))]
    }
    output += (edges[index].isEmpty ? "]" : "\n  ]").utf8
    if output.count > 1 << 19 {
      sink(output)
      output.removeAll(keepingCapacity: true)
    }
  }
  output += (paths.isEmpty ? "}\n" : "\n}\n").utf8
  sink(output)
}

private func appendEscaped(_ text: String, to output: inout [UInt8]) {
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
    case 0..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      output += "\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8
    default: output.append(byte)
    }
  }
}

/// The same for people: a file, and below it what it imports.
package func treeGraphText(_ paths: [RelativePath], edges: [[Int32]], style: Style) -> String {
  var text = ""
  for index in paths.indices {
    text += paths[index].string + "\n"
    for target in edges[index] { text += "  \(paths[Int(target)].string)\n" }
  }
  return text
}
