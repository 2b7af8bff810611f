#!/usr/bin/env python3
"""Disturbs runs of `pare package`, and holds them to what they promise.

    python3 Tests/Faults/faults.py [--pare .build/release/pare] [--seconds 20] [--seed 1] [--only KIND]

Kinds, in turns: `kill` (SIGKILL, SIGTERM or SIGINT at a random moment), `together` (up to six runs at once
on one cache and output), `writing` (sources that are rewritten in pieces meanwhile), `full` (output, cache or
temporary folder on a disk that is nearly full; needs the right to mount), `memory` (a bounded address
space), `refused` (a cache or a folder that may not be used; needs to be root, to become somebody else).

After each: no archive is half written or holds half a module, no run ends by a signal of its own, what it
says goes with its exit code, and the next undisturbed run writes the very bytes of a run that nothing ever
disturbed, and leaves no temporary file in the output, the cache and the temporary folder. Standard library
only.
"""

import argparse
import collections
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

FUNCTIONS = 4
MODULES = 12
LINES = 400


def text_of(module, state):
    return "".join("A%d = %d\n" % (line, state) for line in range(LINES)) + "NAME = 'm%d'\n" % module


def make_project(root, chance):
    os.makedirs(os.path.join(root, "shop"))
    with open(os.path.join(root, "pare.toml"), "w") as file:
        for number in range(FUNCTIONS):
            file.write("[functions.f%d]\nhandler = 'f%d.handler'\n" % (number, number))
    for number in range(FUNCTIONS):
        with open(os.path.join(root, "f%d.py" % number), "w") as file:
            for module in range(MODULES):
                if module % FUNCTIONS != number:
                    file.write("import shop.m%d\n" % module)
            file.write("handler = print\n")
    open(os.path.join(root, "shop", "__init__.py"), "w").close()
    with open(os.path.join(root, "shop", "noise.bin"), "wb") as file:
        file.write(chance.getrandbits(8 * 300_000).to_bytes(300_000, "little"))
    for module in range(MODULES):
        with open(os.path.join(root, "shop", "m%d.py" % module), "w") as file:
            file.write(text_of(module, 0))


class Complaint(Exception):
    pass


class Ground:
    def __init__(self, work, pare, chance):
        self.pare, self.chance = pare, chance
        self.root = os.path.join(work, "p")
        self.cache = os.path.join(work, "cache")
        self.temporary = os.path.join(work, "tmp")
        self.output = os.path.join(self.root, "dist")
        for folder in (self.root, self.cache, self.temporary):
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
        make_project(self.root, chance)
        self.environment = dict(
            os.environ, XDG_CACHE_HOME=self.cache, TMPDIR=self.temporary, LC_ALL="C.UTF-8")

    def start(self, *words, **options):
        environment = dict(self.environment, **options.pop("environment", {}))
        return subprocess.Popen(
            [self.pare, "package", "-C", self.root, *words], env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **options)

    def finish(self, process, codes, isEnded=()):
        out, err = process.communicate(timeout=60)
        if process.returncode not in tuple(codes) + tuple(isEnded):
            raise Complaint("exit code %s: %s" % (process.returncode, err.decode()[-1500:]))
        if process.returncode in (1, 2, 3) and b"error" not in err:
            raise Complaint("exit code %s without an error" % process.returncode)
        return process.returncode, err.decode()

    def archives(self, folder=None):
        found = {}
        folder = folder or self.output
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if name.endswith(".zip"):
                with open(os.path.join(folder, name), "rb") as file:
                    found[name] = hashlib.sha256(file.read()).hexdigest()
        return found

    def check_archives(self):
        """Whole, and each module in one state."""
        for name in self.archives():
            with zipfile.ZipFile(os.path.join(self.output, name)) as archive:
                if archive.testzip():
                    raise Complaint("%s is damaged" % name)
                for member in archive.namelist():
                    if member.startswith("shop/m"):
                        rows = archive.read(member).decode().splitlines()
                        states = {row.split()[2] for row in rows[:-1]}
                        if len(rows) != LINES + 1 or len(states) != 1:
                            raise Complaint("%s holds half of %s" % (name, member))

    def check_recovery(self):
        code, err = self.finish(self.start(), (0,))
        left = [path for folder in (self.output, self.cache, self.temporary)
                for parent, folders, names in os.walk(folder) for path in folders + names
                if path.endswith(".pare-tmp")]
        if left:
            raise Complaint("left behind: %s" % left)
        self.check_archives()
        fresh = self.root + "-fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        self.finish(self.start("--no-cache", "-o", fresh), (0,))
        if self.archives() != self.archives(fresh):
            raise Complaint("another archive than that of a run that nothing disturbed")
        shutil.rmtree(fresh)


def kill(ground):
    chance = ground.chance
    for _ in range(4):
        ground_touch(ground)
        process = ground.start("--jobs", str(chance.choice([1, 2, 4])))
        time.sleep(chance.random() * chance.choice([0.02, 0.1, 0.3]))
        sent = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        process.send_signal(sent)
        ground.finish(process, (0, 130), isEnded=(-sent,))
        ground.check_archives()


def ground_touch(ground):
    module = ground.chance.randrange(MODULES)
    with open(os.path.join(ground.root, "shop", "m%d.py" % module), "w") as file:
        file.write(text_of(module, ground.chance.randrange(10 ** 6)))


