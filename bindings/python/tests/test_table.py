# SPDX-License-Identifier: Apache-2.0
"""Tables: columns and rows, in from Python and NumPy, out to Python, NumPy, CSV and the eye."""

from __future__ import annotations

import copy
import datetime
import pickle
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import commonweal as cw
from commonweal import _print

DAY = datetime.date(2024, 2, 29)
MIXED = {
    "id": ["a", None, "ü€"],
    "whole": [1, None, -(2**63)],
    "real": [1.5, None, float("nan")],
    "truth": [True, None, False],
    "day": [DAY, None, datetime.date(1969, 12, 31)],
}


def mixed() -> cw.Table:
    return cw.Table(MIXED)


def test_types_follow_the_values():
    assert mixed().schema == {"id": "utf8", "whole": "int64", "real": "float64", "truth": "boolean", "day": "date"}


def test_values_come_back_as_they_went_in():
    out = mixed().to_dict()
    assert np.isnan(out["real"][2])
    out["real"][2] = None
    assert out == {**MIXED, "real": [1.5, None, None]}


def test_rows_are_dicts_and_columns_sequences():
    table = mixed()
    assert len(table) == 3
    assert table.shape == (3, 5)
    assert table[0] == {"id": "a", "whole": 1, "real": 1.5, "truth": True, "day": DAY}
    assert table[-2] == dict.fromkeys(table.columns)
    assert [row["id"] for row in table] == ["a", None, "ü€"]
    assert table["id"][2] == table["id"][-1] == "ü€"
    assert table["day"][1:] == [None, datetime.date(1969, 12, 31)]
    assert table["id"][::-1] == ["ü€", None, "a"]
    assert "id" in table
    assert "ID" not in table
    assert DAY in table["day"]
    assert table["whole"].null_count == 1
    assert "null" in repr(table["whole"])


@pytest.mark.parametrize(
    ("at", "error"), [(3, IndexError), (-4, IndexError), ("none", KeyError), (1.0, TypeError), (True, TypeError)]
)
def test_what_is_not_there_is_an_error(at, error):
    with pytest.raises(error):
        mixed()[at]


def test_an_unknown_column_lists_the_known_ones():
    with pytest.raises(KeyError, match="id, whole, real"):
        mixed()["ids"]


def test_slices_are_tables():
    table = mixed()
    assert table[1:].to_dict()["id"] == [None, "ü€"]
    assert table[::-1]["whole"][:] == [-(2**63), None, 1]
    assert table[5:].schema == table.schema
    assert len(table[5:]) == 0
    assert table.head(1) == table[:1]
    assert len(table.head(0)) == 0


def test_equality_is_of_names_types_and_values():
    assert mixed() == mixed()
    assert mixed() != mixed()[:2]
    assert cw.Table({"a": [1]}) != cw.Table({"a": [1.0]})
    assert cw.Table({"a": [1]}) != cw.Table({"b": [1]})
    assert cw.Table({"a": [1], "b": [2]}) != cw.Table({"b": [2], "a": [1]})
    assert cw.Table({"a": [1]}) != {"a": [1]}


def test_rows_become_columns_and_what_a_row_lacks_is_null():
    table = cw.Table([{"id": "a"}, {"id": "b", "name": "B"}])
    assert table.to_dict() == {"id": ["a", "b"], "name": [None, "B"]}


def test_empty_tables_hold():
    table = cw.Table({"a": np.array([], dtype="float64"), "b": []})
    assert len(table) == 0
    assert table.to_dict() == {"a": [], "b": []}
    assert table["a"].to_numpy().dtype == "float64"
    assert table["b"].to_numpy().shape == (0,)
    assert cw.Table({}).shape == (0, 0)
    assert cw.Table([]).columns == ()
    assert pickle.loads(pickle.dumps(table)) == table


# ---- NumPy


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "int64", "int32", "int16", "uint8", "uint32", "uint64", "bool", ">f8", ">i4", "float16"]
)
def test_arrays_of_numbers_come_in(dtype):
    values = np.array([1, 0, 1], dtype=dtype)
    assert cw.Table({"v": values})["v"][:] == values.tolist()


