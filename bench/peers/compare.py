#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the same rollup in Commonweal and in every peer that is installed, and writes the table.

    compare.py PROGRAM [--rounds N] [--reporters N] [--write docs/performance.md]

PROGRAM is rollup_peer_bench. All participants are started, read the same columns, and wait; then they take turns, round
after round, so that a busy machine is busy for all of them alike. Their first answers are compared before anything is
printed: a peer whose answer differs is reported as wrong, not as slow.
"""
import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
BEGIN, END = "<!-- rollup peers: begin -->", "<!-- rollup peers: end -->"


class Participant:
    def __init__(self, name, command, version):
        self.name, self.version = name, version
        self.seconds, self.bytes = [], []
        self.wrong = None
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def wait_until_ready(self):
        if self.process.stdout.readline().strip() != "ready":
            self.wrong = "did not start"

    def run(self):
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline().split()
        if len(line) != 2:
            self.wrong = "stopped"
            return
        self.seconds.append(float(line[0]))
        self.bytes.append(int(line[1]))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def version_of(module):
    try:
        return __import__(module).__version__
    except ImportError:
        return None


def r_version(package):
    if shutil.which("Rscript") is None:
        return None
    script = f'cat(tryCatch(as.character(packageVersion("{package}")), error = function(e) ""))'
    return subprocess.run(["Rscript", "-e", script], capture_output=True, text=True).stdout or None


def participants(program, folder):
    for threads in (1, 2):
        name = f"commonweal, {threads} thread" + ("s" if threads > 1 else "")
        yield Participant(name, [program, "serve", folder, str(threads)], "")
    for script, module in (("polars_long", "polars"), ("duckdb_long", "duckdb"), ("pandas_long", "pandas"),
                           ("scipy_wide", "scipy"), ("numpy_wide", "numpy")):
        if version := version_of(module):
            yield Participant(script, [sys.executable, str(HERE / f"{script}.py"), folder], f"{module} {version}")
    for script, package in (("datatable_long", "data.table"), ("collapse_wide", "collapse")):
        if version := r_version(package):
            yield Participant(script, ["Rscript", str(HERE / f"{script}.R"), folder], f"{package} {version}")


def check(participant, folder):
    """The largest relative difference of sums; counts and extremes have to be the same."""
    stem = "commonweal" if participant.name.startswith("commonweal") else participant.name
    read = lambda who, kind: np.fromfile(Path(folder) / f"answers_{who}_{kind}.f64", dtype="<f8")
    for kind in ("count", "min", "max"):
        if not np.array_equal(read("commonweal", kind), read(stem, kind)):
            participant.wrong = f"another {kind}"
            return None
    ours, theirs = read("commonweal", "sum"), read(stem, "sum")
    scale = np.maximum(np.abs(ours), read("commonweal", "count") * 400)
    worst = float(np.max(np.abs(ours - theirs) / np.maximum(scale, 1)))
    if not worst < 1e-12:
        participant.wrong = f"another sum (relative difference {worst:.1e})"
    return worst


def table(all_of_them, rows, rounds, load):
    best = {p.name: min(p.seconds) for p in all_of_them if not p.wrong}
    base = best["commonweal, 2 threads"]
    lines = [
        f"{rows:,} observations in long form, sorted by reporter, in memory, to sum, count, minimum and maximum of every "
        "group and period. Commonweal starts from memberships and builds its plan inside the timing; peers are given the "
        f"distinct (group, reporter) pairs. {rounds} interleaved rounds; the median is told because of other work on the "
        f"machine (load {load}).",
        "",
        "| | version | best ms | median ms | times our 2 threads (best) | peak MB added | sums differ by |",
        "|---|---|---|---|---|---|---|",
    ]
    for p in sorted(all_of_them, key=lambda p: best.get(p.name, float("inf"))):
        if p.wrong:
            lines.append(f"| {p.name} | {p.version} | {p.wrong} | | | | |")
            continue
        lines.append(
            f"| {p.name} | {p.version} | {1e3 * min(p.seconds):,.1f} | {1e3 * statistics.median(p.seconds):,.1f} "
            f"| {min(p.seconds) / base:,.1f} | {max(p.bytes) / 1e6:,.0f} | {p.difference:.0e} |"
        )
    return lines


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} cores, {platform.system()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reporters", type=int, default=100000)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([options.program, "write", folder, str(options.reporters)], check=True)
        rows = os.path.getsize(Path(folder) / "obs_value.f64") // 8
        all_of_them = list(participants(options.program, folder))
        for p in all_of_them:
            p.wait_until_ready()
        for round_number in range(options.rounds + 1):  # the first is to warm up and to answer
            for p in all_of_them:
                if not p.wrong:
                    p.run()
            print(f"round {round_number} of {options.rounds}", file=sys.stderr)
        for p in all_of_them:
            p.close()
            if not p.wrong:
                p.difference = check(p, folder)
                p.seconds = p.seconds[1:]
    lines = table(all_of_them, rows, options.rounds, "%.0f" % os.getloadavg()[0])
    lines += ["", f"Machine: {machine()}. Peers: bench/peers, one script each, which says why it is written so."]
    text = "\n".join(lines)
    print(text)
    if options.write:
        old = options.write.read_text() if options.write.exists() else f"# Performance\n\n## Rollup\n\n{BEGIN}\n{END}\n"
        if BEGIN not in old:
            old += f"\n## Rollup beside its peers\n\n{BEGIN}\n{END}\n"
        start, stop = old.index(BEGIN) + len(BEGIN), old.index(END)
        options.write.write_text(old[:start] + "\n" + text + "\n" + old[stop:])
    return 1 if any(p.wrong for p in all_of_them) else 0


if __name__ == "__main__":
    sys.exit(main())
