# SPDX-License-Identifier: Apache-2.0
"""Arrow in and out: pyarrow, polars, pandas, DuckDB, and capsules by themselves."""

from __future__ import annotations

import ctypes
import datetime
import subprocess
import sys

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import commonweal as cw

TABLE = cw.Table(
    {
        "id": ["a", None, "ü€ of more than twelve bytes"],
        "whole": [1, None, -(2**63)],
        "real": [1.5, None, -0.25],
        "truth": [True, None, False],
        "day": [datetime.date(2024, 2, 29), None, datetime.date(1969, 12, 31)],
    }
)


def test_pyarrow_round_trip():
    out = TABLE.to_arrow()
    assert out.schema == pa.schema(
        [("id", pa.large_string()), ("whole", pa.int64()), ("real", pa.float64()), ("truth", pa.bool_()), ("day", pa.date32())]
    )
    assert out.to_pydict() == TABLE.to_dict()
    assert cw.Table(out) == TABLE
    assert cw.Table(out.to_batches()[0]) == TABLE
    assert pa.schema(TABLE) == out.schema


def test_polars_round_trip():
    assert TABLE.to_polars().to_dict(as_series=False) == TABLE.to_dict()
    assert cw.Table(TABLE.to_polars()) == TABLE


def test_pandas_round_trip():
    frame = TABLE.to_pandas()
    text = "str" if int(pd.__version__.partition(".")[0]) > 2 else "object"
    assert [str(t) for t in frame.dtypes] == [text, "Int64", "float64", "boolean", "datetime64[s]"]
    assert frame["whole"][2] == -(2**63)
    assert cw.Table(frame) == TABLE


def test_duckdb_round_trip():
    source = TABLE  # noqa: F841 -- DuckDB finds it by name
    relation = duckdb.sql("select * from source")
    assert cw.Table(relation) == TABLE
    assert duckdb.sql("select sum(real) from source").fetchall() == [(1.25,)]


def test_pandas_comes_in_without_pyarrow_too(monkeypatch):
    frame = TABLE.to_pandas()
    import commonweal._incoming

    monkeypatch.setattr(commonweal._incoming, "_has_pyarrow", lambda: False)
    assert cw.Table(frame) == TABLE
    assert cw.Table(frame.astype({"id": "object"})) == TABLE
    assert cw.Table(pd.DataFrame({"v": [1.0, np.nan]}))["v"].type == "float64"


def test_an_index_without_a_name_says_nothing():
    frame = pd.DataFrame({"id": ["a", "b", "c"], "v": [1, 2, 3]})
    assert cw.Table(frame[frame["v"] > 1]).to_dict() == {"id": ["b", "c"], "v": [2, 3]}
    assert set(cw.Table(frame.set_index("id")).columns) == {"id", "v"}


def test_times_of_day_are_refused_with_the_cure():
    for data in (
        pd.DataFrame({"day": pd.to_datetime(["2024-01-01 12:00"])}),
        pl.DataFrame({"day": [datetime.datetime(2024, 1, 1)]}),
        pa.table({"day": pa.array([datetime.datetime(2024, 1, 1)])}),
    ):
        with pytest.raises(cw.Error, match="day"):
            cw.Table(data)


def test_chunks_categories_and_narrow_types_come_in():
    chunked = pa.chunked_array([["a", "b"], ["a"]])
    data = pa.table(
        {"c": chunked.dictionary_encode(), "i": pa.array([1, 2, 3], pa.int8()), "f": pa.array([1, 2, 3], pa.float32())}
    )
    table = cw.Table(data)
    assert table.to_dict() == {"c": ["a", "b", "a"], "i": [1, 2, 3], "f": [1.0, 2.0, 3.0]}
    frame = pl.DataFrame({"c": ["a", "b", None]}, schema={"c": pl.Categorical})
    assert cw.Table(frame)["c"][:] == ["a", "b", None]
    assert cw.Table(pd.DataFrame({"c": pd.Categorical(["a", None, "b"])}))["c"][:] == ["a", None, "b"]
    assert cw.Table(pa.table({"n": pa.nulls(2)}))["n"][:] == [None, None]


def test_dictionaries_come_in_by_any_index_and_go_out_plain_or_as_asked():
    words = ["red", None, "hi", "red"]
    for index in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
        for of in (pa.string(), pa.large_string(), pa.string_view()):
            column = pa.DictionaryArray.from_arrays(pa.array([1, None, 0, 1], index), pa.array(["hi", "red"], of))
            table = cw.Table(pa.table({"c": column, "n": [1, 2, 3, 4]}))
            assert table["c"][:] == words
            assert table.to_arrow().schema == pa.schema([("c", pa.large_string()), ("n", pa.int64())])
    enum = pl.DataFrame({"c": words}, schema={"c": pl.Enum(["hi", "red", "unused"])})
    assert cw.Table(enum)["c"][:] == words
    assert cw.Table(enum).to_polars()["c"].dtype == pl.String
    asked = pa.schema([("c", pa.dictionary(pa.int32(), pa.large_string())), ("n", pa.int64()), ("other", pa.string())])
    for given in (enum.with_columns(n=1), pl.DataFrame({"c": words, "n": 1})):
        coded = pa.RecordBatchReader.from_stream(cw.Table(given), asked).read_all()
        assert coded.schema.field("c").type == asked.field("c").type
        assert coded["c"].to_pylist() == words
        frame = coded.to_pandas()
        assert str(frame["c"].dtype) == "category"
        assert cw.Table(frame) == cw.Table(given)


