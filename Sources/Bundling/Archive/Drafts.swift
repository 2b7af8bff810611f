import Files
import Model
import Synchronization

/// Where a run puts what it compresses: into the cache's folder, and where that takes no more, into a
/// temporary one, and so on. What was written before stays where it is.
final class Drafts: Sendable {
  struct Open: Sendable {
    let draft: CacheShelf.Draft
    let spool: SharedInput

    init(in folder: String) throws(FileError) {
      draft = try CacheShelf.Draft(in: folder)
      spool = SharedInput(try draft.spool.open())
    }
  }

  private struct State {
    var open: [Open] = []
    /// Those that were not tried yet, last first.
    var folders: [String]
    var refused: [FileError] = []
  }

  /// Whether the first one is a shelf of the cache to be.
  let isInCache: Bool
  private let cache: Cache?
  private let state: Mutex<State>

  /// Throws where no folder takes anything.
  init(_ cache: Cache?) throws(FileError) {
    self.cache = cache
    let temporary = FileSystem.temporaryFolders
    if cache == nil { Leftovers.remove(in: temporary[0]) }
    var state = State(folders: temporary.reversed())
    if let named = System.variable("TMPDIR"), cache == nil, !temporary.contains(named) {
      state.refused.append(FileError("write", named, .denied))
    }
    let first = cache?.attempt { () throws(FileError) in try Open(in: cache?.contentsFolder ?? "") }
    isInCache = first != nil
    if let first { state.open.append(first) } else { _ = try Self.openNext(&state) }
    self.state = Mutex(state)
  }

  subscript(position: Int) -> Open { state.withLock { $0.open[position] } }

  /// Appends to the newest, and says which that is. Throws where no folder has room.
  func append(
    _ key: ShelfKey, _ value: Span<UInt8>
  ) throws(FileError) -> (draft: Int, slot: CacheShelf.Slot) {
    while true {
      let (position, open) = state.withLock { ($0.open.count - 1, $0.open[$0.open.count - 1]) }
      do throws(FileError) {
        return (position, try open.draft.append(key, value))
      } catch {
        guard error.isDiskFull || error.isDenied else { throw error }
        try move(from: position, error)
      }
    }
  }

  /// Opens the next one, unless another thread has.
  private func move(from position: Int, _ refusal: FileError) throws(FileError) {
    let result: Result<Void, FileError> = state.withLock { state in
      guard state.open.count - 1 == position else { return .success(()) }
      if isInCache && position == 0 { cache?.note(refusal) } else { state.refused.append(refusal) }
      return Result { () throws(FileError) in
        guard try Self.openNext(&state) else { throw refusal }
      }
    }
    try result.get()
  }

  /// False where there is none left.
  private static func openNext(_ state: inout State) throws(FileError) -> Bool {
    while let folder = state.folders.popLast() {
      do throws(FileError) {
        state.open.append(try Open(in: folder))
        return true
      } catch {
        if state.folders.isEmpty && state.open.isEmpty { throw error }
        state.refused.append(error)
      }
    }
    return false
  }

  /// One warning, where a temporary folder could not be used.
  var diagnostics: [Diagnostic] {
    state.withLock { $0.refused.first.map { [.temporaryFolderUnusable($0)] } ?? [] }
  }
}
