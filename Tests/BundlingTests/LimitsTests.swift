import Bundling
import Model
import Testing

struct LimitsTests {
  private func function(_ settings: Settings) -> Function {
    Function(
      name: "orders", handler: Handler(module: "app", attribute: "h", written: "app.h"),
      origin: SourceLocation(path: "pare.toml", line: 2), provider: .awsLambda,
      target: TargetID(0), overlay: nil, archive: "/x/orders.zip", settings: settings)
  }

  private let shares = ["a", "b", "c", "d"].enumerated().map {
    Report.DistributionShare(
      name: $1, version: "1", unzipped: 1, zipped: 1, full: 1, retained: 4000 - $0 * 1000,
      retainedZipped: 100 + $0 * 10)
  }

  private func codes(
    _ settings: Settings = Settings(), unzipped: Int = 0, zipped: Int = 0
  ) -> [Diagnostic] {
    let function = function(settings)
    return check(
      measures(
        of: function, provider: Providers.provider(.awsLambda), unzipped: unzipped, zipped: zipped),
      of: function, distributions: shares)
  }

  @Test func `below warn-at there is nothing to say`() {
    #expect(codes(unzipped: 209_715_199, zipped: 41_943_039).isEmpty)
  }

  @Test func `from warn-at on there is a warning with the three largest distributions`() {
    let diagnostics = codes(unzipped: 209_715_200)
    #expect(diagnostics.map(\.code) == ["near-limit"])
    #expect(diagnostics.first?.message.contains("209,715,200") == true)
    #expect(diagnostics.first?.message.contains("262,144,000") == true)
    #expect(diagnostics.first?.notes.count == 3)
  }

  @Test func `the limit itself is allowed, one byte more is an error`() {
    #expect(codes(zipped: 52_428_800).map(\.severity) == [.warning])
    #expect(codes(zipped: 52_428_801).map(\.code) == ["above-limit"])
  }

  @Test func `above fifty megabytes there is still S3`() {
    let hint = codes(zipped: 52_428_801).first?.notes.last
    #expect(hint?.kind == .hint && hint?.message.contains("S3") == true)
  }

  @Test func `layers count against the unzipped limit, not against the budget`() {
    var settings = Settings()
    settings.layersUnzipped = 262_144_000
    settings.budget.unzipped = 100
    #expect(codes(settings, unzipped: 1).map(\.code) == ["above-limit"])
  }

  @Test func `layers that are made beside the archives count as others do`() {
    var settings = Settings()
    settings.layersUnzipped = 10
    settings.budget.unzipped = 1000
    let figures = measures(
      of: function(settings), provider: Providers.provider(.awsLambda), unzipped: 300, zipped: 7,
      layers: 200)
    #expect(figures.map(\.bytes) == [7, 510, 300])
    #expect(figures.map(\.layers) == [0, 210, 0])
  }

  @Test func `a budget is held like a limit`() {
    var settings = Settings()
    settings.budget.zipped = 100
    #expect(codes(settings, zipped: 79).isEmpty)
    #expect(codes(settings, zipped: 80).map(\.code) == ["near-budget"])
    #expect(codes(settings, zipped: 101).map(\.code) == ["above-budget"])
  }

  @Test func `what a distribution would save is said in the measure that is at stake`() {
    let unzipped = codes(unzipped: 262_144_001).first?.notes.first?.message
    #expect(unzipped == "without a 1 it is 4,000 bytes less unzipped")
    let zipped = codes(zipped: 52_428_801).first?.notes.first?.message
    #expect(zipped == "without d 1 it is 130 bytes less zipped")
  }

  @Test func `what layers take is said apart`() {
    var settings = Settings()
    settings.layersUnzipped = 262_144_000
    #expect(
      codes(settings, unzipped: 7).first?.message
        == "'orders' is 7 bytes unzipped, with its layers 262,144,007, above the limit of aws-lambda "
        + "of 262,144,000")
  }

  @Test func `a bound of the configuration's own is said to be that, where it is written`() {
    var settings = Settings()
    settings.limits = .init(zipped: 10, origin: SourceLocation(path: "pare.toml", line: 7))
    let limit = codes(settings, zipped: 11).first
    #expect(limit?.message == "'orders' is 11 bytes zipped, above the configured limit of 10")
    #expect(limit?.location?.line == 7)
    #expect(limit?.notes.contains { $0.message.contains("S3") } == false)
    settings.limits = .init()
    settings.budget = .init(zipped: 10, origin: SourceLocation(path: "pare.toml", line: 8))
    #expect(codes(settings, zipped: 11).first?.location?.line == 8)
  }

  @Test func `the configuration's limit replaces the provider's`() {
    var settings = Settings()
    settings.limits.zipped = 1_000_000_000
    #expect(codes(settings, zipped: 60_000_000).isEmpty)
  }
}
