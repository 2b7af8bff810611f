import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The results of `body` over `items`, in the order of `items`, worked out by up to `jobs` threads.
///
/// Each thread makes one `worker` of its own (a buffer, an inflater) and keeps it from item to item.
/// Items are taken in order. The first failure in the order of `items` is thrown, the same one with
/// any number of threads: nothing is started after a failure, and all items before it were started.
/// The caller's thread is one of the threads.
package func concurrentMap<Item: Sendable, Output: Sendable, Worker: ~Copyable, Fault: Error>(
  _ items: [Item], jobs: Int, worker makeWorker: @Sendable () -> Worker,
  _ body: @Sendable (inout Worker, Item) throws(Fault) -> Output
) throws(Fault) -> [Output] {
  let jobs = min(jobs, items.count)
  guard jobs > 1 else {
    var worker = makeWorker()
    var outputs: [Output] = []
    outputs.reserveCapacity(items.count)
    for item in items { outputs.append(try body(&worker, item)) }
    return outputs
  }

  nonisolated(unsafe) let slots = UnsafeMutableBufferPointer<Result<Output, Fault>?>.allocate(
    capacity: items.count)
  unsafe slots.initialize(repeating: nil)
  defer {
    unsafe slots.deinitialize()
    unsafe slots.deallocate()
  }
  let progress = ClaimedItems()
  runThreads(count: jobs) {
    var worker = makeWorker()
    while let index = progress.claim(below: items.count) {
      do throws(Fault) {
        unsafe slots[index] = .success(try body(&worker, items[index]))
      } catch {
        unsafe slots[index] = .failure(error)
        progress.stop()
      }
    }
  }

  var outputs: [Output] = []
  outputs.reserveCapacity(items.count)
  for index in items.indices {
    switch unsafe slots[index] {
    case .success(let output): outputs.append(output)
    case .failure(let fault): throw fault
    case nil: preconditionFailure("an item before the first failure was not worked on")
    }
  }
  return outputs
}

/// As `concurrentMap(_:jobs:worker:_:)`, for work that needs nothing kept between items.
package func concurrentMap<Item: Sendable, Output: Sendable, Fault: Error>(
  _ items: [Item], jobs: Int, _ body: @Sendable (Item) throws(Fault) -> Output
) throws(Fault) -> [Output] {
  try concurrentMap(items, jobs: jobs, worker: { () }) { (_: inout Void, item) throws(Fault) in
    try body(item)
  }
}

/// The results of two pieces of work, side by side where there are two `jobs`. Of two failures the
/// first one's is thrown.
package func concurrently<A: Sendable, B: Sendable, Fault: Error>(
  jobs: Int, _ first: @Sendable () throws(Fault) -> A, _ second: @Sendable () throws(Fault) -> B
) throws(Fault) -> (A, B) {
  let results = try concurrentMap([true, false], jobs: jobs) {
    isFirst throws(Fault) -> (first: A?, second: B?) in
    isFirst ? (try first(), nil) : (nil, try second())
  }
  guard let first = results[0].first, let second = results[1].second else {
    preconditionFailure("both pieces of work have a result")
  }
  return (first, second)
}

/// Hands out positions in ascending order.
private final class ClaimedItems: Sendable {
  private let next = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)

  func claim(below count: Int) -> Int? {
    guard !isStopped.load(ordering: .relaxed) else { return nil }
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }
}

/// Runs `body` on `count` threads, this one among them, and waits for all. Where the system gives
/// no further thread, fewer do the work.
func runThreads(count: Int, _ body: @Sendable () -> Void) {
  runThreads(count: count, body, caller: body)
}

/// The same, with another part for this thread.
func runThreads(count: Int, _ body: @Sendable () -> Void, caller: () -> Void) {
  withoutActuallyEscaping(body) { body in
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      let start = unsafe Unmanaged.passRetained(ThreadStart(body))
      #if canImport(Glibc)
        var thread = pthread_t()
      #else
        var thread: pthread_t?
      #endif
      let result = unsafe pthread_create(&thread, nil, threadMain, start.toOpaque())
      guard result == 0 else {
        unsafe start.release()
        break
      }
      #if canImport(Glibc)
        threads.append(thread)
      #else
        if let thread { threads.append(thread) }
      #endif
    }
    caller()
    for thread in threads { _ = pthread_join(thread, nil) }
  }
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Glibc)
  private func threadMain(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let start = unsafe start else { return nil }
    unsafe Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().body()
    return nil
  }
#else
  private func threadMain(_ start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().body()
    return nil
  }
#endif
