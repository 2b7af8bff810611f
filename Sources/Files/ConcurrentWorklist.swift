#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Works on a list that grows while it is worked on.
///
/// Up to `jobs` threads run `body`, each with a `worker` of its own. What it gives is handed to
/// `take`, on the caller's thread and strictly in the order of the list; the items that `take`
/// returns are put behind it. It ends when everything was taken.
///
///     try concurrentWorklist(handlers, jobs: 8, worker: { reader() }) { reader, file in
///       scan(file, reader)
///     } take: { file, facts in
///       resolve(facts)            // the files that were found to be needed
///     }
///
/// Since the order does not depend on who finishes first, neither does anything that `take` does. It
/// goes on beside the work on later items, so it need not be short. Large items are begun as soon as
/// they are known, so that nobody waits for one at the end. The first failure in the order of the list
/// is thrown.
package func concurrentWorklist<Item: Sendable, Output: Sendable, Worker: ~Copyable, Fault: Error>(
  _ first: [Item], jobs: Int, isLarge: (Item) -> Bool = { _ in false },
  worker makeWorker: @Sendable () -> Worker,
  _ body: @Sendable (inout Worker, Item) throws(Fault) -> Output,
  take: (Item, Output) throws(Fault) -> [Item]
) throws(Fault) {
  let list = Worklist<Item, Output, Fault>()
  list.append(first, isLarge)
  var failure: Fault?
  runThreads(count: jobs) {
    var worker = makeWorker()
    while let (index, item) = list.claim() {
      do throws(Fault) {
        list.finish(index, .success(try body(&worker, item)))
      } catch {
        list.finish(index, .failure(error))
      }
    }
  } caller: {
    var worker = makeWorker()
    defer { list.close() }
    while let step = list.step() {
      do throws(Fault) {
        switch step {
        case .take(let item, let result): list.append(try take(item, try result.get()), isLarge)
        case .work(let index, let item):
          do throws(Fault) {
            list.finish(index, .success(try body(&worker, item)))
          } catch {
            list.finish(index, .failure(error))
          }
        }
      } catch {
        failure = error
        return
      }
    }
  }
  if let failure { throw failure }
}

/// The list, and what was worked out of it and not taken yet. One thread appends and takes, others
/// claim and finish.
@safe
private final class Worklist<Item: Sendable, Output: Sendable, Fault: Error>:
  @unchecked Sendable
{
  enum Step {
    case take(Item, Result<Output, Fault>)
    case work(Int, Item)
  }

  private enum State {
    case waiting
    case claimed
    case finished(Result<Output, Fault>)
    case taken
  }

  // Everything below is guarded by `lock`.
  private var items: [Item] = []
  private var states: [State] = []
  /// The next item to take; all before it are taken.
  private var next = 0
  /// No item before it waits.
  private var firstWaiting = 0
  /// Positions of large items, the next one last.
  private var large: [Int] = []
  private var isClosed = false
  /// Whoever waits is woken; to tell nobody costs a call of the system all the same.
  private var waitingWorkers = 0
  private var isCallerWaiting = false
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  /// Something can be claimed, or never will be.
  private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// Something was finished.
  private let results = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe work.initialize(to: pthread_cond_t())
    unsafe results.initialize(to: pthread_cond_t())
    _ = unsafe pthread_mutex_init(lock, nil)
    _ = unsafe pthread_cond_init(work, nil)
    _ = unsafe pthread_cond_init(results, nil)
  }

  deinit {
    _ = unsafe pthread_cond_destroy(results)
    _ = unsafe pthread_cond_destroy(work)
    _ = unsafe pthread_mutex_destroy(lock)
    unsafe results.deallocate()
    unsafe work.deallocate()
    unsafe lock.deallocate()
  }

  private func locked<R>(_ body: () -> R) -> R {
    _ = unsafe pthread_mutex_lock(lock)
    defer { _ = unsafe pthread_mutex_unlock(lock) }
    return body()
  }

  func append(_ new: [Item], _ isLarge: (Item) -> Bool) {
    guard !new.isEmpty else { return }
    let isAwaited = locked {
      for item in new {
        if isLarge(item) { large.insert(items.count, at: 0) }
        items.append(item)
        states.append(.waiting)
      }
      return waitingWorkers > 0
    }
    if isAwaited { _ = unsafe pthread_cond_broadcast(work) }
  }

  /// An item to work on, a large one first; waits for one, and is nil once there will be none.
  func claim() -> (Int, Item)? {
    locked {
      while !isClosed {
        if let index = claimLarge() ?? claimInOrder() { return (index, items[index]) }
        waitingWorkers += 1
        _ = unsafe pthread_cond_wait(work, lock)
        waitingWorkers -= 1
      }
      return nil
    }
  }

  func finish(_ index: Int, _ result: Result<Output, Fault>) {
    let isAwaited = locked {
      states[index] = .finished(result)
      return isCallerWaiting && index == next
    }
    if isAwaited { _ = unsafe pthread_cond_signal(results) }
  }

  /// What the caller has to do: take what is next, or help with what is not finished yet; nil once
  /// everything was taken.
  func step() -> Step? {
    locked {
      while next < items.count {
        if case .finished(let result) = states[next] {
          states[next] = .taken
          next += 1
          return .take(items[next - 1], result)
        }
        if let index = claimInOrder() ?? claimLarge() { return .work(index, items[index]) }
        isCallerWaiting = true
        _ = unsafe pthread_cond_wait(results, lock)
        isCallerWaiting = false
      }
      return nil
    }
  }

  /// Nothing more will be taken.
  func close() {
    locked { isClosed = true }
    _ = unsafe pthread_cond_broadcast(work)
  }

  private func claimInOrder() -> Int? {
    while firstWaiting < items.count {
      let index = firstWaiting
      guard case .waiting = states[index] else {
        firstWaiting += 1
        continue
      }
      states[index] = .claimed
      firstWaiting += 1
      return index
    }
    return nil
  }

  private func claimLarge() -> Int? {
    while let index = large.popLast() {
      guard case .waiting = states[index] else { continue }
      states[index] = .claimed
      return index
    }
    return nil
  }
}