def together(ground):
    ground_touch(ground)
    time.sleep(0.06)
    processes = [
        ground.start(*ground.chance.choice([(), ("--no-cache",), ("f1",), ("f0", "f2"), ("--jobs", "1")]))
        for _ in range(ground.chance.randrange(2, 7))]
    for process in processes:
        ground.finish(process, (0,))
    ground.check_archives()


def writing(ground):
    ends = threading.Event()
    chance = random.Random(ground.chance.random())

    def write():
        while not ends.is_set():
            module = chance.randrange(MODULES)
            text = text_of(module, chance.randrange(10 ** 6))
            with open(os.path.join(ground.root, "shop", "m%d.py" % module), "w") as file:
                cut = chance.randrange(len(text))
                file.write(text[:cut])
                file.flush()
                time.sleep(chance.random() * 0.03)
                file.write(text[cut:])
            time.sleep(chance.random() * chance.choice([0.01, 0.2]))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            code, err = ground.finish(ground.start(), (0, 1))
            if code and "[changing-file]" not in err:
                raise Complaint(err[-1500:])
            ground.check_archives()
    finally:
        ends.set()
        writer.join()
    time.sleep(0.06)


def full(ground):
    which = ground.chance.choice(["output", "cache", "temporary"])
    folder = getattr(ground, which)
    size = ground.chance.choice([64, 256, 900, 1500])
    os.makedirs(folder, exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % size, "none", folder],
                      stderr=subprocess.DEVNULL).returncode:
        return "skipped"
    try:
        words = ("--no-cache",) if which == "temporary" else ()
        code, err = ground.finish(ground.start(*words), (0, 3) if which == "output" else (0,))
        if code == 3 and "space" not in err:
            raise Complaint("says nothing of the space: %s" % err)
        ground.check_archives()
    finally:
        subprocess.run(["umount", folder], check=True)


def memory(ground):
    import resource
    size = ground.chance.choice([40, 60, 100, 150, 250, 400, 1000]) << 20
    process = ground.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
    code, err = ground.finish(process, (0, 3))
    if code == 3 and "memory" not in err:
        raise Complaint("says nothing of the memory: %s" % err)


def refused(ground):
    if os.geteuid() or not shutil.which("setpriv"):
        return "skipped"
    ground.finish(ground.start(), (0,))
    kind = ground.chance.choice(["owner", "file", "read-only", "temporary", "locked folder"])
    for folder in (ground.root, ground.output, ground.temporary):
        os.chmod(folder, 0o777)
    for name in os.listdir(ground.output):
        os.chmod(os.path.join(ground.output, name), 0o666)
    cache, environment, words = ground.cache, {}, ()
    locked = os.path.join(ground.root, "shop", "data")
    if kind == "file":
        cache = os.path.join(ground.temporary, "file")
        with open(cache, "w"):
            pass
        environment = {"XDG_CACHE_HOME": cache}
    elif kind == "read-only":
        os.chmod(cache, 0o555)
    elif kind == "temporary":
        environment, words = {"TMPDIR": "/nowhere"}, ("--no-cache",)
    elif kind == "locked folder":
        os.mkdir(locked, 0o000)
    ground_touch(ground)
    time.sleep(0.06)
    process = subprocess.Popen(
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ground.pare, "package", "-C",
         ground.root, *words],
        env=dict(ground.environment, **environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    code, err = ground.finish(process, (1,) if kind == "locked folder" else (0,))
    if kind == "locked folder":
        os.rmdir(locked)
        if "[needed-folder-not-listed]" not in err:
            raise Complaint(err)
    elif err.count("[cache-unusable]") + err.count("[temporary-folder-unusable]") != 1:
        raise Complaint("not one warning: %s" % err)
    if os.path.isfile(cache):
        os.remove(cache)
    os.chmod(ground.cache, 0o755)
    ground.check_archives()


KINDS = {"kill": kill, "together": together, "writing": writing, "full": full, "memory": memory,
         "refused": refused}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pare", default=".build/release/pare")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(KINDS))
    options = parser.parse_args()
    chance = random.Random(options.seed)
    counts = collections.Counter()
    complaints = []
    end = time.monotonic() + options.seconds
    names = [options.only] if options.only else list(KINDS)
    with tempfile.TemporaryDirectory(prefix="faults-", dir="/tmp") as work:
        os.chmod(work, 0o755)
        # Where somebody else may run it, too.
        pare = shutil.copy(options.pare, work)
        turn = 0
        while time.monotonic() < end:
            name = names[turn % len(names)]
            turn += 1
            ground = Ground(work, pare, chance)
            try:
                if KINDS[name](ground) == "skipped":
                    counts[name, "skipped"] += 1
                    continue
                ground.check_recovery()
                counts[name, "fine"] += 1
            except (Complaint, subprocess.TimeoutExpired, zipfile.BadZipFile) as complaint:
                counts[name, "complaints"] += 1
                complaints.append("%s, turn %d: %s" % (name, turn, complaint))
    print("%d turns, seed %d" % (turn, options.seed))
    for (name, what), count in sorted(counts.items()):
        print("  %-10s %-10s %5d" % (name, what, count))
    for text in complaints[:20]:
        print("\n" + text)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
