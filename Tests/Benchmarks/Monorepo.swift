import Foundation

/// A generated monorepo: functions that share first-party modules and real distributions.
///
/// The same seed gives the same files. Every function has a folder of its own, a handler that
/// imports a few shared modules and a few of the distributions, and a `requirements.txt` of its own
/// for tools that need one; `pare` reads the one at the root.
///
/// From 100 functions on, four in five are small, as in most large monorepos: they take only what
/// counts as light. A thousand archives have 5 GB then; with 13 MB each, as the 20 have, it would be
/// the disk that is measured.
struct Monorepo {
  /// A distribution that a function can ask for.
  private struct Ingredient {
    let requirement: String
    let statement: String
    /// Of a hundred functions, how many have it.
    let share: Int
    var isLight = false
  }

  private static let ingredients = [
    Ingredient(
      requirement: "boto3", statement: "import boto3\n_s3 = boto3.client(\"s3\")", share: 60),
    Ingredient(requirement: "requests", statement: "import requests", share: 40, isLight: true),
    Ingredient(requirement: "pydantic", statement: "from pydantic import BaseModel", share: 40),
    Ingredient(
      requirement: "aws_lambda_powertools", statement: "from aws_lambda_powertools import Logger",
      share: 30),
    Ingredient(
      requirement: "Jinja2", statement: "from jinja2 import Environment", share: 20, isLight: true),
    Ingredient(requirement: "PyYAML", statement: "import yaml", share: 20, isLight: true),
    Ingredient(
      requirement: "SQLAlchemy", statement: "from sqlalchemy import create_engine", share: 15),
    Ingredient(requirement: "PyMySQL", statement: "import pymysql", share: 15, isLight: true),
    Ingredient(
      requirement: "cryptography", statement: "from cryptography.fernet import Fernet", share: 10),
    Ingredient(requirement: "pillow", statement: "from PIL import Image", share: 10),
    Ingredient(requirement: "numpy", statement: "import numpy as np", share: 10),
    Ingredient(requirement: "pandas", statement: "import pandas as pd", share: 5),
  ]

  let folder: String
  let functionCount: Int
  let moduleCount: Int
  let seed: UInt64

  /// The source file that "one file touched" touches: a leaf that every function reaches.
  var touchedFile: String { folder + "/src/shared/mod_0000.py" }
  func functionName(_ index: Int) -> String { "f" + padded(index) }

  func write(wheels: String) throws {
    var random = SplitMix64(state: seed)
    try? FileManager.default.removeItem(atPath: folder)
    try write(
      """
      [tool.pare]
      runtime = "python3.12"
      source-roots = ["src"]
      environment = "\(wheels)"
      discover = ["functions/*/app.py:handler"]

      """, to: "pyproject.toml")
    try write("", to: "src/shared/__init__.py")
    for module in 0..<moduleCount {
      var text = "import json\nimport logging\n"
      if module > 0 {
        text += "from shared import mod_0000\n"
        for _ in 0..<random.below(4) {
          text += "from .mod_\(padded(random.below(module))) import value as v\(random.below(9))\n"
        }
      }
      text += "\nvalue = \(module)\n\n"
      for function in 0..<12 {
        text +=
          "def step_\(function)(event):\n    \"\"\"Step \(function) of module \(module).\"\"\"\n"
        text += "    logging.info(\"step %s of %s\", \(function), \(module))\n"
        text +=
          "    return json.dumps({\"event\": event, \"value\": value + \(random.below(1000))})\n\n"
      }
      try write(text, to: "src/shared/mod_\(padded(module)).py")
    }
    for function in 0..<functionCount {
      let isSmall = functionCount >= 100 && function % 5 != 0
      let chosen = Self.ingredients.filter {
        random.below(100) < $0.share && (!isSmall || $0.isLight)
      }
      var text = chosen.map { $0.statement + "\n" }.joined()
      var own = Set<Int>()
      for _ in 0..<6 { own.insert(random.below(moduleCount)) }
      let modules = own.sorted()
      text += modules.map { "from shared import mod_\(padded($0))\n" }.joined()
      text += "\n\ndef handler(event, context):\n    return {\"function\": \(function), \"value\": "
      text += modules.map { "mod_\(padded($0)).value" }.joined(separator: " + ") + "}\n"
      try write(text, to: "functions/\(functionName(function))/app.py")
      try write(
        chosen.map { $0.requirement + "\n" }.joined(),
        to: "functions/\(functionName(function))/requirements.txt")
    }
  }

  private func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func write(_ text: String, to path: String) throws {
    let whole = folder + "/" + path
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: whole))
  }
}

/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
