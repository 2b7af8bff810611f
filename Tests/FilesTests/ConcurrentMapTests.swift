import Files
import Testing

struct ConcurrentMapTests {
  struct Odd: Error, Equatable { let item: Int }

  @Test(arguments: [1, 2, 7]) func `results stand in the order of the items`(jobs: Int) {
    let items = Array(0..<1000)
    #expect(concurrentMap(items, jobs: jobs) { $0 * 2 } == items.map { $0 * 2 })
  }

  @Test(arguments: [1, 2, 7]) func `the first failure in the order of the items is thrown`(
    jobs: Int
  ) {
    #expect(throws: Odd(item: 301)) {
      try concurrentMap(Array(0..<1000), jobs: jobs) { (item: Int) throws(Odd) -> Int in
        if item > 300, item % 2 == 1 { throw Odd(item: item) }
        return item
      }
    }
  }

  @Test func `each thread keeps a worker of its own`() {
    let counts = concurrentMap(Array(0..<100), jobs: 3, worker: { 0 }) { (seen: inout Int, _) in
      seen += 1
      return seen
    }
    #expect(counts.count == 100)
    #expect(counts.filter { $0 == 1 }.count <= 3)
    #expect(counts.max().map { $0 >= 34 } == true)
  }

  @Test func `no items need no thread`() {
    #expect(concurrentMap([Int](), jobs: 4) { $0 } == [])
  }
}
