# SPDX-License-Identifier: Apache-2.0
"""pandas, long form: merge and groupby.

One integer key for (group, period) instead of two columns, unsorted, and the four built-in aggregations, which run in
Cython: this is about half the time of grouping by two columns.
"""
import pandas as pd
from peer import serve


def prepare(c):
    pairs = pd.DataFrame({"group": c.pair_group, "reporter": c.pair_reporter})
    observations = pd.DataFrame({"reporter": c.reporter, "period": c.period, "value": c.value})
    return pairs, observations, c.periods


def job(prepared):
    pairs, observations, periods = prepared
    joined = observations.merge(pairs, on="reporter", sort=False)
    key = joined["group"].to_numpy() * periods + joined["period"].to_numpy()
    return joined["value"].groupby(key, sort=False).agg(["sum", "count", "min", "max"])


def answers(c, r):
    group, period = r.index.to_numpy() // c.periods, r.index.to_numpy() % c.periods
    at = lambda name, fill: c.grid(group, period, r[name].to_numpy(), fill)
    return at("sum", 0), at("count", 0), at("min", float("inf")), at("max", float("-inf"))


serve(prepare, job, answers)
