#!/usr/bin/env python3
"""What `pare list` finds in AWS SAM and CloudFormation templates, against SAM's own translator.

    PYTHON Tests/Deploy/compare_templates.py --pare PARE FOLDER…

Each folder is a checkout, whose `template.yaml`, `.yml` and `.json` are read twice: by `pare list`, and by
`samtranslator`, which is what AWS makes of them (PYTHON has it: `clients/bin/python` of run.py's working folder).
What the translator refuses is read plainly: the resource with what `Globals` says, parameters with their defaults.
Compared are name, handler, runtime, architecture and the folder of the code, by the place at which a function
begins. Each difference is printed with what pare says there; the exit status is 1 where there is one.
"""

import argparse
import copy
import json
import logging
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

os.environ["AWS_DEFAULT_REGION"] = "eu-central-1"
logging.disable(logging.CRITICAL)
NAMES = ("template.yaml", "template.yml", "template.json")
TYPES = {"AWS::Serverless::Function": "CodeUri", "AWS::Lambda::Function": "Code"}
PLACES = {**TYPES, "AWS::Serverless::LayerVersion": "ContentUri", "AWS::Serverless::Application": "Location",
          "AWS::Serverless::Api": "DefinitionUri", "AWS::Serverless::HttpApi": "DefinitionUri",
          "AWS::Serverless::StateMachine": "DefinitionUri"}
# Pythons that pare packages for; others are refused with a sentence.
PYTHONS = {f"python3.{minor}" for minor in range(8, 16)}


def templates(folder):
    for path in sorted(folder.rglob("*")):
        if path.name in NAMES and path.is_file() and not {"node_modules", ".aws-sam", "cdk.out"} & set(path.parts):
            text = path.read_text(errors="replace")
            if any(type_ in text for type_ in TYPES):
                yield path, text


