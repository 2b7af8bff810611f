import Model

extension JSONWriter {
  /// A profile as the page has it: a row for each import, -1 for what there is not.
  mutating func icicle(_ profile: Profile) {
    object { json in
      json.field("function", profile.function)
      json.field("python", profile.version)
      json.field("runs", profile.runs)
      json.key("start")
      json.spread(profile.start)
      json.key("call")
      if let call = profile.call { json.spread(call) } else { json.null() }
      json.array("imports") { json in
        for (item, isIdle) in zip(profile.imports, profile.isIdle) {
          json.array { json in
            json.value(item.name)
            for number in [
              item.parent ?? -1, item.phase == .start ? 0 : 1, item.own, item.inclusive,
              item.compiling, item.retained ?? -1,
              !item.isShipped ? 2 : item.distribution == nil ? 0 : 1, isIdle ? 1 : 0,
            ] { json.value(number) }
            json.value(item.location.map(place) ?? "")
            json.value(item.distribution ?? "")
          }
        }
      }
      json.array("deferrals") { json in
        for deferral in profile.deferrals {
          json.array { json in
            json.value(deferral.module)
            for number in [deferral.saved, deferral.noise, deferral.retained ?? -1] {
              json.value(number)
            }
            json.array { json in
              for statement in deferral.statements {
                json.array { json in
                  json.value(describe(statement.location))
                  json.value(firstLine(statement.text))
                }
              }
            }
          }
        }
      }
    }
  }

  private mutating func spread(_ spread: Profile.Spread) {
    array { json in
      for number in [spread.median, spread.least, spread.most] { json.value(number) }
    }
  }
}
