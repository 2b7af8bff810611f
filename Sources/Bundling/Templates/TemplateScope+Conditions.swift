import Model
import YAML

// Conditions of a template: what parameters and mappings decide, and what only the deployment does.

extension TemplateScope {
  /// Nil where only the deployment decides.
  mutating func decide(_ name: String, at location: SourceLocation) -> Bool? {
    if let known = decided[name] { return known }
    guard let condition = conditions?[name] else { return nil }
    guard !deciding.contains(name) else {
      diagnostics.append(.cyclicCondition(name, through: deciding, at: location))
      return nil
    }
    deciding.append(name)
    let outcome = decide(condition)
    deciding.removeLast()
    decided[name] = .some(outcome)
    return outcome
  }

  private mutating func decide(_ condition: YAMLNode) -> Bool? {
    guard let (name, argument) = condition.intrinsic else { return nil }
    switch name {
    case "Condition": return decide(argument.text ?? "", at: argument.location)
    case "Equals":
      guard let parts = argument.sequence, parts.count == 2 else { return nil }
      let (first, second) = (value(of: parts[0]), value(of: parts[1]))
      guard let first = first.text, let second = second.text else { return nil }
      return first == second
    case "Not": return argument.sequence?.first.flatMap { decide($0) }.map { !$0 }
    case "And", "Or":
      let decided = (argument.sequence ?? []).map { decide($0) }
      let strong = name == "Or"
      if decided.contains(strong) { return strong }
      return decided.contains(nil) ? nil : !strong
    default: return nil
    }
  }
}
