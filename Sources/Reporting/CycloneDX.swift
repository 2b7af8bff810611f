package import Model

/// `pare sbom`: CycloneDX 1.6 (ECMA-424) as JSON, without the time and a random number, so that the same
/// archives have the same bill.
package func writeCycloneDX(
  _ bill: BillOfMaterials, toolVersion: String, sink: @escaping ([UInt8]) -> Void
) {
  // One function is what the bill is of; several are parts of the project.
  let only = bill.functions.count == 1 ? bill.functions[0] : nil
  var json = JSONWriter(sink: sink)
  json.object { json in
    json.field("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
    json.field("bomFormat", "CycloneDX")
    json.field("specVersion", "1.6")
    json.field("version", 1)
    json.object("metadata") { json in
      json.object("tools") { json in
        json.array("components") { json in
          json.object { json in
            json.field("type", "application")
            json.field("name", "pare")
            json.field("version", toolVersion)
          }
        }
      }
      json.object("component") { json in
        if let only {
          json.fields(of: only)
        } else {
          json.field("type", "application")
          json.field("bom-ref", "project")
          json.field("name", bill.project)
        }
      }
    }
    json.array("components") { json in
      if only == nil {
        for function in bill.functions { json.object { $0.fields(of: function) } }
      }
      for component in bill.components { json.object { $0.fields(of: component) } }
    }
    json.array("dependencies") { json in
      if only == nil {
        json.dependency("project", on: bill.functions.map(reference))
      }
      for function in bill.functions {
        json.dependency(reference(function), on: function.ships.map { purl(bill.components[$0]) })
      }
      for component in bill.components {
        json.dependency(purl(component), on: component.requires.map { purl(bill.components[$0]) })
      }
    }
  }
  json.endLine()
}

extension JSONWriter {
  fileprivate mutating func fields(of function: BillOfMaterials.Function) {
    field("type", "application")
    field("bom-ref", reference(function))
    field("name", function.name)
    array("properties") { json in
      json.object { json in
        json.field("name", "pare:contentDigest")
        json.field("value", function.contentDigest)
      }
    }
  }

  fileprivate mutating func fields(of component: BillOfMaterials.Component) {
    field("type", "library")
    field("bom-ref", purl(component))
    field("name", component.name)
    field("version", component.version)
    field("purl", purl(component))
    if let hash = component.wheelSHA256 {
      array("hashes") { json in
        json.object { json in
          json.field("alg", "SHA-256")
          json.field("content", hash)
        }
      }
    }
    guard let licence = component.licence else { return }
    array("licenses") { json in
      json.object { json in
        switch licence {
        case .expression(let text): json.field("expression", text)
        case .name(let text): json.object("license") { $0.field("name", text) }
        }
      }
    }
  }

  fileprivate mutating func dependency(_ reference: String, on others: [String]) {
    object { json in
      json.field("ref", reference)
      json.array("dependsOn") { json in for other in others { json.value(other) } }
    }
  }
}

private func reference(_ function: BillOfMaterials.Function) -> String {
  "function:\(function.name)"
}

/// `pkg:pypi/typing-extensions@4.12.2`: lower case, `_` as `-` (package-url specification, type `pypi`).
private func purl(_ component: BillOfMaterials.Component) -> String {
  func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
  let name = component.name.lowercased().replacing("_", with: "-")
  return "pkg:pypi/\(encoded(name))@\(encoded(component.version))"
}
