# SPDX-License-Identifier: Apache-2.0
"""Kills, stops and fails the writing of folders at its system calls, and looks at what is left.

folder_campaign.py PROGRAM FOLDER [quick|long]. Exit code 77: faults cannot be injected here.

After each case: reading gives the old folder or the new one, whole, and a sample is marked synthetic; the permission bits are
kept; what was not killed leaves nothing hidden; the next write succeeds and leaves nothing hidden either.
"""

import collections
import hashlib
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import time

program, work = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]) / "folder-campaign"
memory = pathlib.Path("/dev/shm")
if os.access(memory, os.W_OK):  # a sync that is made to fail need not take its time otherwise
    work = memory / f"commonweal-folder-campaign-{os.getpid()}"
thorough = sys.argv[3:] == ["long"]
shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
place = work / "place"
target = place / "t"
watched = ["mkdirat", "renameat2", "renameat", "symlinkat", "flock", "linkat", "openat", "fsync", "fchmod", "fchmodat", "unlinkat",
           "write", "close"]
no_exchange = ["-e", "inject=renameat2:error=EINVAL"]


def run(*words, cwd=None):
    return subprocess.run([program, *map(str, words)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          timeout=120)


def digest(folder):
    """Of what is no leftover; of no folder, and of an empty one, blank."""
    if not folder.is_dir():
        return ""
    names = sorted(n for n in os.listdir(folder) if not n.startswith(".commonweal-"))
    total = hashlib.sha256()
    for name in names:
        total.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return total.hexdigest() if names else ""


def traced(options, words, cwd=None):
    command = ["strace", "-f", "-qq", *options, program, *map(str, words)]
    return subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", timeout=120)


def hidden():
    return [str(p) for p in place.rglob(".commonweal-*")]


class Scenario:
    """A write, and the state before it: `before(self)` prepares it."""

    def __init__(self, name, write, full, options=(), here=False):
        self.name, self.write, self.full, self.options = name, write, full, list(options)
        self.words = [w if w != "TARGET" or not here else "." for w in write(2)]
        self.cwd = target if here else None
        self.empty = full is None

    def prepare(self):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        if self.full:
            shutil.copytree(self.full, target)
            (target / "README").write_text("mine")
            for path in target.iterdir():
                path.chmod(0o600)
            target.chmod(0o700)
        elif self.empty:
            target.mkdir()

    def calls(self):
        """The system calls of the write itself: (name, its index among those of the name)."""
        self.prepare()
        log = work / "trace"
        done = traced([*self.options, "-e", "trace=" + ",".join(watched), "-o", log], self.words, self.cwd)
        if done.returncode != 0:
            return None
        seen, during, begun = collections.Counter(), [], False
        for line in log.read_text().splitlines():
            match = re.match(r"\d+ +(\w+)\(", line)
            if not match or "resumed" in line:
                continue
            seen[match[1]] += 1
            begun = begun or match[1] == "mkdirat"
            if begun:
                during.append((match[1], seen[match[1]]))
        self.new = digest(target)
        return during


faults = []
cases = collections.Counter()


def judge(scenario, call, index, fault, old):
    scenario.prepare()
    options = [*scenario.options, "-o", "/dev/null", "-e", f"inject={call}:{fault}:when={index}"]
    done = traced(options, scenario.words, scenario.cwd)
    killed = fault == "signal=KILL"
    said_ok = done.returncode == 0
    complain = lambda what: faults.append(f"{scenario.name}, {call} {index} {fault}: {what}; it said: {done.stderr.strip()[-200:]}")
    if not killed and not said_ok and done.returncode not in (3, -15, 143):
        complain(f"ended with {done.returncode}")
    may_leave = killed or call in ("unlinkat", "openat", "close", "flock", "fchmod", "fchmodat", "renameat")
    if not may_leave and hidden():
        complain(f"left {hidden()}")
    if target.is_dir() and os.listdir(target) or hidden():
        read = run("check", target, "--summary")
        if read.returncode != 0 and digest(target):
            complain(f"cannot be read: {read.stderr.strip()[-300:]}")
    now = digest(target)
    if now not in (old, scenario.new):
        complain(f"is neither the old folder nor the new one: {sorted(os.listdir(target)) if target.is_dir() else 'absent'}")
    if said_ok and now != scenario.new:
        complain("success was reported, and the new folder is not there")
    cases["new" if now == scenario.new else "old"] += 1
    if now and not json.loads((target / "datapackage.json").read_text()).get("synthetic"):
        complain("is not marked synthetic")
    if scenario.full:
        wrong = [p.name for p in [target, *target.iterdir()] if stat.S_IMODE(p.stat().st_mode) & 0o077]
        if wrong:
            complain(f"others may read {wrong}")
    again = run(*scenario.words, cwd=scenario.cwd)
    if again.returncode != 0 or digest(target) != scenario.new:
        complain(f"the next write fails: {again.stderr.strip()[-300:]}")
    if hidden():
        complain(f"after the next write there is {hidden()}")


def main():
    began = time.monotonic()
    size = ["--reporters", 4, "--groups", 4, "--periods", 2]
    for seed in (1, 2):
        run("sample", *size, "--seed", seed, work / f"sample-{seed}")
        run("pack", work / f"sample-{seed}", work / f"{seed}.cwl")
        run("unpack", work / f"{seed}.cwl", work / f"unpacked-{seed}")
    unpack = lambda version: ["unpack", work / f"{version}.cwl", "TARGET"]
    sample = lambda version: ["sample", *size, "--seed", version, "TARGET"]
    old = work / "unpacked-1"
    scenarios = [
        Scenario("unpack over a folder", unpack, old),
        Scenario("unpack over a folder, without exchange", unpack, old, no_exchange),
        Scenario("unpack to a new name", unpack, False),
        Scenario("unpack into an empty folder", unpack, None),
        Scenario("unpack over the current directory", unpack, old, here=True),
        Scenario("sample over a sample", sample, work / "sample-1"),
    ]
    for scenario in scenarios:
        scenario.words = [target if w == "TARGET" else w for w in scenario.words]
        calls = scenario.calls()
        if calls is None:
            print("SKIPPED: strace is absent or may not trace processes here")
            return 77
        scenario.prepare()
        before = digest(target)
        total = collections.Counter(name for name, _ in calls)
        number = collections.Counter()
        for call, index in calls:
            number[call] += 1
            if call == "renameat2" and scenario.options:
                continue  # one fault for a call
            step = 1 if thorough or total[call] <= 4 else total[call] // 3
            if number[call] % step != 0 and number[call] != total[call]:
                continue
            judge(scenario, call, index, "signal=KILL", before)
            if thorough or number[call] == (1 if total[call] <= 4 else 2 * step):
                judge(scenario, call, index, "signal=TERM", before)
                judge(scenario, call, index, "error=EIO", before)
        print(f"{scenario.name}: {len(calls)} system calls, {dict(total)}")
    for line in faults:
        print("FAULT:", line)
    print(f"{sum(cases.values())} cases in {time.monotonic() - began:.1f} s: {cases['new']} left the new folder, {cases['old']} the old "
          f"one; {len(faults)} faults")
    return 1 if faults else 0


if shutil.which("strace") is None:
    print("SKIPPED: strace is absent")
    sys.exit(77)
try:
    sys.exit(main())
finally:
    shutil.rmtree(work, ignore_errors=True)
