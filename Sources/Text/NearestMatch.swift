/// The candidate that a mistyped word most likely meant; nil where none is close.
///
/// Distance is counted in letters inserted, left out, replaced or swapped with their neighbour
/// (Damerau-Levenshtein, optimal string alignment); case counts for nothing. A third of the word's
/// letters may differ, at least one. Ties go to the candidate that comes first; a candidate that
/// begins with the whole word (three letters or more) is close too.
package func nearestMatch(to word: String, among candidates: [String]) -> String? {
  let typed = Array(word.lowercased().utf8)
  guard !typed.isEmpty else { return nil }
  var best: (distance: Int, candidate: String)?
  for candidate in candidates {
    let other = Array(candidate.lowercased().utf8)
    let allowed = max(1, max(typed.count, other.count) / 3)
    guard abs(typed.count - other.count) <= allowed else { continue }
    let distance = alignmentDistance(typed, other)
    if distance <= allowed, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  if let best { return best.candidate }
  guard typed.count >= 3 else { return nil }
  return candidates.first { $0.lowercased().utf8.starts(with: typed) }
}

private func alignmentDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in 0..<b.count {
      var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
