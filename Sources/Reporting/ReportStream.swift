package import Model
import Text

/// A report that is read while it comes, piece by piece: no more of it is in memory than one function.
///
/// It is for documents of which nothing is wrong. Once it `isUnusual`, only `ReportReader`, which needs
/// the whole text, can say what it is, and what stands there after the first `count` functions.
package struct ReportStream {
  /// How many functions were handed over.
  package private(set) var count = 0
  /// Whether something came that it does not understand.
  package private(set) var isUnusual = false

  /// The document, with `0` in place of each function.
  private var rest: [UInt8] = []
  /// The function that is being read; empty outside.
  private var function: [UInt8] = []
  private var depth = 0
  private var isInText = false
  private var isEscaped = false
  /// Where the last text at depth 1 begins in `rest`.
  private var keyStart = 0
  private var key: [UInt8] = []
  private var isInFunctions = false
  private var pool = TextPool()

  private static let functions = Array("\"functions\"".utf8)
  /// What stands beside the functions is small; where it is not, this is no report.
  private static let restLimit = 64 << 20

  package init() {}

  /// Hands over the functions that `piece` ends.
  package mutating func append(_ piece: [UInt8], row: (Report.Function) -> Void) {
    guard !isUnusual else { return }
    // From here on nothing of `piece` is kept yet.
    var start = 0
    func isInFunction(_ depth: Int) -> Bool { isInFunctions && depth >= 3 }
    for index in piece.indices {
      let byte = piece[index]
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
          if depth == 1 {
            rest += piece[start...index]
            start = index + 1
            key = Array(rest[keyStart...])
          }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isInText = true
        if depth == 1 {
          rest += piece[start..<index]
          start = index
          keyStart = rest.count
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 {
          isInFunctions = byte == UInt8(ascii: "[") && key == Self.functions
        }
        if depth == 2, isInFunctions {
          rest += piece[start..<index]
          start = index
        }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 2, isInFunctions {
          function += piece[start...index]
          start = index + 1
          finishFunction(row)
          if isUnusual { return }
        }
      default: break
      }
    }
    if isInFunctions, depth >= 3 {
      function += piece[start...]
    } else {
      rest += piece[start...]
      if rest.count > Self.restLimit { isUnusual = true }
    }
  }

  private mutating func finishFunction(_ row: (Report.Function) -> Void) {
    do throws(FunctionText.Unusual) {
      row(try FunctionText.read(function, pool: &pool))
      count += 1
      rest.append(UInt8(ascii: "0"))
      function.removeAll(keepingCapacity: true)
    } catch {
      isUnusual = true
    }
  }

  /// The report without its functions; nil where only the whole text can tell what it is.
  package func finish() -> Report? {
    guard !isUnusual, depth == 0, !isInText,
      let top = try? JSON.read(rest, path: ""), let functions = top.table?["functions"]?.array,
      functions.count == count, functions.allSatisfy({ $0.content == .integer(0) }),
      case .integer(Int64(Report.schemaVersion)) = top.table?["schemaVersion"]?.content
    else { return nil }
    return try? ReportReader.withoutFunctions(Fields(top))
  }
}
