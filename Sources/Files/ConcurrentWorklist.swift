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
/// Large items stand in a line of their own: they are begun as soon as they are known, and taken once
/// every other item was, so that nobody waits for one while there is something else to do. The order
/// does not depend on who finishes first, and so neither does anything that `take` does. It goes on
/// beside the work on later items, so it need not be short. The first failure in the order of taking
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
    while let (place, item) = list.claim() {
      do throws(Fault) {
        list.finish(place, .success(try body(&worker, item)))
      } catch {
        list.finish(place, .failure(error))
      }
    }
  } caller: {
    var worker = makeWorker()
    defer { list.close() }
    while let step = list.step() {
      do throws(Fault) {
        switch step {
        case .take(let item, let result): list.append(try take(item, try result.get()), isLarge)
        case .work(let place, let item):
          do throws(Fault) {
            list.finish(place, .success(try body(&worker, item)))
          } catch {
            list.finish(place, .failure(error))
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
  typealias Outcome = Result<Output, Fault>

  enum Step {
    case take(Item, Outcome)
    case work(Place, Item)
  }

  struct Place {
    let isLarge: Bool
    let index: Int
  }

  /// Items that are claimed in order, and taken in order.
  private struct Line {
    private var items: [Item] = []
    private var outcomes: [Outcome?] = []
    private var claimed = 0
    private var taken = 0

    var isTaken: Bool { taken == items.count }

    mutating func append(_ item: Item) {
      items.append(item)
      outcomes.append(nil)
    }

    mutating func claim() -> (index: Int, item: Item)? {
      guard claimed < items.count else { return nil }
      claimed += 1
      return (claimed - 1, items[claimed - 1])
    }

    /// Whether it is the next to be taken.
    mutating func finish(_ index: Int, _ outcome: Outcome) -> Bool {
      outcomes[index] = outcome
      return index == taken
    }

    /// Nil while the next one is not finished.
    mutating func take() -> (Item, Outcome)? {
      guard !isTaken, let outcome = outcomes[taken] else { return nil }
      outcomes[taken] = nil
      taken += 1
      return (items[taken - 1], outcome)
    }
  }

  // Everything below is guarded by `lock`.
  private var common = Line()
  private var large = Line()
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
        if isLarge(item) { large.append(item) } else { common.append(item) }
      }
      return waitingWorkers > 0
    }
    if isAwaited { _ = unsafe pthread_cond_broadcast(work) }
  }

  /// An item to work on, a large one first; waits for one, and is nil once there will be none.
  func claim() -> (Place, Item)? {
    locked {
      while !isClosed {
        if let (index, item) = large.claim() { return (Place(isLarge: true, index: index), item) }
        if let (index, item) = common.claim() { return (Place(isLarge: false, index: index), item) }
        waitingWorkers += 1
        _ = unsafe pthread_cond_wait(work, lock)
        waitingWorkers -= 1
      }
      return nil
    }
  }

  func finish(_ place: Place, _ outcome: Outcome) {
    let isAwaited = locked {
      let isNext =
        place.isLarge
        ? large.finish(place.index, outcome) && common.isTaken
        : common.finish(place.index, outcome)
      return isNext && isCallerWaiting
    }
    if isAwaited { _ = unsafe pthread_cond_signal(results) }
  }

  /// What the caller has to do: take what is next, or help with what is not finished yet; nil once
  /// everything was taken. It begins a large item only where nothing else is left: meanwhile nothing
  /// is taken, and nothing new is found for others to do.
  func step() -> Step? {
    locked {
      while !common.isTaken || !large.isTaken {
        if let (item, outcome) = common.isTaken ? large.take() : common.take() {
          return .take(item, outcome)
        }
        if let (index, item) = common.claim() {
          return .work(Place(isLarge: false, index: index), item)
        }
        if common.isTaken, let (index, item) = large.claim() {
          return .work(Place(isLarge: true, index: index), item)
        }
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
}
