import Model

/// Distributions that the team's own strings and configuration files name: who says so has them in mind,
/// if anything imports them at all.
///
///     create_engine("postgresql+psycopg2://db/shop")
///     pd.read_excel(path, engine="openpyxl")
///     proxies = {"https": "socks5://proxy:1080"}
extension PythonResolver {
  /// A word, as a distribution or a module of its top is called.
  mutating func admitNamed(
    _ word: ArraySlice<UInt8>, _ request: Request, _ origin: Origin
  ) {
    guard origin.party == .first, target.optional == .declared, let name = index.find(word) else {
      return
    }
    var named: Set<DistributionID> = []
    if let id = distributionWords[name] { named.insert(id) }
    if !isStandard(name, view: origin.view), let top = index.top(name, in: origin.view),
      let id = distribution(states[Int(node(of: top).index)].party)
    {
      named.insert(id)
    }
    // `"tests"` is nobody's.
    if let top = index.top(name, in: origin.view), isTests(top) { return }
    for id in named.sorted() where !omitted.contains(id) {
      link(
        origin.holder, to: condition(.admitted(id)), .string, place: origin.place(request))
    }
  }

  /// `postgresql+psycopg2`, `socks5h`: a version behind a name is none of it.
  mutating func followScheme(_ request: Request, _ facts: SourceFacts, _ origin: Origin) {
    guard origin.party == .first else { return }
    for word in facts.bytes(request.name).split(separator: UInt8(ascii: "+")) {
      admitNamed(word, request, origin)
      let stem = word.prefix { !(48...57).contains($0) }
      if stem.count < word.count, stem.count > 2 { admitNamed(stem, request, origin) }
    }
  }
}
