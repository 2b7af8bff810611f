/// Where functions run: how a handler is spelled, how an archive is laid out, how large it may be.
///
/// The values, each number with its page and date, are in `Bundling/Providers.swift`.
package struct Provider: Sendable {
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case awsLambda = "aws-lambda"
    case googleCloudFunctions = "google-cloud-functions"
    case azureFunctions = "azure-functions"
    case generic
  }

  /// The provider's own bound on an archive, in bytes.
  package struct Limit: Hashable, Sendable {
    package enum Measure: String, Sendable { case zipped, unzipped }
    package let measure: Measure
    package let bytes: Int
    /// The provider's page and the date on which it was read.
    package let source: String
    package init(_ measure: Measure, bytes: Int, source: String) {
      self.measure = measure
      self.bytes = bytes
      self.source = source
    }
  }

  package let name: Name
  package let limits: [Limit]
  /// The folder inside the archive that takes the modules of distributions, without trailing `/`;
  /// empty for the archive's root.
  package let distributionFolder: String
  /// Normalised names of the distributions that the provider's runtime has.
  package let provided: [String]
  /// The modules that these have at the top, as they are imported: `dateutil` of python-dateutil.
  package let providedModules: [String]
  /// The module that the provider imports whatever the handler is called (`main`), if any: the
  /// archive gets a generated file of that name that re-exports the handler.
  package let entryModule: String?
  package let companions: [Companion]
  /// Whether it calls an attribute's attribute (`shop.checkout`) or can be made to.
  package let takesDottedAttributes: Bool

  /// A file that the provider reads beside the code.
  package struct Companion: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
      /// At the archive's root; the nearest one above the handler, up to the project's folder. Where
      /// there is none, the archive gets one with this text.
      case root(fallback: String)
      /// In the handler's folder, which then stands in the archive below the root. Where it is there,
      /// the provider finds the handler by it and asks for no entry module.
      case besideHandler
    }

    package let name: String
    package let place: Place

    package init(_ name: String, _ place: Place) {
      self.name = name
      self.place = place
    }
  }

  package init(
    name: Name, limits: [Limit], distributionFolder: String, provided: [String],
    providedModules: [String] = [], entryModule: String?, companions: [Companion] = [],
    takesDottedAttributes: Bool = true
  ) {
    self.name = name
    self.limits = limits
    self.distributionFolder = distributionFolder
    self.provided = provided
    self.providedModules = providedModules
    self.entryModule = entryModule
    self.companions = companions
    self.takesDottedAttributes = takesDottedAttributes
  }
}
