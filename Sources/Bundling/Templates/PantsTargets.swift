import Files
import Model
import Text

/// Finds the functions of Pants's `BUILD` files, which are Python that is not run:
///
///     python_aws_lambda_function(name="orders", handler="app.py:handler", runtime="python3.12")
///
/// Source: https://www.pantsbuild.org/stable/docs/python/integrations/aws-lambda
enum PantsTargets {
  private static let providers: [(type: String, provider: Provider.Name)] = [
    ("python_aws_lambda_function", .awsLambda),
    ("python_google_cloud_function", .googleCloudFunctions),
  ]

  static func run(in tree: ProjectTree, languages: [String]) -> Descriptions {
    var result = Descriptions()
    for file in tree.files where ["BUILD", "BUILD.pants"].contains(String(file.name)) {
      guard let bytes = try? FileSystem.read("\(tree.folder)/\(file.string)") else { continue }
      let before = result.functions.count + result.passedOver.count
      for call in calls(bytes, path: file.string) { add(call, of: file, tree, languages, &result) }
      if result.functions.count + result.passedOver.count > before { result.files += 1 }
    }
    return result
  }

  private struct Call {
    let provider: Provider.Name
    let location: SourceLocation
    /// Those that are plain texts.
    let arguments: [String: Configuration.Located<String>]
    /// Names of the others.
    let open: [String]
  }

  private static func add(
    _ call: Call, of file: RelativePath, _ tree: ProjectTree, _ languages: [String],
    _ result: inout Descriptions
  ) {
    let folder = FileSystem.absolute(String(file.folder), in: tree.folder)
    let name =
      call.arguments["name"]?.value ?? folder.split(separator: "/").last.map(String.init) ?? "app"
    guard ConfigurationReader.canNameFile(name) else {
      result.diagnostics.append(.badFunctionName(name, at: call.location))
      return
    }
    guard let handler = call.arguments["handler"] else {
      if call.open.contains("handler") {
        result.passedOver.append(.init(name: name, reason: .unknown))
        result.diagnostics.append(
          .passedOver(name, "has a handler that is computed", at: call.location))
      } else {
        result.diagnostics.append(.missingProperty("handler", of: name, at: call.location))
      }
      return
    }
    var layer = Configuration.Layer()
    layer.provider = .init(value: call.provider, location: call.location)
    if let written = call.arguments["runtime"] {
      let known = Providers.runtimes(of: languages)
      let spelled = written.value.replacing("python31", with: "python3.1")
      guard
        let runtime = known.first(where: { [written.value, spelled].contains($0.description) })
      else {
        result.diagnostics.append(
          .runtimeNotSupported(written.value, of: name, known: known, at: written.location))
        return
      }
      layer.runtime = .init(value: runtime, location: written.location)
    } else {
      result.diagnostics.append(
        .unknownRuntime(of: name, "the file does not say it", at: call.location))
    }
    // `app.py:handler` is relative to the file; `shop.orders.app:handler` is imported.
    let isFile = handler.value.contains(".py:")
    let path = file.folder.isEmpty ? handler.value : "\(file.folder)/\(handler.value)"
    result.functions.append(
      DescribedFunction(
        name: name, id: name,
        handler: .init(value: isFile ? path : handler.value, location: handler.location),
        origin: call.location, code: .init(value: ".", location: call.location),
        folder: isFile ? folder : tree.folder, layers: [], layer: layer))
  }

  // MARK: Reading

  private static func calls(_ bytes: [UInt8], path: String) -> [Call] {
    let lines = LineTable(bytes, path: path)
    var calls: [Call] = []
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { start = line.endIndex + 1 }
      let text = String(decoding: line, as: UTF8.self)
      guard let known = providers.first(where: { text.hasPrefix($0.type + "(") }) else { continue }
      var reader = CallReader(bytes, at: start + known.type.utf8.count + 1, lines)
      reader.read()
      calls.append(
        Call(
          provider: known.provider, location: lines.location(of: start),
          arguments: reader.arguments, open: reader.open))
    }
    return calls
  }

  /// `name="orders", tags=["x"],` up to the closing parenthesis.
  private struct CallReader {
    private let bytes: [UInt8]
    private let lines: LineTable
    private var offset: Int
    private(set) var arguments: [String: Configuration.Located<String>] = [:]
    private(set) var open: [String] = []

    init(_ bytes: [UInt8], at offset: Int, _ lines: LineTable) {
      self.bytes = bytes
      self.offset = offset
      self.lines = lines
    }

    private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func read() {
      while true {
        skipSpace()
        guard let next = byte, next != UInt8(ascii: ")") else { return }
        let start = offset
        while let next = byte,
          next == UInt8(ascii: "_") || (next | 0x20) >= 0x61 && (next | 0x20) <= 0x7A
        {
          offset += 1
        }
        let name = String(decoding: bytes[start..<offset], as: UTF8.self)
        skipSpace()
        if byte == UInt8(ascii: "=") {
          offset += 1
          skipSpace()
          let place = lines.location(of: offset)
          let text = string()
          skipSpace()
          if let text, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") {
            arguments[name] = .init(value: text, location: place)
          } else {
            open.append(name)
          }
        }
        skipRest()
        if byte == UInt8(ascii: ",") { offset += 1 }
      }
    }

    /// A text without escapes, in either quotes.
    private mutating func string() -> String? {
      guard let quote = byte, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = bytes[(offset + 1)...].firstIndex(where: { $0 == quote || $0 == 0x0A }),
        bytes[end] == quote
      else { return nil }
      let text = bytes[(offset + 1)..<end]
      offset = end + 1
      return text.contains(UInt8(ascii: "\\")) ? nil : String(decoding: text, as: UTF8.self)
    }

    /// To the comma or the parenthesis that ends an argument.
    private mutating func skipRest() {
      var depth = 0
      while let next = byte {
        switch next {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
          if depth == 0 { return }
          depth -= 1
        case UInt8(ascii: ","): if depth == 0 { return }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): if string() != nil { continue }
        case UInt8(ascii: "#"):
          skipSpace()
          continue
        default: break
        }
        offset += 1
      }
    }

    private mutating func skipSpace() {
      while let next = byte {
        if [0x20, 0x09, 0x0A, 0x0D].contains(next) {
          offset += 1
        } else if next == UInt8(ascii: "#") {
          while let next = byte, next != 0x0A { offset += 1 }
        } else {
          return
        }
      }
    }
  }
}
