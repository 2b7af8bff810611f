package import Model

/// Everything that is known about providers, as dated data. No other file holds such a number.
package enum Providers {
  package static func provider(_ name: Provider.Name) -> Provider {
    switch name {
    case .awsLambda: awsLambda
    case .googleCloudFunctions: googleCloudFunctions
    case .azureFunctions: azureFunctions
    case .generic: generic
    }
  }

  private static let awsLambda = Provider(
    name: .awsLambda,
    limits: [
      // 50 MB zipped, when uploaded directly; larger archives go through S3.
      .init(.zipped, bytes: 52_428_800, source: lambdaQuotas),
      // 250 MB unzipped, the attached layers and custom runtimes included.
      .init(.unzipped, bytes: 262_144_000, source: lambdaQuotas),
    ],
    distributionFolder: "",
    // https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html ("Runtime-included SDK
    // versions"): boto3 and botocore, with what they require.
    provided: [
      "boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3",
    ],
    providedModules: [
      "boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3",
    ],
    entryModule: nil,
    // The runtime takes the handler's text apart at its last dot and asks the module for the rest
    // (`_get_handler` of https://github.com/aws/aws-lambda-python-runtime-interface-client).
    takesDottedAttributes: false)

  /// How many layers a function can attach: on AWS Lambda five
  /// (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, 2026-11).
  static func mostLayers(of provider: Provider.Name) -> Int { provider == .awsLambda ? 5 : 0 }

  /// Below which folder of a layer modules lie, and what stands on `sys.path` then
  /// (https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html, 2026-11).
  static let layerFolder = "python"

  private static let lambdaQuotas =
    "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11)"

  /// First generation; the second has no limit on the archive when it is uploaded through Cloud
  /// Storage: `limits` in the configuration replaces these.
  private static let googleCloudFunctions = Provider(
    name: .googleCloudFunctions,
    limits: [
      // "Max deployment size": 100 MB (compressed) for sources.
      .init(.zipped, bytes: 100_000_000, source: googleQuotas),
      // 500 MB (uncompressed) for sources plus modules.
      .init(.unzipped, bytes: 500_000_000, source: googleQuotas),
    ],
    distributionFolder: "", provided: [],
    // https://cloud.google.com/functions/docs/writing#directory-structure-python:
    // "Cloud Functions loads your function from a file named main.py".
    entryModule: "main")

  private static let googleQuotas = "https://cloud.google.com/functions/quotas (2026-11)"

  /// The Consumption plan's packages are mounted from storage. The platform names one figure, of
  /// 2048 MB for what its zip deployment accepts; the page was not at hand again in 2026.
  private static let azureFunctions = Provider(
    name: .azureFunctions,
    limits: [
      .init(
        .zipped, bytes: 2_147_483_648,
        source:
          "https://learn.microsoft.com/azure/app-service/deploy-zip (2025): 2048 MB")
    ],
    // https://learn.microsoft.com/azure/azure-functions/functions-reference-python: where
    // the worker looks for third-party packages.
    distributionFolder: ".python_packages/lib/site-packages", provided: [],
    // The v2 model: the worker imports `function_app` from the archive's root and wants exactly one
    // `FunctionApp` in it. In the v1 model each function has a folder with a `function.json`, whose
    // `scriptFile` is imported from there; a `function_app.py` beside it would hide all of them.
    entryModule: "function_app",
    companions: [
      .init("function.json", .besideHandler),
      .init("host.json", .root(fallback: hostDefaults)),
    ])

  /// What `func init --python` writes, without its logging settings: triggers other than HTTP come
  /// from the bundle.
  private static let hostDefaults = """
    {
      "version": "2.0",
      "extensionBundle": {
        "id": "Microsoft.Azure.Functions.ExtensionBundle",
        "version": "[4.*, 5.0.0)"
      }
    }

    """

  private static let generic = Provider(
    name: .generic, limits: [], distributionFolder: "", provided: [], entryModule: nil)

  /// Where the providers put an archive, all of them, so that functions of several share a target:
  /// `LAMBDA_TASK_ROOT` (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html),
  /// Google's buildpacks, the site's root of Azure's zip deployment. As remembered: these pages were
  /// not at hand in 2026-11.
  static let archiveRoots = ["/var/task/", "/workspace/", "/home/site/wwwroot/"]

  /// Versions that a runtime may name. Python: what the scanner reads; the oldest that a provider
  /// still runs is 3.8 (AWS Lambda, deprecated), the newest pre-release is 3.15.
  package static func runtimeVersions(of language: String) -> [(major: Int, minor: Int)] {
    language == "python" ? (8...15).map { (3, $0) } : []
  }

  /// All of them, of several languages.
  static func runtimes(of languages: [String]) -> [Runtime] {
    languages.flatMap { language in
      runtimeVersions(of: language).map {
        Runtime(language: language, major: $0.major, minor: $0.minor)
      }
    }
  }

  /// What a project gets that says nothing: the newest that all three providers run.
  package static func defaultRuntime(of language: String) -> Runtime {
    Runtime(language: language, major: 3, minor: 12)
  }
}

extension Providers {
  /// The minor version of glibc 2 that a provider's system has; nil where it is not known.
  package static func glibcMinor(of runtime: Runtime, on provider: Provider.Name) -> Int? {
    switch provider {
    // Amazon Linux 2 up to Python 3.11, Amazon Linux 2023 from 3.12 on
    // (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html).
    case .awsLambda: runtime.minor >= 12 ? 34 : 26
    // Ubuntu 18.04 up to 3.9, 22.04 from 3.10 on
    // (https://cloud.google.com/functions/docs/runtime-support).
    case .googleCloudFunctions: runtime.minor >= 10 ? 35 : 27
    // Debian 11 up to 3.10, Debian 12 later (https://github.com/Azure/azure-functions-docker).
    case .azureFunctions: runtime.minor >= 11 ? 36 : 31
    case .generic: nil
    }
  }

  /// The minor version of glibc 2 that wheels may ask for: the lowest that a provider has, so that
  /// functions of one project share the same wheels whoever runs them.
  package static func glibcMinor(of runtime: Runtime) -> Int {
    Provider.Name.allCases.compactMap { glibcMinor(of: runtime, on: $0) }.min() ?? 17
  }
}
