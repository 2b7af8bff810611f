#!/usr/bin/env python3
"""What pare writes, given to the tools and runtimes that take it in production.

    python3 Tests/Deploy/run.py [--pare .build/release/pare] [--work DIR] [--archives DIR --examples DIR]

Needs PyPI and Python 3.12; Azure's part needs 3.13. The exit status is 77 where nothing could be judged because
one of them is not there, and 1 where something is wrong. README.md says what is held against what.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import lambda_runtime
import tools
import upload

HERE = Path(__file__).resolve().parent
LINES = [{"sku": "TEA-01", "count": 2, "cents": 450}, {"sku": "LMP-07", "count": 1, "cents": 8940}]


class Ground:
    """The working folder, and the tool under test."""

    def __init__(self, options, work):
        self.pare_path, self.work, self.options = options.pare, work, options
        for name in ("shop", "elsewhere"):
            shutil.rmtree(work / name, ignore_errors=True)
            shutil.copytree(HERE / name, work / name, ignore=shutil.ignore_patterns("dist", ".pare", ".aws-sam"))

    def pare(self, *words, allows=0):
        # Wheels come by way of the environments' own `uv`; the cache is the run's.
        environment = {**os.environ, "XDG_CACHE_HOME": str(self.work / "cache"),
                       "PATH": f"{self.work}/clients/bin:{os.environ['PATH']}"}
        done = subprocess.run(
            [self.pare_path, *map(str, words)], capture_output=True, text=True, env=environment)
        assert done.returncode == allows, f"pare {words[0]}: exit {done.returncode}: {done.stderr.strip()[-1500:]}"
        return done.stdout, done.stderr

    def unpacked(self, archive):
        folder = Path(tempfile.mkdtemp(dir=self.work, prefix=archive.stem + "-"))
        with zipfile.ZipFile(archive) as it:
            it.extractall(folder)
        return folder

    def functions(self, folder):
        everything = json.loads((folder / "manifest.json").read_text())["functions"]
        return {name: it for name, it in everything.items() if it["provider"] == "aws-lambda"}

    def verified(self, project, name, event, python):
        path = self.work / "event.json"
        path.write_text(json.dumps(event))
        said, _ = self.pare("verify", name, "-C", project, "--event", path, "--format", "json", "--python", python)
        # The answer is the text that AWS would be sent.
        return json.loads(json.loads(said)["results"][0]["answer"])


def uploads(ground, cloud):
    shop = ground.work / "shop"
    ground.pare("package", "-C", shop, "--template")
    functions = ground.functions(shop / "dist")
    upload.by_boto3(cloud, shop / "dist", functions)
    upload.by_command(cloud, shop / "dist", functions)
    return f"{len(functions)} archives by boto3 and by aws: CodeSha256 and CodeSize are the manifest's"


def limits(ground, cloud):
    """260 MB of zeros are 260 kB zipped, and too much for AWS Lambda all the same."""
    folder = ground.work / "large"
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text("from pathlib import Path\nDATA = Path(__file__).with_name('zeros.bin')\n"
                                   "def handler(event, context): return DATA.stat().st_size\n")
    with open(folder / "zeros.bin", "wb") as file:
        file.truncate(263_000_000)
    (folder / "pare.toml").write_text('[functions.large]\nhandler = "app.py:handler"\ninclude = ["zeros.bin"]\n')
    _, said = ground.pare("check", "-C", folder, allows=1)
    assert "250 MiB" in said or "262" in said, said
    (folder / "zeros.bin").unlink()
    return "263 MB unzipped are refused: " + said.strip().splitlines()[0][:100]


def stack(ground, cloud):
    shop = ground.work / "shop"
    functions = ground.functions(shop / "dist")
    upload.lint(shop / "template.yaml")
    ground.deployed = upload.stack(cloud, shop / ".aws-sam/build/template.yaml", functions)
    return f"cfn-lint, aws cloudformation package, SAM's translator: a stack of {len(ground.deployed)} functions"


def runtime_client(ground, cloud):
    """The three functions as they are deployed: their archive, handler and variables, and AWS's own client."""
    python, packages = tools.runtime(ground.work, "lambda", *tools.LAMBDA)
    shop = ground.work / "shop"
    functions = ground.functions(shop / "dist")

    def call(name, events):
        deployed, variables = ground.deployed[name]
        # boto3, where a function has it, finds moto's server.
        return lambda_runtime.call(
            python, packages, ground.unpacked(shop / "dist" / functions[name]["archive"]),
            functions[name]["handler"], events, deployed, {**variables, **cloud.variables})

    order = {"lines": LINES}
    (kind, quote), (fault, error), (_, again) = call("Quote", [order, {"lines": [{"sku": "TEA-01"}]}, order])
    assert (kind, fault) == ("response", "error"), (kind, fault, quote, error)
    assert quote == again == {"skus": ["TEA-01", "LMP-07"], "cents": 9840} == ground.verified(
        shop, "Quote", order, python), quote
    assert error["errorType"] == "ValidationError", error
    (_, points), = call("Points", [{"cents": 9840}])
    assert points == {"points": 98, "left": True} == ground.verified(shop, "Points", {"cents": 9840}, python), points
    (_, receipt), = call("Receipt", [{"order": "A-1F", "cents": 9840}])
    name, variables = ground.deployed["Receipt"]
    assert receipt == {"written": "A-1F", "by": name}, receipt
    body = cloud.client("s3").get_object(Bucket=variables["BUCKET"], Key="A-1F")["Body"].read()
    assert body == b"Order A-1F: 98.40 EUR", body
    return "awslambdaric answers as 'pare verify' does, an error is one, and an object is in the stack's bucket"


