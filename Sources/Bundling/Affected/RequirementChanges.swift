import Model
import Text

/// What two states of a file that says what is installed say differently.
enum RequirementChanges: Equatable {
  /// Normalised names.
  case distributions(Set<String>)
  /// Something that concerns all of them, or nobody can tell.
  case anything

  /// Whether a file is one by its name.
  static func concerns(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return ["pyproject.toml", "uv.lock", "poetry.lock", "Pipfile", "Pipfile.lock"].contains(name)
      || LockFiles.isPylock(name)
      || name.contains("requirements") && (name.hasSuffix(".txt") || name.hasSuffix(".in"))
      || name.contains("constraints") && name.hasSuffix(".txt")
  }

  /// A file that is not there says nothing.
  init(_ path: String, before: [UInt8], after: [UInt8]) {
    guard let first = Self.statements(path, before), let second = Self.statements(path, after)
    else {
      self = .anything
      return
    }
    let names = Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }
    self = names.contains("") ? .anything : .distributions(names)
  }

  /// What is said of each distribution, by its normalised name; of none in particular: by no name. Nil
  /// for what cannot be read.
  private static func statements(_ path: String, _ bytes: [UInt8]) -> [String: String]? {
    if bytes.isEmpty { return [:] }
    var result: [String: String] = [:]
    func add(_ name: String, _ text: String) { result[name, default: ""] += text + "\n" }
    if path.hasSuffix(".txt") || path.hasSuffix(".in") {
      for (_, line) in RequirementReader.logicalLines(String(decoding: bytes, as: UTF8.self)) {
        // An option, `--pre`, is of all of them.
        let requirement = line.hasPrefix("-") ? nil : RequirementLine(line)
        add(requirement.map { normalisedName($0.name) } ?? "", line)
      }
      return result
    }
    guard
      let document = path.hasSuffix("Pipfile.lock")
        ? try? JSON.read(bytes, path: path) : try? TOML.read(bytes, path: path),
      let top = document.table
    else { return nil }
    for package in (top["package"] ?? top["packages"])?.array ?? [] {
      add(normalisedName(package.table?["name"]?.string ?? ""), package.shape)
    }
    for key in ["default", "develop", "packages", "dev-packages"] {
      for entry in top[key]?.table?.entries ?? [] {
        add(normalisedName(entry.key), entry.value.shape)
      }
    }
    let project = top["project"]?.table
    var lists = [project?["dependencies"]]
    for groups in [project?["optional-dependencies"], top["dependency-groups"]] {
      lists += groups?.table?.entries.map { Optional($0.value) } ?? []
    }
    for item in lists.compactMap({ $0?.array }).joined() {
      let line = item.string ?? item.shape
      add(RequirementLine(line).map { normalisedName($0.name) } ?? "", line)
    }
    let poetry = top["tool"]?.table?["poetry"]?.table
    var tables = [poetry?["dependencies"], poetry?["dev-dependencies"]]
    tables += poetry?["group"]?.table?.entries.map { $0.value.table?["dependencies"] } ?? []
    for entry in tables.compactMap({ $0?.table?.entries }).joined() {
      add(normalisedName(entry.key), entry.value.shape)
    }
    for key in ["uv", "pdm"] {
      if let settings = top["tool"]?.table?[key] { add("", settings.shape) }
    }
    return result
  }
}

extension Datum {
  /// What it says, without where it says it.
  fileprivate var shape: String {
    switch content {
    case .string(let text): "\"\(text)\""
    case .integer(let number): String(number)
    case .float(let number): String(number)
    case .boolean(let isTrue): String(isTrue)
    case .dateTime, .null: "-"
    case .array(let elements): "[" + elements.map(\.shape).joined(separator: ",") + "]"
    case .table(let table):
      "{"
        + table.entries.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.shape)" }
        .joined(separator: ",") + "}"
    }
  }
}
