#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trends, lines and charts against pyMannKendall, SciPy, statsmodels and R: answers first, then times, in turn.

    python3 bench/peers/analyze_peers.py BUILD/bench/analyze_bench [--series 100000] [--rounds 5]

Both sides get the same synthetic series of 120 points, one value in twenty missing. A peer that needs long for one series
gets the first of them only, and times are compared by series. Each round runs one side after the other, so that both see
the same machine; the ratio is of the medians. The exit code is 1 where an answer differs.
"""
import argparse
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

POINTS = 120


def synthetic(count):
    random = np.random.default_rng(5)
    t = np.arange(POINTS)
    x = 50 + 0.02 * random.standard_normal((count, 1)) * t + 2 * np.sin(2 * np.pi * t / 12) + random.standard_normal((count, POINTS))
    x = np.round(x, 2)
    x[random.random((count, POINTS)) < 0.05] = np.nan
    return x


class ours:
    def __init__(self, program, values, folder):
        self.program, self.folder, self.count = program, pathlib.Path(folder), len(values)
        with open(self.folder / "in", "wb") as out:
            out.write(np.array(values.shape, dtype="<i8").tobytes())
            out.write(values.astype("<f8").tobytes())

    def run(self, what, threads):
        out = self.folder / "out"
        done = subprocess.run([self.program, "--answers", what, self.folder / "in", out, str(threads)],
                              check=True, capture_output=True, text=True)
        return np.fromfile(out, dtype="<f8").reshape(-1, 3), float(done.stdout)


def present(x):
    keep = ~np.isnan(x)
    return np.arange(len(x))[keep], x[keep]


def pymk_original(x):
    import pymannkendall
    r = pymannkendall.original_test(x)
    return r.s, r.p, r.slope


def pymk_seasonal(x):
    import pymannkendall
    r = pymannkendall.seasonal_test(x, period=12)
    return r.s, r.p, r.slope


def scipy_trend(x):
    from scipy import stats
    t, y = present(x)
    tau = stats.kendalltau(t, y)
    slope = stats.theilslopes(y, t)
    # SciPy gives tau-b, and a p value by another approximation: the slope alone is comparable.
    return math.nan, math.nan, slope.slope if tau is not None else math.nan


def scipy_line(x):
    from scipy import stats
    t, y = present(x)
    r = stats.linregress(t, y)
    return r.slope, r.intercept, r.stderr


def statsmodels_line(x):
    import statsmodels.api as sm
    t, y = present(x)
    r = sm.OLS(y, sm.add_constant(t.astype(float))).fit()
    return r.params[1], r.params[0], r.bse[1]


def numpy_chart(x):
    # No Python package for control charts is as widely used: the formula in NumPy, over one series.
    center = np.nanmean(x)
    sigma = np.nanmean(np.abs(np.diff(x))) / (2 / math.sqrt(math.pi))
    return center, center - 3 * sigma, center + 3 * sigma


def base_r(folder, count, rounds):
    """tau-b and p by base R's cor.test, and the seconds for each series, a round each; nothing where there is no R. The package
    Kendall is in no Debian release; cor.test with ties and continuity allowed for is the same test."""
    script, out = pathlib.Path(__file__).with_name("analyze_peers.R"), pathlib.Path(folder) / "r"
    try:
        done = subprocess.run(["Rscript", script, pathlib.Path(folder) / "in", out, str(count), str(rounds)],
                              check=True, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return np.fromfile(out, dtype="<f8").reshape(-1, 2), [float(t) / count for t in done.stdout.split()]


PEERS = [
    ("pyMannKendall original_test", "trend", pymk_original, 100),
    ("SciPy kendalltau + theilslopes", "trend", scipy_trend, 300),
    ("pyMannKendall seasonal_test", "seasonal", pymk_seasonal, 100),
    ("SciPy linregress", "line", scipy_line, 1000),
    ("statsmodels OLS", "line", statsmodels_line, 500),
    ("NumPy, formula of XmR", "chart", numpy_chart, 2000),
]


def same(a, b):
    return np.allclose(a, b, rtol=1e-9, atol=1e-9, equal_nan=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", help="the built analyze_bench")
    arguments.add_argument("--series", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--threads", type=int, default=1)
    a = arguments.parse_args()
    values = synthetic(a.series)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        mine = ours(a.program, values, folder)
        print(f"{a.series} series of {POINTS} points, {a.threads} thread(s) of ours, medians of {a.rounds} rounds in turn")
        print(f"{'peer':34}{'answers':>10}{'peer us':>12}{'ours us':>10}{'ratio':>9}")
        for name, what, call, count in PEERS:
            count = min(count, a.series)
            try:
                call(values[0])
            except ImportError as e:
                print(f"{name:34}  not installed: {e.name}")
                continue
            answers, _ = mine.run(what, a.threads)
            theirs = np.array([call(x) for x in values[:count]], dtype=float)
            comparable = ~np.isnan(theirs)
            agree = same(answers[:count][comparable], theirs[comparable])
            wrong += not agree
            peer_times, our_times = [], []
            for _ in range(a.rounds):
                began = time.perf_counter()
                for x in values[:count]:
                    call(x)
                peer_times.append((time.perf_counter() - began) / count)
                our_times.append(mine.run(what, a.threads)[1] / a.series)
            peer, our = statistics.median(peer_times), statistics.median(our_times)
            print(f"{name:34}{'agree' if agree else 'DIFFER':>10}{peer * 1e6:12.1f}{our * 1e6:10.2f}{peer / our:9.0f}")
        count = min(500, a.series)
        found = base_r(folder, count, a.rounds)
        if found is None:
            print(f"{'R cor.test, kendall':34}  not installed: Rscript")
        else:
            answers, _ = mine.run("score", a.threads)
            agree = same(answers[:count, [2, 1]], found[0])
            wrong += not agree
            our = statistics.median(mine.run("score", a.threads)[1] / a.series for _ in range(a.rounds))
            peer = statistics.median(found[1])
            print(f"{'R cor.test, kendall':34}{'agree' if agree else 'DIFFER':>10}{peer * 1e6:12.1f}{our * 1e6:10.2f}{peer / our:9.0f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