def google(ground, cloud):
    """An archive's root as the source that the Functions Framework is given, and a request to it."""
    python, packages = tools.runtime(ground.work, "google", *tools.GOOGLE)
    elsewhere = ground.work / "elsewhere"
    ground.pare("package", "-C", elsewhere)
    it = json.loads((elsewhere / "dist/manifest.json").read_text())["functions"]["stock"]
    folder = ground.unpacked(elsewhere / "dist" / it["archive"])
    with tempfile.TemporaryFile() as log:
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        start = "import sys; from functions_framework._cli import _cli; sys.argv[0] = 'functions-framework'; _cli()"
        server = subprocess.Popen(
            [python, "-s", "-c", start, "--target", it["handler"], "--source", folder / "main.py",
             "--host", "127.0.0.1", "--port", str(port)],
            cwd=folder, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(packages)}, stdout=log, stderr=log)
        try:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/", data=b"TEA-01: 12\nLMP-07: 0\n")
            until = time.monotonic() + 150
            while True:
                try:
                    answer = json.load(urllib.request.urlopen(request, timeout=30))
                    break
                except urllib.error.URLError as error:
                    # Nobody listens yet; an answer that says what is wrong is final.
                    log.seek(0)
                    waits = server.poll() is None and time.monotonic() < until
                    assert waits and not isinstance(error, urllib.error.HTTPError), log.read()[-1500:]
                    time.sleep(0.25)
        finally:
            server.kill()
            server.wait()
    assert answer == {"sold_out": ["LMP-07"]}, answer
    return f"functions-framework serves '{it['handler']}' of an archive"


