import Model

/// Writes a draft, function by function.
struct DraftWriter {
  let runtime: Runtime
  private(set) var count = 0
  private var comments: [String] = []
  private var tables: [String] = []
  private var names: Set<String> = []

  init(runtime: Runtime) { self.runtime = runtime }

  /// One that a deployment file describes: nothing has to be said of it.
  mutating func add(
    _ function: DescribedFunction, _ platform: WheelPlatform, environment: [String]
  ) {
    count += 1
    let from = environment.isEmpty ? "no environment" : environment.joined(separator: ", ")
    let origin = "\(function.origin.path):\(function.origin.line)"
    comments.append(
      """
      # \(function.name): \(function.handler.value), \(platform.description), \(from) (\(origin))
      # [functions.\(Self.key(function.name))]
      """)
  }

  mutating func add(handler path: RelativePath, _ attribute: String) {
    count += 1
    let folder = RelativePath(String(path.folder)).name
    let stem = String(path.name.dropLast(3))
    var name = folder.isEmpty ? stem : String(folder)
    if !names.insert(name).inserted {
      name = path.string.dropLast(3).split(separator: "/").joined(separator: "-")
      names.insert(name)
    }
    tables.append(
      """
      [functions.\(Self.key(name))]
      handler = "\(path.string):\(attribute)"
      """)
  }

  private static func key(_ name: String) -> String {
    let isBare = name.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    return isBare && !name.isEmpty ? name : "\"\(name)\""
  }

  func text(files: Int, environments: Int) -> String {
    let head =
      files > 0
      ? """
      # pare finds these functions by itself: in \(files) file\(files == 1 ? "" : "s") that they are \
      deployed with.
      # Nothing here is needed. What is written here wins, key by key.
      """
      : """
      # The handlers that pare has found in the sources; take out what is none.
      """
    let keys = """
      # The Python of functions that say none.
      # runtime = "\(runtime)"

      # Where archives and report.json go.
      # output = "dist"

      # Where distributions come from; by default what lies around the code of each function: a '.venv',
      # a lock, a requirements file.
      # environment = ".venv"

      # Of the provider's limits, from which share on there is a warning.
      # warn-at = 0.8
      """
    let functions =
      comments.isEmpty
      ? []
      : [
        """
        # One function: take the mark off its line, and write below it what is to be otherwise, such as
        # budget = { zipped = "5 MB" }
        """
      ] + comments
    return ([head, keys] + functions + tables).joined(separator: "\n\n") + "\n"
  }
}
