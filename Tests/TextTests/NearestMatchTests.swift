import Testing
import Text

@Test(arguments: [
  ("ouptut", "output"), ("outpu", "output"), ("OUTPUT", "output"), ("runtme", "runtime"),
  ("environmnet", "environment"), ("env", "environment"), ("pkg", nil), ("", nil),
  ("completely-different", nil),
])
func `the nearest match is what was likely meant`(word: String, meant: String?) {
  #expect(nearestMatch(to: word, among: ["output", "runtime", "environment"]) == meant)
}

@Test func `of equally near candidates the first is taken`() {
  #expect(nearestMatch(to: "cat", among: ["bat", "hat"]) == "bat")
}

@Test func `nothing is near where there is nothing`() {
  #expect(nearestMatch(to: "x", among: []) == nil)
}
