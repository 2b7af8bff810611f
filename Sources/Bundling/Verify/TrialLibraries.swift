import Files
import Model
import Text

// Native libraries, as the provider would find them: this machine may have more than its systems do, and
// what is only here must not let an archive pass.
//
//     import pyodbc        # linked against libodbc.so.2, which no system of AWS Lambda has

extension Trial {
  /// What a member of the archive is linked against; nil for what is no native file.
  func libraries(linkedTo bytes: Span<UInt8>, at path: RelativePath) -> [String]? {
    guard
      let language = languages.first(where: { $0.name == runtime.language }),
      language.role(of: path) == .native
    else { return nil }
    return language.libraries(linkedTo: bytes)
  }

  /// Native files that the loader of the provider's system would refuse, each with the library that is
  /// nowhere: not in the archive, not among what the provider is known to have (`Providers.libraries`), nor
  /// in a folder of `LD_LIBRARY_PATH` among the function's variables, which stands for a layer.
  ///
  /// Nothing for `generic`: nobody knows that system.
  ///
  /// - Parameter linked: by path, what each is linked against.
  func unloadable(_ linked: [String: [String]], _ entries: Set<String>) -> [String: String] {
    guard function.provider != .generic else { return [:] }
    let known = Providers.libraries(of: runtime, on: function.provider)
      .union(entries.map { String(RelativePath($0).name) }).union(namesInLayers)
    var lacking: [String: String] = [:]
    for (path, names) in linked {
      if let name = names.sorted().first(where: { !known.contains($0) }) { lacking[path] = name }
    }
    // Who is linked against one of these is lost with it.
    var isComplete = lacking.isEmpty
    while !isComplete {
      isComplete = true
      let lost = Dictionary(
        lacking.map { (String(RelativePath($0.key).name), $0.value) }, uniquingKeysWith: min)
      for (path, names) in linked where lacking[path] == nil {
        guard let cause = names.compactMap({ lost[$0] }).min() else { continue }
        lacking[path] = cause
        isComplete = false
      }
    }
    return lacking
  }

  private var namesInLayers: [String] {
    libraryFolders.flatMap { (try? FileSystem.names(in: $0)) ?? [] }
  }

  /// Absolute paths of the folders that `LD_LIBRARY_PATH` among the function's variables names.
  var libraryFolders: [String] {
    ownVariables.filter { $0.hasPrefix("LD_LIBRARY_PATH=/") }
      .flatMap { $0.dropFirst("LD_LIBRARY_PATH=".count).split(separator: ":") }
      .map(String.init).filter(FileSystem.isFolder)
  }

  /// What is said where an error comes from native code that was not loaded for that; nil where it does
  /// not.
  func refusals(_ findings: DatumTable, of error: RaisedError) -> [Diagnostic.Note]? {
    for item in findings["refused"]?.array ?? [] {
      guard let parts = item.array, parts.count == 2, let path = parts[0].string,
        let library = parts[1].string, library == error.missingLibrary
      else { continue }
      return [
        Diagnostic.Note(
          "'\(path)' needs it, and neither the archive has it nor is \(function.provider.rawValue) known "
            + "to"),
        .hint(
          "bring it by 'include', or in a layer of which LD_LIBRARY_PATH of 'env' names an unpacked copy, "
            + "or use a build of the distribution that does without"),
      ]
    }
    return nil
  }
}
