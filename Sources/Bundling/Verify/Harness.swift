import Model
import Text

/// What imports a handler from folders and calls it, in the target's interpreter, with nothing but the
/// standard library: `source` is the program, this is what it is told.
enum Harness {
  /// What one run is asked for.
  struct Request {
    let module: String
    let attribute: String
    let mustBeCallable: Bool
    /// Whether the provider awaits what the handler returns.
    let awaits: Bool
    /// What says that the provider passes two arguments to every handler; empty where the handler's
    /// parameters decide.
    let passes: String
    /// JSON; nil: the handler is imported only.
    var event: [UInt8]?
    /// In the order in which they stand on `sys.path`.
    let folders: [String]
    /// Native files that the provider could not load, by their absolute paths: each with the library that
    /// is nowhere there.
    var refused: [String: String] = [:]
    /// Whether it tells which modules were imported and which files opened.
    var observes = false
    /// Whether a variable that is not set has a value all the same, so that all are asked for.
    var inventsVariables = false
    /// What reads it.
    var program = Harness.source
  }

  /// Fields that end with a zero byte each, lists behind their counts; the event stands last.
  static func input(_ request: Request, token: String) -> [UInt8] {
    let flags =
      (request.mustBeCallable ? "c" : "") + (request.awaits ? "a" : "")
      + (request.event == nil ? "" : "e") + (request.observes ? "o" : "")
      + (request.inventsVariables ? "p" : "")
    let fields =
      [token, request.module, request.attribute, flags, request.passes]
      + [String(request.folders.count)] + request.folders
      + [String(2 * request.refused.count)]
      + request.refused.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    return Array(fields.map { $0 + "\0" }.joined().utf8) + (request.event ?? [])
  }

  /// What a run said, where it is the harness that said it.
  static func findings(in message: [UInt8], token: String) -> DatumTable? {
    let head = Array("\(token)\n".utf8)
    guard message.starts(with: head) else { return nil }
    return (try? JSON.read(Array(message.dropFirst(head.count)), path: "harness"))?.table
  }

  /// Nobody guesses it.
  static func makeToken() -> String {
    (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
  }

  /// What the provider sets for a function, with names of our own; credentials that open nothing.
  static func variables(
    for function: Function, runtime: Runtime, root: String, home: String
  ) -> [String] {
    let common = [
      "HOME=\(home)", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", "TMPDIR=\(home)",
      "TZ=UTC",
    ]
    switch function.provider {
    case .awsLambda:
      return common + [
        "AWS_ACCESS_KEY_ID=pare", "AWS_DEFAULT_REGION=us-east-1",
        "AWS_EC2_METADATA_DISABLED=true", "AWS_EXECUTION_ENV=AWS_Lambda_\(runtime)",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=1024", "AWS_LAMBDA_FUNCTION_NAME=\(function.name)",
        "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_REGION=us-east-1",
        "AWS_SECRET_ACCESS_KEY=pare", "LAMBDA_TASK_ROOT=\(root)",
        // As far as these folders are the archive's
        // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
        "LD_LIBRARY_PATH=\(root):\(root)/lib",
      ]
    case .googleCloudFunctions:
      return common + [
        "FUNCTION_TARGET=\(function.handler.name)", "GOOGLE_CLOUD_PROJECT=pare",
        "K_SERVICE=\(function.name)", "PORT=8080",
      ]
    case .azureFunctions:
      return common + ["FUNCTIONS_WORKER_RUNTIME=\(runtime.language)"]
    case .generic: return common
    }
  }
}
