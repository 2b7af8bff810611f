import Dispatch
import Files
import Testing

struct ConcurrentWorklistTests {
  struct Odd: Error, Equatable { let item: Int }

  /// Each number below 1,000 asks for two larger ones, as `take` sees them.
  private func traversal(jobs: Int, isLarge: (Int) -> Bool = { _ in false }) -> [Int] {
    var seen: Set<Int> = [1]
    var taken: [Int] = []
    concurrentWorklist([1], jobs: jobs, isLarge: isLarge, worker: { () }) { (_: inout Void, item) in
      [item * 2, item * 3].filter { $0 < 1000 }
    } take: { item, found in
      taken.append(item)
      return found.filter { seen.insert($0).inserted }
    }
    return taken
  }

  @Test(arguments: [1, 2, 7]) func `items are taken in the order in which they were found`(
    jobs: Int
  ) {
    let taken = traversal(jobs: jobs)
    #expect(taken.prefix(7) == [1, 2, 3, 4, 6, 9, 8])
    #expect(taken == traversal(jobs: 1))
    #expect(Set(taken).count == taken.count)
  }

  @Test(arguments: [1, 2, 7]) func `what is large is taken once nothing else is left`(jobs: Int) {
    let taken = traversal(jobs: jobs, isLarge: { $0 % 3 == 0 })
    // 1, 2, 4, … ask for nothing large that comes before them.
    #expect(taken.prefix(11) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 3])
    #expect(taken == traversal(jobs: 1, isLarge: { $0 % 3 == 0 }))
    #expect(Set(taken) == Set(traversal(jobs: 1)))
  }

  @Test func `nobody waits for what is large while there is something else to do`() {
    let lastIsTaken = DispatchSemaphore(value: 0)
    concurrentWorklist([0, 1], jobs: 2, isLarge: { $0 == 0 }, worker: { () }) {
      (_: inout Void, item) in
      // Ends only when the others were taken meanwhile.
      if item == 0 { #expect(lastIsTaken.wait(timeout: .now() + 60) == .success) }
      return item
    } take: { item, _ in
      if item == 500 { lastIsTaken.signal() }
      return item == 0 || item == 500 ? [] : [item + 1]
    }
  }

  @Test(arguments: [1, 2, 7]) func `the first failure in the order of the list is thrown`(
    jobs: Int
  ) {
    var taken: [Int] = []
    #expect(throws: Odd(item: 301)) {
      try concurrentWorklist(Array(0..<1000), jobs: jobs, worker: { () }) {
        (_: inout Void, item) throws(Odd) -> Int in
        if item > 300, item % 2 == 1 { throw Odd(item: item) }
        return item
      } take: { (item, _) throws(Odd) in
        taken.append(item)
        return []
      }
    }
    #expect(taken == Array(0...300))
  }

  @Test(arguments: [1, 3]) func `a failure while taking ends the work`(jobs: Int) {
    var count = 0
    #expect(throws: Odd(item: 5)) {
      try concurrentWorklist([0], jobs: jobs, worker: { () }) {
        (_: inout Void, item) throws(Odd) -> Int in
        item
      } take: { (item, _) throws(Odd) in
        count += 1
        if item == 5 { throw Odd(item: item) }
        return [item + 1]
      }
    }
    #expect(count == 6)
  }

  @Test func `an empty list needs no work`() {
    concurrentWorklist([Int](), jobs: 4, worker: { () }) { (_: inout Void, item) in
      item
    } take: { _, _ in
      []
    }
  }
}
