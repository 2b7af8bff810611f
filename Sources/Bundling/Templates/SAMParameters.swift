import Files
import Model
import Text

/// What `samconfig.toml` gives to a template's parameters:
///
///     [default.deploy.parameters]
///     parameter_overrides = "Stage=\"prod\" Size=3"     # or a list of such
///
/// Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
enum SAMParameters {
  /// Of the environment `default`, by the parameter's name: what is deployed wins over what is built.
  static func read(_ document: DatumTable?) -> [String: TemplateValue] {
    let environment = document?["default"]?.table
    var result: [String: TemplateValue] = [:]
    for command in ["global", "build", "deploy"] {
      guard
        let value = environment?[command]?.table?["parameters"]?.table?["parameter_overrides"]
      else { continue }
      for item in value.array ?? [value] {
        guard let written = item.string else { continue }
        for pair in pairs(written) {
          result[pair.name] = TemplateValue(.text(pair.value), at: item.location)
        }
      }
    }
    return result
  }

  /// `Stage=prod Name="a b"`, and the older `ParameterKey=Stage,ParameterValue=prod`.
  static func pairs(_ text: String) -> [(name: String, value: String)] {
    words(text).compactMap { word in
      if word.hasPrefix("ParameterKey="), let comma = word.firstIndex(of: ",") {
        let name = word[..<comma].dropFirst("ParameterKey=".count)
        let rest = word[word.index(after: comma)...]
        guard rest.hasPrefix("ParameterValue=") else { return nil }
        return (String(name), String(rest.dropFirst("ParameterValue=".count)))
      }
      guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return nil }
      return (String(word[..<equals]), String(word[word.index(after: equals)...]))
    }
  }

  /// Apart at blanks, but for those in quotes, which are taken off.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isOpen = false
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isOpen = true
      } else if character == " " || character == "\n" || character == "\t" {
        if isOpen || !word.isEmpty { words.append(word) }
        word = ""
        isOpen = false
      } else {
        word.append(character)
      }
    }
    return isOpen || !word.isEmpty ? words + [word] : words
  }
}
