# SPDX-License-Identifier: Apache-2.0
"""What every peer in Python shares: reading the columns, doing the job on request, timing and memory.

A peer is a script that calls serve(prepare, job, answers). `prepare` turns the columns into whatever the tool
starts from in practice and is not timed; `job` goes from there to the full result and is; `answers` turns that result
into four arrays by group and period: sum, count, min, max.
"""
import gc
import sys
import time
from pathlib import Path

import numpy as np


class Columns:
    def __init__(self, folder):
        read = lambda name, kind: np.fromfile(Path(folder) / name, dtype=kind)
        self.groups, self.reporters, self.periods = (int(x) for x in (Path(folder) / "shape.txt").read_text().split())
        self.reporter = read("obs_reporter.i64", "<i8")
        self.period = read("obs_period.i32", "<i4")
        self.value = read("obs_value.f64", "<f8")
        self.pair_group = read("pair_group.i32", "<i4")
        self.pair_reporter = read("pair_reporter.i64", "<i8")

    def grid(self, group, period, values, fill):
        """Values by row of (group, period) as a groups x periods array."""
        out = np.full(self.groups * self.periods, fill, dtype="f8")
        out[np.asarray(group, dtype="i8") * self.periods + np.asarray(period, dtype="i8")] = values
        return out


def memory(what):
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1]) * 1024
    return 0


def serve(prepare, job, answers):
    name, folder = Path(sys.argv[0]).stem, sys.argv[1]
    columns = Columns(folder)
    prepared = prepare(columns)
    print("ready", flush=True)
    answered = False
    for _ in sys.stdin:
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before = memory("VmRSS")
        start = time.perf_counter()
        result = job(prepared)
        took = time.perf_counter() - start
        print(f"{took:.6f} {max(0, memory('VmHWM') - before)}", flush=True)
        if not answered:
            answered = True
            for kind, values in zip(("sum", "count", "min", "max"), answers(columns, result)):
                np.asarray(values, dtype="<f8").tofile(Path(folder) / f"answers_{name}_{kind}.f64")
        del result