def lines(text):
    """The line of each resource, by its logical id."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for key, value in root.value:
        if key.value == "Resources":
            return {name.value: name.start_mark.line + 1 for name, _ in value.value}
    return {}


def translated(template):
    """The functions of what AWS makes of a template; local paths are hidden in keys of a bucket meanwhile."""
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        key = PLACES.get(resource.get("Type"))
        properties = resource.get("Properties") or {}
        if key and isinstance(properties.get(key), str) and "://" not in properties[key]:
            properties[key] = "s3://local/" + (properties[key] or ".")
        elif resource.get("Type") == "AWS::Serverless::Function" and not {"CodeUri", "InlineCode", "ImageUri"} & set(
                properties) and not {"CodeUri", "ImageUri"} & set(
                (template.get("Globals") or {}).get("Function") or {}):
            # What the commands that deploy do where nothing is said.
            properties["CodeUri"] = "s3://local/."
    shared = (template.get("Globals") or {}).get("Function") or {}
    if isinstance(shared.get("CodeUri"), str) and "://" not in shared["CodeUri"]:
        shared["CodeUri"] = "s3://local/" + shared["CodeUri"]
    return Translator({}, Parser()).translate(template, parameter_values={})["Resources"]


def plain(template):
    """Resources with what `Globals` says of them."""
    shared = (template.get("Globals") or {}).get("Function") or {}
    resources = copy.deepcopy(template["Resources"])
    for resource in resources.values():
        if resource.get("Type") == "AWS::Serverless::Function":
            resource["Properties"] = {**shared, **(resource.get("Properties") or {})}
            properties = resource["Properties"]
            resource["Type"] = "AWS::Lambda::Function"
            if "InlineCode" in properties:
                properties["Code"] = {"ZipFile": properties["InlineCode"]}
            else:
                properties["Code"] = properties.get("CodeUri", {"ImageUri": ""} if "ImageUri" in properties else ".")
    return resources


def resolved(value, parameters):
    """A text where defaults of parameters decide it, else None."""
    if isinstance(value, dict) and list(value) == ["Ref"]:
        return resolved(parameters.get(value["Ref"], {}).get("Default"), {})
    if isinstance(value, dict) and list(value) == ["Fn::Sub"] and isinstance(value["Fn::Sub"], str):
        text = re.sub(r"\$\{(\w+)\}", lambda m: str(parameters.get(m[1], {}).get("Default", m[0])), value["Fn::Sub"])
        return None if "${" in text else text
    return value if isinstance(value, str) else None


def expected(path, text, count):
    """[(line, id, kind, handler, runtime, architecture, folder)] of one template; kind is 'zip' or why it is not."""
    template = json.loads(text) if path.suffix == ".json" else yaml_parse(text)
    places = lines(text)
    try:
        resources = translated(template)
        count["read by SAM's translator"] += 1
    except Exception as error:
        count["refused by SAM's translator, read plainly"] += 1
        if os.environ.get("SHOW_REFUSED"):
            print(f"{path}: {str(error)[:200]}", file=sys.stderr)
        resources = plain(template)
    parameters = template.get("Parameters") or {}
    for name, resource in resources.items():
        if resource.get("Type") != "AWS::Lambda::Function" or name not in places:
            continue
        properties = resource["Properties"]
        runtime = resolved(properties.get("Runtime"), parameters)
        handler = resolved(properties.get("Handler"), parameters)
        architecture = resolved((properties.get("Architectures") or ["x86_64"])[0], parameters)
        code = properties.get("Code", ".")
        if isinstance(code, dict) and code.get("S3Bucket") == "local":
            code = code["S3Key"]
        kind = "zip"
        if properties.get("PackageType") == "Image" or isinstance(code, dict) and "ImageUri" in code:
            kind = "image"
        elif runtime and not runtime.startswith("python"):
            kind = "language"
        elif isinstance(code, dict):
            kind = "inline" if "ZipFile" in code else "bucket"
        elif "://" in code or code.endswith((".zip", ".jar")):
            kind = "bucket"
        elif runtime and runtime not in PYTHONS:
            kind = "ended runtime"
        folder = None
        if kind == "zip":
            folder = (path.parent / code).resolve()
            if folder.is_file():
                folder = folder.parent
            if not folder.is_dir():
                kind = "no folder"
        yield places[name], name, kind, handler, runtime, architecture, folder


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pare", required=True)
    parser.add_argument("folders", nargs="+", type=Path)
    options = parser.parse_args()
    count, differences = Counter(), 0
    for root in options.folders:
        root = root.resolve()
        done = subprocess.run([options.pare, "list", "-C", root, "--format", "json", "--verbose"],
                              capture_output=True, text=True)
        listed = {}
        found = json.loads(done.stdout or "[]")
        # A document of its own where nothing is described.
        for it in found if isinstance(found, list) else []:
            listed[(it["origin"]["file"], it["origin"]["line"])] = it
        said = {}
        for line in done.stderr.splitlines():
            if place := re.match(r"(\S[^:]*):(\d+):\d+: (.*)", line):
                said.setdefault(place[1], []).append((int(place[2]), place[3]))
        for path, text in templates(root):
            relative = path.relative_to(root).as_posix()
            try:
                functions = list(expected(path, text, count))
            except Exception as error:
                notes = [it for _, it in said.get(relative, [])]
                count["no template for either" if notes else "no template for SAM, none of pare's business"] += 1
                if not notes:
                    print(f"{relative}: cannot be read: {str(error)[:160]}")
                    differences += 1
                continue
            count["templates"] += 1
            for line, name, kind, handler, runtime, architecture, folder in functions:
                count[f"functions: {kind}"] += 1
                it = listed.pop((relative, line), None)
                if kind != "zip":
                    if it is not None:
                        print(f"{relative}:{line}: {name}: listed, though {kind}")
                        differences += 1
                    continue
                if it is None:
                    notes = [n for at, n in said.get(relative, []) if f"'{name}'" in n] or said.get(relative, [])[:2]
                    print(f"{relative}:{line}: {name}: not listed ({handler}, {runtime}); pare says: {notes}")
                    differences += 1
                    continue
                pairs = [("handler", it["handler"], handler), ("runtime", it["runtime"], runtime)]
                if "architecture" in it:
                    pairs.append(("architecture", it["architecture"], architecture))
                if it.get("code") is not None:
                    pairs.append(("folder", str((root / it["code"]).resolve()), str(folder)))
                for what, own, theirs in pairs:
                    if own != theirs and theirs is not None:
                        print(f"{relative}:{line}: {name}: {what} is {own!r}, and {theirs!r} for SAM")
                        differences += 1
        rest = {place: it for place, it in listed.items() if place[0].rsplit("/", 1)[-1] in NAMES}
        for (file, line), it in sorted(rest.items()):
            print(f"{file}:{line}: {it['name']}: listed, and no function for SAM")
            differences += 1
    for what, number in sorted(count.items()):
        print(f"{number:6d}  {what}")
    print(f"{differences:6d}  differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