def test_a_dictionary_may_change_from_batch_to_batch():
    def batch(words):
        return pa.record_batch({"c": pa.array(words).dictionary_encode()})

    parts = [["a", "b", None, "a"], ["b", "c"], ["c", "a", "a"], ["d"] * 5]
    batches = [batch(p) for p in parts]
    table = cw.Table(pa.RecordBatchReader.from_batches(batches[0].schema, batches))
    assert table["c"][:] == [word for part in parts for word in part]


def test_an_index_beyond_the_dictionary_is_refused():
    column = pa.DictionaryArray.from_arrays(pa.array([0, 2]), pa.array(["a", "b"]), safe=False)
    with pytest.raises(cw.InvalidData, match="outside the dictionary"):
        cw.Table(pa.table({"c": column}))


def test_joins_by_categories_that_went_through_a_table_just_work():
    frame = pl.DataFrame({"id": ["a", "b", "a"], "v": [1, 2, 3]}, schema_overrides={"id": pl.Categorical})
    out = cw.Table(frame)
    names = {"id": ["a", "b"], "name": ["Anna", "Bert"]}
    assert out.to_polars().join(pl.DataFrame(names), on="id")["name"].to_list() == ["Anna", "Bert", "Anna"]
    assert out.to_pandas().merge(pd.DataFrame(names), on="id")["name"].tolist() == ["Anna", "Bert", "Anna"]


def test_slices_and_streams_of_many_batches_come_in():
    whole = pa.table({"i": range(1000), "s": [str(i) for i in range(1000)]})
    table = cw.Table(pa.RecordBatchReader.from_batches(whole.schema, whole.slice(10, 900).to_batches(max_chunksize=7)))
    assert table["i"][:] == list(range(10, 910))
    assert table["s"][:] == [str(i) for i in range(10, 910)]


def test_types_that_are_not_taken_are_named():
    with pytest.raises(cw.InvalidData) as caught:
        cw.Table(pa.table({"nested": [[1]]}))
    assert caught.value.field == "nested"


def test_a_stream_that_fails_is_an_error_with_its_words():
    def batches():
        yield pa.record_batch({"a": [1]})
        raise ValueError("the well is dry")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("a", pa.int64())]), batches())
    with pytest.raises(cw.Error, match="the well is dry"):
        cw.Table(reader)


def test_out_by_arrow_lends_the_memory():
    table = cw.Table({"v": np.arange(1000.0)})
    out = table.to_arrow()
    assert out["v"].chunk(0).buffers()[1].address == table["v"]._data
    before = out["v"].to_pylist()
    del table
    cw.Table({"v": np.zeros(1000)})
    assert out["v"].to_pylist() == before


class Once:
    """A producer that gives the same capsule again."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema=None):
        return self.capsule


def test_a_capsule_is_consumed_once():
    capsule = TABLE.__arrow_c_stream__()
    assert cw.Table(Once(capsule)) == TABLE
    with pytest.raises(cw.InvalidArgument, match="consumed already"):
        cw.Table(Once(capsule))
    with pytest.raises(ValueError, match="released"):
        pa.table(Once(capsule))


def test_a_capsule_of_another_name_is_refused():
    with pytest.raises(ValueError, match="incorrect name"):
        cw.Table(Once(TABLE.__arrow_c_schema__()))


def test_what_is_no_capsule_is_refused():
    with pytest.raises((ValueError, TypeError, ctypes.ArgumentError)):
        cw.Table(Once(7))


def resident() -> int:
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def test_capsules_that_nobody_takes_are_freed_with_their_table():
    def once():
        table = cw.Table({"v": np.ones(100_000)})
        table.__arrow_c_stream__()
        table.__arrow_c_schema__()
        pa.schema(table)

    for _ in range(20):
        once()
    before = resident()
    for _ in range(300):  # 240 MB, were they kept
        once()
    assert resident() - before < 30_000_000


def test_everything_may_be_alive_at_the_end_of_the_program():
    code = """
import commonweal as cw, numpy as np
care = cw.load("docs/initiatives/communities-that-care")
table = care.rollup()
kept = [table.__arrow_c_stream__(), table.__arrow_c_schema__(), table["reported"].to_numpy(), care.edit(), table.to_arrow()]
class Late:
    def __del__(self):
        table.to_csv()
late = Late()
cycle = [table, care]; cycle.append(cycle)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