def azure(ground, cloud):
    """Azure's own library indexes the function app and calls a route and a queue's function."""
    python, packages = tools.runtime(ground.work, "azure", *tools.AZURE)
    elsewhere = ground.work / "elsewhere"
    ground.pare("package", "points", "-C", elsewhere)
    folder = ground.unpacked(elsewhere / "dist/points.zip")
    request = {"method": "POST", "url": "http://127.0.0.1/api/points/ada", "headers": {}, "query": {},
               "params": {"customer": "ada"}, "body": {"bytes": "[9640, 200]"}}
    requests = [{"function": "points", "input": {"req": {"http": request}}},
                {"function": "accrue", "input": {"message": {"string": json.dumps({"cents": 9840})}}}]
    # Azure puts the app's own packages first, its worker's behind them.
    done = subprocess.run(
        [python, "-s", HERE / "azure_host.py", folder], input=json.dumps(requests), capture_output=True, text=True,
        env={"PATH": os.environ["PATH"],
             "PYTHONPATH": f"{folder}/.python_packages/lib/site-packages:{packages}"})
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["functions"] == ["accrue", "points"], said["functions"]
    # The library is the archive's, which holds no more of it than is reached.
    assert said["library"].startswith(".python_packages/"), said["library"]
    route, queue = said["requests"]
    assert route["answer"]["http"]["status_code"] == "201", route
    assert route["answer"]["http"]["body"] == {"bytes": "ada: 98"}, route
    assert queue["output"] == {"out": {"string": "98"}}, queue
    return "azure-functions-runtime indexes an archive's function app, and calls its route and its queue's function"


def example_archives(ground, cloud):
    """Archives that are there already, each called with its example: all answers are the expected ones."""
    if not ground.options.archives:
        return None
    python, packages = tools.runtime(ground.work, "lambda", *tools.LAMBDA)
    functions = ground.functions(ground.options.archives)
    client = cloud.client("lambda")
    for name, it in functions.items():
        archive = ground.options.archives / it["archive"]
        example = ground.options.examples / name
        made = client.create_function(
            FunctionName=f"example-{name}", Role=upload.ROLE, Runtime=it["runtime"], Handler=it["handler"],
            Architectures=[it["architecture"]], Code={"ZipFile": archive.read_bytes()})
        assert made["CodeSha256"] == it["sha256Base64"], name
        folder = ground.unpacked(archive)
        event = json.loads((example / "event.json").read_text())
        (kind, answer), = lambda_runtime.call(python, packages, folder, it["handler"], [event], name)
        assert (kind, answer) == ("response", json.loads((example / "expected.json").read_text())), (name, answer)
        shutil.rmtree(folder)
    return f"{len(functions)} archives with real packages, uploaded and called with their examples"


STEPS = [uploads, limits, stack, runtime_client, google, azure, example_archives]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = HERE.parent.parent
    parser.add_argument("--pare", default=str(root / ".build/release/pare"), type=os.path.abspath)
    parser.add_argument("--work", type=Path, help="kept afterwards; the environments in it are used again")
    parser.add_argument("--archives", type=Path, help="what 'pare package -C TestProjects/storefront -o' has written")
    parser.add_argument("--examples", type=Path, default=root / "TestProjects/storefront/examples")
    options = parser.parse_args()
    work = (options.work or Path(tempfile.mkdtemp(prefix="pare-deploy."))).resolve()
    work.mkdir(parents=True, exist_ok=True)
    try:
        try:
            tools.python_of(tools.LAMBDA[0])
            python = tools.clients(work)
        except (tools.NoNetwork, tools.NoPython) as reason:
            print(f"skipped: {reason}")
            return 77
        if Path(sys.prefix).resolve() != work / "clients":
            words = [python, __file__, *sys.argv[1:]] + ([] if options.work else ["--work", work])
            return subprocess.run([str(word) for word in words]).returncode
        return judge(Ground(options, work))
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


def judge(ground):
    cloud = upload.Cloud(ground.work)
    failed = 0
    for step in STEPS:
        start = time.monotonic()
        try:
            said = step(ground, cloud)
            if said is None:
                continue
        except (tools.NoNetwork, tools.NoPython) as reason:
            said = f"skipped: {reason}"
        except Exception as error:
            failed += 1
            said = f"FAILED: {type(error).__name__}: {error}"
        print(f"{step.__name__:18s} {time.monotonic() - start:5.1f} s  {said}", flush=True)
    cloud.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