def test_strided_and_reversed_arrays_come_in_by_their_stride():
    values = np.arange(20.0)
    assert cw.Table({"v": values[::3]})["v"][:] == values[::3].tolist()
    assert cw.Table({"v": values[::-1]})["v"][:] == values[::-1].tolist()
    assert cw.Table({"v": np.arange(12.0).reshape(4, 3)[:, 1]})["v"][:] == [1, 4, 7, 10]


def test_arrays_of_days_masks_text_and_objects_come_in():
    table = cw.Table(
        {
            "day": np.array(["2024-02-29", "NaT", "1969-12-31"], dtype="datetime64[ns]"),
            "masked": np.ma.array([1.0, 2.0, 3.0], mask=[False, True, False]),
            "masked_day": np.ma.array(np.array(["2024-01-01"] * 3, dtype="datetime64[D]"), mask=[True, False, False]),
            "text": np.array(["a", "b", "ü"]),
            "object": np.array(["a", None, "b"], dtype=object),
        }
    )
    assert table["day"][:] == [DAY, None, datetime.date(1969, 12, 31)]
    assert table["masked"][:] == [1.0, None, 3.0]
    assert table["masked_day"][:] == [None, datetime.date(2024, 1, 1), datetime.date(2024, 1, 1)]
    assert table["text"][:] == ["a", "b", "ü"]
    assert table["object"][:] == ["a", None, "b"]


def test_columns_without_nulls_are_lent_without_a_copy():
    table = cw.Table({"real": np.arange(5.0), "whole": np.arange(5), "truth": np.array([True, False] * 2 + [True])})
    for name in table.columns:
        one, other = table[name].to_numpy(), np.asarray(table[name])
        assert one.__array_interface__["data"] == other.__array_interface__["data"]
        assert not one.flags.writeable
        assert one.base.owner is table
    assert table["real"].to_numpy().__array_interface__["data"][0] == table["real"]._data


def test_lent_arrays_outlive_their_table():
    values = cw.Table({"v": np.arange(100_000.0)})["v"].to_numpy()
    cw.Table({"v": np.zeros(100_000)})
    assert values.sum() == 100_000 * 99_999 / 2


def test_nulls_become_what_numpy_has_for_them():
    table = mixed()
    assert table["whole"].to_numpy().dtype == "float64"
    assert np.isnan(table["whole"].to_numpy()[1])
    assert np.isnat(table["day"].to_numpy()[1])
    assert table["day"].to_numpy()[0] == np.datetime64("2024-02-29")
    assert table["truth"].to_numpy().tolist() == [True, None, False]
    assert table["id"].to_numpy().tolist() == ["a", None, "ü€"]
    assert set(table.to_numpy()) == set(table.columns)


def test_array_protocol_casts_and_copies_when_asked():
    column = cw.Table({"v": [1.0, 2.0]})["v"]
    assert np.asarray(column, dtype="float32").dtype == "float32"
    assert np.array(column, copy=True).flags.writeable
    assert np.sum(column) == 3.0
    with pytest.raises(ValueError, match="without a copy"):
        np.asarray(cw.Table({"v": [1.0, None]})["v"], copy=False)


# ---- what is refused


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ({"a": [1], "b": [1, 2]}, cw.InvalidArgument, "column b has 2 values, column a 1"),
        ({"a": [1, "x"]}, cw.InvalidArgument, "int and str"),
        ({"a": [b"x"]}, cw.InvalidArgument, "bytes"),
        ({"a": "text"}, cw.InvalidArgument, "takes a list"),
        ({"a": 7}, cw.InvalidArgument, "takes a list"),
        ({1: [1]}, cw.InvalidArgument, "takes text"),
        ({"": [1]}, cw.InvalidArgument, "no name"),
        ({"a": [2**63]}, cw.InvalidData, "64-bit"),
        ({"a": np.array([2**63], dtype="uint64")}, cw.InvalidData, "64-bit"),
        ({"a": np.zeros((2, 2))}, cw.InvalidArgument, "2 dimensions"),
        ({"a": np.zeros(2, dtype="complex128")}, cw.InvalidArgument, "complex128"),
        ({"a": np.array(["2024-01-01T12:00"], dtype="datetime64[s]")}, cw.InvalidData, "time of day"),
        ({"a": [datetime.datetime(2024, 1, 1, 12)]}, cw.InvalidData, "time of day"),
        ({"a": ["\ud800"]}, cw.InvalidData, "UTF-8"),
        ([1, 2], cw.InvalidArgument, "dicts"),
        ("text", cw.InvalidArgument, "cannot be made of str"),
        (None, cw.InvalidArgument, "cannot be made of NoneType"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data, error, words):
    with pytest.raises(error, match=words):
        cw.Table(data)


