import Model
import Text

// Every sentence about the files that a team deploys with.

extension Diagnostic {
  /// - Parameter reason: where its code is only elsewhere by what the file says, there is a way to say more.
  static func passedOver(
    _ name: String, _ why: String, at location: SourceLocation,
    reason: Descriptions.PassedOver.Reason? = nil
  ) -> Diagnostic {
    var notes: [Note] = []
    if reason == .builtElsewhere {
      notes.append(
        .hint(
          "if the code is in this project, say so in 'pare.toml': "
            + "functions.\(name) = { handler = \"folder/app.py:handler\" }"))
    }
    return Diagnostic(
      .note, "passed-over", "'\(name)' \(why), and is not packaged", at: location, notes: notes,
      function: name)
  }

  static func missingProperty(
    _ key: String, of name: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "missing-property", "function '\(name)' has no '\(key)'", at: location,
      notes: [
        .hint(
          key.lowercased() == "handler"
            ? "name its module and function: '\(key): app.lambda_handler'"
            : "name the folder of its code: '\(key): functions/orders'")
      ], function: name)
  }

  static func noCodeFolder(
    _ written: String, of name: String, at location: SourceLocation,
    hint: String = "the path is relative to the file that says it"
  ) -> Diagnostic {
    Diagnostic(
      .error, "no-code-folder", "the code of '\(name)': '\(written)' is not a folder",
      at: location, notes: [.hint(hint)], function: name)
  }

  static func runtimeNotSupported(
    _ written: String, of name: String, known: [Runtime], at location: SourceLocation
  ) -> Diagnostic {
    let named = known.filter { written.hasPrefix($0.language) }
    let hint =
      if let first = named.first, let last = named.last {
        "'\(first)' to '\(last)' are supported; providers have ended older ones"
      } else {
        "a runtime is written '\(known.first?.description ?? "python3.12")'"
      }
    return Diagnostic(
      .error, "runtime-not-supported", "'\(name)' runs on '\(written)', which is not supported",
      at: location, notes: [.hint(hint)], function: name)
  }

  static func unknownRuntime(
    of name: String, _ why: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .note, "unknown-runtime-of-function", "which runtime '\(name)' has is not known: \(why)",
      at: location,
      notes: [.hint("'runtime' in 'pare.toml' says it; without, it is the default")], function: name
    )
  }

  static func unknownArchitecture(
    of name: String, _ why: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .note, "unknown-architecture-of-function",
      "which architecture '\(name)' has is not known: \(why)", at: location,
      notes: [.hint("'architecture' in 'pare.toml' says it; without, it is 'x86_64'")],
      function: name)
  }

  static func builtByMakefile(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .note, "built-by-makefile",
      "'\(name)' is built by a makefile; what that adds is not in its folder", at: location,
      function: name)
  }

  static func layerNotRead(
    _ layer: String?, of name: String, because why: String? = nil, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .note, "layer-not-read",
      "what \(layer.map { "the layer '\($0)'" } ?? "a layer") brings to '\(name)' is not known"
        + (why.map { ": \($0)" } ?? ""), at: location,
      notes: [.hint("what only such a layer has is not found; 'layers-unzipped' counts its size")],
      function: name)
  }

  static func noLayerFolder(
    _ written: String, of layer: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "no-layer-folder", "the code of the layer '\(layer)': '\(written)' is not a folder",
      at: location, notes: [.hint("what functions take from it is not found")])
  }

  // MARK: Templates

  static func otherFile(_ why: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(.note, "other-file", "'\(location.path)' is passed over: \(why)", at: location)
  }

  static func notAPlan(_ path: String, version: Datum?) -> Diagnostic {
    Diagnostic(
      .error, "not-a-plan",
      version?.string.map {
        "'\(path)' is of format \($0), which has no planned values that are known"
      }
        ?? "'\(path)' has no planned values",
      at: version?.location ?? SourceLocation(path: path),
      notes: [.hint("'terraform show -json PLAN' writes one, of format 1.x")])
  }

  static func unreadableTemplate(_ path: String, _ sentence: String) -> Diagnostic {
    Diagnostic(
      .error, "unreadable-template", sentence, at: SourceLocation(path: path))
  }

  static func nestedNotRead(
    _ name: String, _ why: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .note, "nested-not-read", "the template of '\(name)' is not read: \(why)", at: location)
  }

  static func noNestedTemplate(_ file: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "no-nested-template", "no file '\(file)'", at: location,
      notes: [.hint("the path is relative to the template that names it")])
  }

  static func cyclicStack(_ files: [String], at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "cyclic-stack",
      "templates name each other in a circle: "
        + files.joined(separator: " → "), at: location,
      notes: [.hint("take one of them out of the circle; it cannot be deployed")])
  }

  static func cyclicCondition(
    _ name: String, through: [String], at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "cyclic-condition",
      "the condition '\(name)' depends on itself: "
        + (through + [name]).joined(separator: " → "), at: location)
  }

  static func cyclicVariable(_ addresses: [String], at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "cyclic-variable",
      "variables depend on each other in a circle: " + addresses.joined(separator: " → "),
      at: location)
  }

  static func countNotRead(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .note, "count-not-read", "how often '\(name)' is made is not known; it is packaged once",
      at: location, function: name)
  }

  static func unknownFunctions(_ why: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "unknown-functions", "functions that are not known: \(why)", at: location,
      notes: [.hint("name them in 'pare.toml', below [functions.NAME]")])
  }

  static func programNotRead(_ path: String) -> Diagnostic {
    Diagnostic(
      .warning, "program-not-read", "'\(path)' is a program, which is not run to read it",
      at: SourceLocation(path: path),
      notes: [.hint("write down what it says: 'serverless print > serverless.yml'")])
  }

  // MARK: Writing them

  static func noTemplate() -> Diagnostic {
    Diagnostic(
      .error, "no-template", "no AWS SAM or CloudFormation template describes functions here",
      notes: [.hint("'--template' is for projects that are deployed with one")])
  }

  static func noArchive(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "no-archive", "'\(name)' has no archive; the template keeps its folder",
      at: location, notes: [.hint("'pare package --template' without names packages all")],
      function: name)
  }

  static func codeNotSet(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "code-not-set", "the template cannot be made to name the archive of '\(name)'",
      at: location,
      notes: [
        .hint("write the resource out: what an alias, a merge key or a loop makes is shared")
      ])
  }

  static func templateSaysOtherwise(
    _ key: String, _ written: String, packaged: String, _ function: Function,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "template-says-otherwise",
      "'\(function.name)' is packaged for \(packaged), and the template says \(written)",
      at: location,
      notes: [
        .hint("write '\(key)' for \(packaged) into the template, or take it out of 'pare.toml'")
      ],
      function: function.name)
  }

  static func templateAttachesNoLayer(
    _ layer: Layer, _ function: Function, _ workspace: Workspace, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "template-without-layer",
      "'\(function.name)' needs layer '\(layer.name)', which the template does not attach",
      at: location,
      notes: [
        .hint(
          "an 'AWS::Serverless::LayerVersion' whose 'ContentUri' leads to "
            + "'\(workspace.shown(layer.archive))', named in the function's 'Layers'")
      ], function: function.name)
  }

  static func codeOfLoop(_ key: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .note, "code-of-loop", "the archives of '\(key)' are named with the loop's variable",
      at: location, notes: [.hint("a tool that uploads them has to run the loop first")])
  }

  static func pathNotSet(
    _ path: String, of name: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "path-not-set", "'\(path)' of '\(name)' cannot be written for another folder",
      at: location, notes: [.hint("write it out where an alias or a merge key brings it")])
  }

  static func templateNotWritten(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "template-not-written", "'\(path)' cannot be changed in place",
      at: SourceLocation(path: path), notes: [.hint("write its functions one key a line")])
  }

  static func brokenForEach(_ key: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "broken-loop", "'\(key)' is no list of a variable, its values and what is repeated",
      at: location,
      notes: [.hint("'\(key): [Name, [a, b], { \"${Name}Function\": … }]'")])
  }

  static func unknownLoop(
    _ key: String, _ why: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .note, "unknown-loop", "what '\(key)' makes is not known: \(why)", at: location)
  }
}
