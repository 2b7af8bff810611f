import Model

/// Who calls for a folder of data, as far as the team's own code shows it.
struct Choosers: Sendable {
  /// What is called with a folder's name: what the rule says, and then the team's own functions that
  /// hand a parameter on to one of these.
  var callees: [Callee]
  /// Of how many callees the calls of a module have been asked for.
  var asked: [NodeID: Int] = [:]
  /// Names of callees that are called, or assigned to, somewhere.
  var called: Set<String> = []
  var open: [OpenCall] = []
  var openPlaces: Set<Place> = []
}

/// A call whose argument is not constant.
struct OpenCall: Sendable {
  let node: NodeID
  let place: Place
  let expression: String
  /// The function whose callers decide, where it is a parameter of that, or the constant that does.
  let decider: String?
}

extension PythonResolver {
  /// How many functions that hand a name on are followed.
  private static let mostCallees = 64

  /// Once nothing else is left to scan: how first-party modules call for folders of data that have
  /// been reached.
  ///
  /// Only what needs it pays for it. A function that hands its parameter on is asked for in the next
  /// round, until there are no more such functions.
  mutating func askForCalls() {
    for position in rules.choices.indices {
      let choice = rules.choices[position]
      guard everyFolder[position] != nil else { continue }
      var chosen =
        choosers[position]
        ?? Choosers(
          callees: choice.calls.map {
            Callee(.ruled, name: $0, position: 0, keyword: choice.argument)
          })
      for index in states.indices where states[index].isReached && states[index].party == .first {
        let node = NodeID(index)
        guard case .module(let module) = states[index].subject,
          let source = self.index.modules[Int(module)].leaf?.source
        else { continue }
        let new = chosen.callees[(chosen.asked[node] ?? 0)...]
        if new.isEmpty { continue }
        chosen.asked[node] = chosen.callees.count
        frontier.append(
          ScanRequest(node: node, file: source, role: .source, question: .calls(Array(new))))
        awaited[node, default: []].append(Awaited(file: source, purpose: .calls(position)))
      }
      choosers[position] = chosen
    }
  }

  /// Follows how one file calls for folders of data.
  mutating func followCalls(_ facts: SourceFacts, of position: Int, from origin: Origin) {
    let ignored = Set(facts.requests.lazy.filter { $0.form == .ignore }.map(\.line))
    for request in facts.requests where request.form != .ignore && request.kind != .typeOnly {
      if let guardIndex = request.guardIndex,
        facts.guards[Int(guardIndex)].decided(by: target.runtime, library) == false
      {
        continue
      }
      let members = request.members.map { facts.string(facts.members[Int($0)]) }
      guard let callee = members.first else { continue }
      choosers[position]?.called.insert(callee)
      if request.form == .argument {
        if let word = index.find(facts.bytes(request.name)),
          choiceWords[word]?.contains(position) == true
        {
          followDataWord(word, [position], request, origin)
        }
      } else if !ignored.contains(request.line),
        concerns(
          position, members[1], origin, isMention: isMention(request, facts, position),
          isGotten: facts.bytes(request.name).starts(with: "getattr(".utf8))
      {
        addOpenCall(request, facts, members, position, origin)
      }
    }
  }

  private mutating func addOpenCall(
    _ request: Request, _ facts: SourceFacts, _ members: [String], _ position: Int,
    _ origin: Origin
  ) {
    var decider: String?
    if members.count > 2, let chosen = choosers[position] {
      let callee =
        members.count == 3
        ? Callee(.constant, name: members[2])
        : Callee(.found, name: members[2], position: Int(members[3]), keyword: members[4])
      if chosen.callees.contains(callee) {
        decider = callee.name
      } else if chosen.callees.count < Self.mostCallees {
        choosers[position]?.callees.append(callee)
        decider = callee.name
      }
    }
    // By another name it may have been seen already: `make = session.client; make(name)`.
    let place = origin.place(request)
    if choosers[position]?.openPlaces.insert(place).inserted != true { return }
    choosers[position]?.open.append(
      OpenCall(
        node: origin.node, place: place, expression: facts.string(request.name),
        decider: decider))
  }

  /// `use(boto3.client)`: what the rule tells of is not called where it is named.
  private func isMention(_ request: Request, _ facts: SourceFacts, _ position: Int) -> Bool {
    guard let callee = request.members.first.map({ facts.string(facts.members[Int($0)]) }) else {
      return false
    }
    return facts.bytes(request.name).last != UInt8(ascii: ")")
      && rules.choices[position].calls.contains(callee)
  }

  /// Whether what is called can be the rule's distributions: `docker.client(url)` is not. An object of
  /// the team's own that is called so (`use(db.client)`) may be anything, and is no function mostly.
  /// Nor is what a module of the team's own has (`getattr(jobs, name)`) called for here: it calls itself.
  private mutating func concerns(
    _ position: Int, _ receiver: String, _ origin: Origin, isMention: Bool, isGotten: Bool
  ) -> Bool {
    guard !receiver.isEmpty else { return true }
    if receiver.hasPrefix(".") { return !isMention }
    let dotted = index.intern(receiver)
    if isStandard(index.top(of: dotted), view: origin.view) { return false }
    let choice = rules.choices[position]
    for (found, _) in look(up: dotted, from: origin) where found.module >= 0 {
      guard let id = distribution(states[Int(node(of: found.module).index)].party) else {
        return !isMention && !(isGotten && found.isComplete)
      }
      let row = workspace.distributions[id]
      let owners = choice.distributions + choice.deaf
      if owners.contains(row.name) || row.requires.contains(where: owners.contains) { return true }
    }
    return false
  }

  /// The calls that nothing decides: not those of a function whose callers are seen, since these are
  /// calls of their own.
  func openCalls(_ position: Int) -> [OpenCall] {
    guard let chosen = choosers[position] else { return [] }
    return chosen.open.filter { call in call.decider.map { !chosen.called.contains($0) } ?? true }
  }

  /// `session.client(os.environ["SERVICE"])`: all folders are kept, and it is said.
  mutating func linkOpenCalls(_ position: Int) {
    let calls = openCalls(position)
    guard !calls.isEmpty else { return }
    let choice = rules.choices[position]
    let all = condition(.everyFolder(position))
    let owners = Set(
      (everyFolder[position] ?? []).compactMap {
        distribution(states[Int($0.index)].party)
      }
    ).sorted()
    for call in calls {
      currentEdges.removeAll(keepingCapacity: true)
      for owner in owners {
        link(
          call.node, to: all, .blindSpot, premise: condition(.uses(owner)), place: call.place)
      }
      blindSpots.append(
        BlindSpot(
          node: call.node, place: call.place, expression: call.expression,
          bound: "any of '\(choice.place)'", keeps: true,
          chooses: choice.distributions[0]))
    }
    linkEveryFolder(position)
  }

  mutating func linkEveryFolder(_ position: Int) {
    guard linkedChoices.insert(position).inserted else { return settle() }
    currentEdges.removeAll(keepingCapacity: true)
    let all = condition(.everyFolder(position))
    for node in everyFolder[position] ?? [] {
      link(all, to: node, .blindSpot, note: note(rules.choices[position].why))
    }
    settle()
  }
}