def test_refusals_name_field_and_row():
    with pytest.raises(cw.InvalidData) as caught:
        cw.Table({"day": [DAY, datetime.datetime(2024, 1, 1, 12)]})
    assert (caught.value.field, caught.value.row, caught.value.code) == ("day", 1, "wrong_type")


def test_numbers_of_other_kinds_are_numbers():
    table = cw.Table(
        {"a": [Decimal("1.5"), 2, np.float32(3)], "b": [np.int8(1), 2, np.uint64(3)], "c": [np.bool_(True), False, None]}
    )
    assert table.schema == {"a": "float64", "b": "int64", "c": "boolean"}


def test_midnights_are_days():
    assert cw.Table({"a": [datetime.datetime(2024, 2, 29), DAY]})["a"][:] == [DAY, DAY]


# ---- copies, CSV, the eye


def test_tables_are_copied_by_reference_and_pickled_by_value():
    table = mixed()
    assert copy.copy(table) is table
    assert copy.deepcopy({"t": table})["t"] is table
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(table, protocol)) == table


def test_csv_is_that_of_the_folder_format(tmp_path):
    path = str(tmp_path / "t.csv")
    text = cw.Table({"id": ["a,b", None], "v": [0.1, None], "day": [DAY, None]}).to_csv(path)
    assert text == 'id,v,day\n"a,b",0.1,2024-02-29\n,,\n'
    assert Path(path).read_bytes().decode() == text


def render(table: cw.Table, width: int) -> str:
    return _print.render({name: table[name] for name in table.columns}, len(table), width)


def test_repr_shows_what_fits_and_says_what_does_not():
    table = cw.Table({"name": ["x" * 60, "y"], "value": [1234567.891, None], "sigma": [None, None]})
    assert repr(table).splitlines()[0].split() == ["name", "value", "sigma"]
    assert "1.23457e+06" in repr(table)
    narrow = render(table, 55)
    assert max(map(len, narrow.splitlines()[:-1])) <= 55
    assert narrow.splitlines()[-1] == "[2 rows, 3 columns] not shown: sigma"
    long = render(cw.Table({"i": list(range(100))}), 80).splitlines()
    assert len(long) == 18
    assert long[11] == "…"
    assert long[-1] == "[100 rows, 1 column]"


def test_repr_always_shows_what_was_asked_for():
    what = {"series": ["people-served"] * 2, "period": ["2024", "2025"], "method": ["naive"] * 2, "value": [None, None]}
    forecast = cw.Table({**what, "lower": [10.5, 10.5], "upper": [15.5, 15.5], "state": ["forecast"] * 2})
    shown = render(forecast, 40).splitlines()
    assert shown[0].split() == ["period", "value", "lower", "upper", "state"]
    assert shown[-1] == "[2 rows, 7 columns] the same in every row: series people-served, method naive"
    for columns in (20, 30, 60, 100):  # what does not fit goes on below
        lines = render(forecast.head(1), columns).splitlines()
        assert max(map(len, lines[:-1])) <= columns
        assert {"value", "lower", "upper", "state"} <= set(" ".join(lines[:-1]).split())
    one = cw.Table(
        {"criterion": ["c" * 50], "question": ["q" * 50], "evidence_for": ["e" * 50], "verdict": ["not_met"], "score": [None]}
    )
    assert {"verdict", "score", "not_met"} <= set(" ".join(render(one, 60).splitlines()[:-1]).split())
    assert {"verdict", "score"} <= set(re.findall(r"<th[^>]*>(\w+)", one._repr_html_()))


def test_html_is_escaped_and_bounded():
    text = cw.Table({"<b>": ["<script>"] * 100})._repr_html_()
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert text.count("<tr>") == 21
    assert "100 rows, 1 columns; the first 20 are shown" in text
