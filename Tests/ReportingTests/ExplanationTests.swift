import Model
import Reporting
import Testing

private let chain = Explanation(
  function: "checkout", target: "shop.currency", distribution: nil,
  outcome: .included([
    .init(
      from: "handler", to: "shop.pricing", kind: .topLevel,
      location: SourceLocation(path: "functions/checkout/handler.py", line: 7, column: 6),
      line: "from shop.pricing import total", note: nil, isOwn: true),
    .init(
      from: "shop.pricing", to: "shop.currency", kind: .lazy,
      location: SourceLocation(path: "packages/shop/src/shop/pricing.py", line: 3, column: 1),
      line: "from .currency import Money", note: nil, isOwn: true),
    .init(
      from: "shop.currency", to: "shop/data", kind: .data, location: nil, line: nil, note: nil,
      isOwn: true),
  ]), weight: 4100, retained: 12_900)

@Test func `a chain shows each line with its place and its kind`() {
  #expect(
    explanationText(chain) == """
      shop.currency is in checkout: 4.10 kB; without it 12.9 kB less
        functions/checkout/handler.py:7       from shop.pricing import total
        packages/shop/src/shop/pricing.py:3   from .currency import Money  (lazy) → shop.currency
        shop.currency                         shop/data is data beside shop.currency

      """)
}

@Test func `a module of a distribution with another name says whose it is`() {
  let explanation = Explanation(
    function: "checkout", target: "psycopg2", distribution: "psycopg2-binary 2.9.10",
    outcome: .included([]), weight: 1000, retained: 2000)
  #expect(
    explanationText(explanation).hasPrefix(
      "psycopg2, of psycopg2-binary 2.9.10, is in checkout: 1.00 kB; without it 2.00 kB less\n"))
}

@Test func `what is absent says why not`() {
  let explanation = Explanation(
    function: "checkout", target: "numpy", distribution: nil,
    outcome: .absent([
      .init("imported for types only", at: SourceLocation(path: "a.py", line: 3, column: 1))
    ]), weight: 0, retained: 0)
  #expect(
    explanationText(explanation) == """
      numpy is not in checkout
        a.py:3:1: imported for types only

      """)
}

@Test func `every kind of edge has words of its own where there is no line`() {
  var seen: Set<String> = []
  for kind in EdgeKind.allCases {
    let text = explanationText(
      Explanation(
        function: "f", target: "b", distribution: nil,
        outcome: .included([
          .init(from: "a", to: "b", kind: kind, location: nil, line: nil, note: nil, isOwn: true)
        ]), weight: 1, retained: 1))
    #expect(text.contains("b"))
    seen.insert(text)
  }
  #expect(seen.count >= EdgeKind.allCases.count - 2)
}

@Test func `an explanation is one document`() {
  let collected = Collected()
  writeJSON(chain) { collected.add($0) }
  #expect(collected.text.contains("\"included\": true"))
  #expect(collected.text.contains("\"kind\": \"lazy\""))
  #expect(collected.text.hasSuffix("}\n"))
}
