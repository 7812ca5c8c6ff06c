# SPDX-License-Identifier: Apache-2.0
"""DuckDB, long form: a join and a GROUP BY in SQL over native in-memory tables.

The tables are DuckDB's own, so that nothing is converted inside the timing; insertion order need not be kept, which
lets the aggregation run in parallel without ordering; the result stays a table, as a next query would want it.
"""
import duckdb
from peer import serve


def prepare(c):
    db = duckdb.connect(":memory:", config={"threads": 2})
    db.execute("SET preserve_insertion_order = false")
    pair_group, pair_reporter = c.pair_group, c.pair_reporter
    reporter, period, value = c.reporter, c.period, c.value
    db.register("p", {"g": pair_group, "reporter": pair_reporter})
    db.register("o", {"reporter": reporter, "period": period, "value": value})
    db.execute("CREATE TABLE pairs AS SELECT g, reporter FROM p")
    db.execute("CREATE TABLE observations AS SELECT reporter, period, value FROM o")
    return db


def job(db):
    db.execute(
        """CREATE OR REPLACE TABLE result AS
           SELECT g, period, sum(value) AS s, count(*) AS n, min(value) AS lo, max(value) AS hi
           FROM observations JOIN pairs USING (reporter) GROUP BY g, period"""
    )
    return db


def answers(c, db):
    r = db.execute("SELECT * FROM result").fetchnumpy()
    at = lambda name, fill: c.grid(r["g"], r["period"], r[name], fill)
    return at("s", 0), at("n", 0), at("lo", float("inf")), at("hi", float("-inf"))


serve(prepare, job, answers)
