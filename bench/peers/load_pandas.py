# SPDX-License-Identifier: Apache-2.0
"""Loading the same folder with pandas: read_csv of every file, then a pivot of the observations.

    load_pandas.py LOAD_BENCH FOLDER [ROUNDS]

LOAD_BENCH is the built program; FOLDER one that `commonweal sample` wrote with a single indicator. Each loading runs in a
process of its own, rounds of both in turn; answers (shape; count and sum of each period) are compared before any time
is printed. Needs pandas, and pyarrow for its second engine.
"""
import pathlib
import resource
import statistics
import subprocess
import sys
import time


def load(folder, engine):
    import pandas

    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    frames = {p.stem: pandas.read_csv(p, engine=engine) for p in sorted(pathlib.Path(folder).glob("*.csv"))}
    wide = frames["observations"].pivot(index="reporter", columns="period", values="value")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # pandas' own lists of reporters and periods, so the shape is that of the panel
    print(f"seconds {seconds:.6f}\npeak_mb {peak * 1024 / 1e6:.1f}\nadded_mb {(peak - base) * 1024 / 1e6:.1f}")
    print("shape", *wide.shape)
    for when in wide.columns:
        column = wide[when]
        if column.count() > 0:
            print(when, column.count(), format(float(column.sum()), ".17g"))


def run(command):
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    answer = [(w[0], *map(float, w[1:])) for w in (line.split() for line in lines[3:])]
    return *(float(line.split()[1]) for line in lines[:3]), answer


def main():
    program, folder = sys.argv[1], sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    peers = {"commonweal": [program, "--answers", folder]}
    for engine in ("c", "pyarrow"):
        peers[f"pandas, engine {engine}"] = [sys.executable, __file__, "--load", folder, engine]
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        del peers["pandas, engine pyarrow"]
    results = {name: [] for name in peers}
    for _ in range(rounds):
        for name, command in peers.items():
            results[name].append(run(command))
    reference = results["commonweal"][0][3]
    for name, of in results.items():
        for *_, answer in of:
            if answer != reference:
                sys.exit(f"{name} gives another answer")
    print(f"answers agree: {int(reference[0][1])} reporters, {int(reference[0][2])} periods")
    print(f"{'':26}{'min s':>8}{'median s':>10}{'peak MB':>10}{'added MB':>10}")
    for name, of in results.items():
        seconds = [r[0] for r in of]
        print(f"{name:26}{min(seconds):8.2f}{statistics.median(seconds):10.2f}{max(r[1] for r in of):10.0f}{max(r[2] for r in of):10.0f}")


if len(sys.argv) > 3 and sys.argv[1] == "--load":
    load(sys.argv[2], sys.argv[3])
else:
    main()
