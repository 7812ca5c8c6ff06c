# SPDX-License-Identifier: Apache-2.0
"""What the way through Python costs: a call, and 6,000,000 observations from polars through Arrow and back.

    python bindings/python/bench/rollup_bench.py [--reporters 10000] [--periods 60] [--indicators 10] [--rounds 3]

Answers first: the figures of groups are compared, bit for bit, with polars' own sums. The engine's time is that of the library's own
functions on a table that already lies in its memory (builder, check, rollup): the same code that a C++ program calls. What is added on
the way in and out is timed beside it, in the same run.
"""

from __future__ import annotations

import argparse
import ctypes
import statistics
import time
from typing import Any, Callable

import numpy as np
import polars as pl

import commonweal as cw
from commonweal import _abi as abi
from commonweal._native import library


def best(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Median seconds, and the last answer."""
    times, out = [], None
    for _ in range(rounds):
        out = None
        start = time.perf_counter()
        out = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), out


def per_call(name: str, work: Callable[[], Any], times: int = 20_000) -> None:
    work()
    start = time.perf_counter()
    for _ in range(times):
        work()
    print(f"  {name:<58} {(time.perf_counter() - start) / times * 1e6:9.2f} us")


def calls() -> None:
    """What one call costs beyond the work it does."""
    care = cw.load("docs/initiatives/communities-that-care")
    one = care.rollup(group="coordinating-council", indicator="teen-binge-drinking", from_=2010)
    bare, options, out, error = (
        library.cw_rollup,
        abi.init_cw_rollup_options(),
        ctypes.POINTER(abi.cw_table)(),
        ctypes.POINTER(abi.cw_error)(),
    )
    council, indicator, period = b"coordinating-council", b"teen-binge-drinking", b"2010"
    groups = (abi.cw_text * 1)(abi.cw_text(council, len(council)))
    indicators = (abi.cw_text * 1)(abi.cw_text(indicator, len(indicator)))
    options.groups, options.n_groups, options.indicators, options.n_indicators = groups, 1, indicators, 1
    setattr(options, "from", abi.cw_text(period, len(period)))
    given, to, err = ctypes.byref(options), ctypes.byref(out), ctypes.byref(error)

    def rollup() -> None:
        bare(care._handle, given, to, err)
        library.cw_table_free(out)

    rows = ctypes.c_int64()
    print("one call")
    per_call("ctypes: cw_abi_version", library.cw_abi_version)
    per_call("ctypes: cw_table_rows", lambda: library.cw_table_rows(one._handle, ctypes.byref(rows), None))
    per_call("ctypes: cw_rollup of one figure", rollup)
    per_call(
        "Python: initiative.rollup of one figure",
        lambda: care.rollup(group="coordinating-council", indicator="teen-binge-drinking", from_=2010),
    )
    per_call(
        "Python: the same, and its value",
        lambda: care.rollup(group="coordinating-council", indicator="teen-binge-drinking", from_=2010)["value"][0],
    )
    per_call("Python: a capsule made and let go", one.__arrow_c_stream__)


def world(reporters: int, periods: int, indicators: int) -> tuple[dict[str, Any], pl.DataFrame]:
    """A synthetic cascade of a council, ten sub-initiatives and a hundred groups, and a report for every cell. Values are whole numbers, so
    that sums are exact in any order."""
    who = np.array([f"organization-{i}" for i in range(reporters)])
    when = np.array([f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(periods)])
    what = np.array([f"indicator-{i}" for i in range(indicators)])
    groups = [f"group-{i}" for i in range(100)]
    heads = [f"sub-{i}" for i in range(10)]
    structure = {
        "groups": {"id": ["council", *heads, *groups]},
        "part_of": {"from": [*heads, *groups], "to": ["council"] * 10 + [heads[i % 10] for i in range(100)]},
        "organizations": {"id": who},
        "member_of": {"from": who, "to": [groups[i % 100] for i in range(reporters)]},
        "indicators": {"id": what, "kind": ["amount"] * indicators},
    }
    i, r, p = np.indices((indicators, reporters, periods), dtype=np.int32).reshape(3, -1)
    frame = pl.DataFrame({"r": r, "i": i, "p": p}).select(
        reporter=pl.Series(who)[r],
        indicator=pl.Series(what)[i],
        period=pl.Series(when)[p],
        value=pl.Series(np.random.default_rng(1).integers(0, 1000, len(r)).astype("float64")),
    )
    return structure, frame


def expected(structure: dict[str, Any], frame: pl.DataFrame) -> pl.DataFrame:
    """The figures of every group by polars: a reporter counts in its group, its group's head and the council."""
    member = pl.DataFrame({"reporter": structure["member_of"]["from"], "group": structure["member_of"]["to"]})
    parent = pl.DataFrame({"group": structure["part_of"]["from"], "parent": structure["part_of"]["to"]})
    second = member.join(parent, on="group").select("reporter", group="parent")
    third = second.join(parent, on="group").select("reporter", group="parent")
    keys = ["group", "indicator", "period"]
    frame = frame.with_columns(pl.col("reporter", "indicator", "period").cast(pl.String))
    return frame.join(pl.concat([member, second, third]), on="reporter").group_by(keys).agg(pl.col("value").sum()).sort(keys)


def bulk(structure: dict[str, Any], frame: pl.DataFrame, rounds: int) -> float:
    """Seconds of each step, and how much longer the whole takes than the engine alone."""
    base = cw.Builder()
    for name, data in structure.items():
        base.add(name, data)
    bare = base.finish()

    def engine(table: Any) -> tuple[cw.Initiative, cw.Table]:
        with bare.edit() as builder:
            built = builder.add("observations", table).finish()
        return built, built.rollup()

    def whole() -> pl.DataFrame:
        return engine(frame)[1].to_polars()

    import_time, table = best(lambda: cw.Table(frame), rounds)
    engine_time, (built, figures) = best(lambda: engine(table), rounds)
    rollup_time, _ = best(built.rollup, rounds)
    export_time, _ = best(figures.to_polars, rounds)
    values_time, _ = best(lambda: cw.Table({"value": frame["value"].to_numpy()}), rounds)
    out_time, _ = best(lambda: built["observations"].to_polars(), rounds)
    whole_time, answer = best(whole, rounds)

    keys = ["group", "indicator", "period"]
    ours = answer.filter(pl.col("value").is_not_null()).select([*keys, "value"]).sort(keys)
    if not ours.equals(expected(structure, frame)):
        raise SystemExit("the figures differ from polars' own sums")
    lent = table["value"].to_numpy()
    if lent.__array_interface__["data"][0] != table["value"]._data:
        raise SystemExit("the column of values was copied on its way out")

    print(f"{len(frame):,} observations ({frame.schema['reporter']}), {len(figures):,} figures: the same as polars' own sums")
    for name, seconds in (
        ("in: polars to a table of the library, by Arrow", import_time),
        ("   of which the values alone (one block copied)", values_time),
        ("engine: builder, check, rollup, of a table in memory", engine_time),
        ("   of which the rollup", rollup_time),
        ("out: the figures to polars, by Arrow", export_time),
        ("whole: polars to figures in polars", whole_time),
        ("out: all observations to polars, in long form", out_time),
    ):
        print(f"  {name:<58} {seconds:9.3f} s")
    ratio = whole_time / engine_time
    print(f"  {'the whole, over the engine':<58} {ratio:9.2f} x")
    return ratio


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--reporters", type=int, default=10_000)
    options.add_argument("--periods", type=int, default=60)
    options.add_argument("--indicators", type=int, default=10)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    print(f"commonweal {cw.__version__}, polars {pl.__version__}, NumPy {np.__version__}")
    calls()
    structure, frame = world(given.reporters, given.periods, given.indicators)
    bulk(structure, frame, given.rounds)
    words = [pl.col(name).cast(pl.Categorical) for name in ("reporter", "indicator", "period")]
    bulk(structure, frame.with_columns(words), given.rounds)


if __name__ == "__main__":
    main()
