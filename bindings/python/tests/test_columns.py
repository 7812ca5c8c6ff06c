# SPDX-License-Identifier: Apache-2.0
"""Columns in every form that Python's libraries keep them in: the right values, or a clear error, and never other memory."""

from __future__ import annotations

import array
import ctypes
import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import commonweal as cw

DAY = datetime.date(2024, 2, 29)


def column(values):
    return cw.Table({"x": values}).to_dict()["x"]


NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7]
TYPES = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", ">i2", ">i4", ">i8", ">u4", ">f4", ">f8", "?"]


@pytest.mark.parametrize("dtype", TYPES)
def test_a_value_broadcast_to_all_rows_is_that_value(dtype):
    value = np.array(1, dtype=dtype)
    for rows in (0, 1, 2, 9, 70_000):
        assert column(np.broadcast_to(value, rows)) == [value.item()] * rows


@pytest.mark.parametrize("dtype", TYPES)
@pytest.mark.parametrize(
    "view",
    [
        lambda a: a[::-1],
        lambda a: a[::3],
        lambda a: a[6:1:-2],
        lambda a: a[3:3],
        lambda a: np.broadcast_to(a[5], 4),
        lambda a: np.lib.stride_tricks.as_strided(a[2:], (4,), (0,)),
        lambda a: np.lib.stride_tricks.sliding_window_view(a, 3)[2],
        lambda a: np.stack([a, a], axis=1)[:, 1],
        lambda a: np.stack([a, a], axis=1)[::-2, 0],
        lambda a: np.array([(0, v) for v in a], dtype=[("pad", "i1"), ("v", a.dtype)])["v"][::-1],
        lambda a: np.array([(0, v) for v in a], dtype=[("pad", "i1"), ("v", a.dtype)]).view(np.recarray).v,
        lambda a: np.frombuffer(b"\0" + a.tobytes(), dtype=a.dtype, offset=1, count=len(a)),  # unaligned, read-only
    ],
)
def test_strides_byte_orders_and_alignments_are_followed(dtype, view):
    values = view(np.array(NUMBERS, dtype=dtype))
    assert column(values) == values.tolist()
    values = values[:]
    values.flags.writeable = False
    assert column(values) == values.tolist()
    assert column(pd.Series(values)) == values.tolist() or values.dtype.byteorder == ">"


def test_a_large_constant_column_reads_one_value():
    table = cw.Table({"a": np.broadcast_to(np.float64(5.0), 3_000_000), "b": np.broadcast_to(np.int64(-7), 3_000_000)})
    assert (np.asarray(table["a"]) == 5.0).all()
    assert (np.asarray(table["b"]) == -7).all()


@pytest.mark.parametrize("shape", [(), (2, 2), (1, 1), (0, 3)])
@pytest.mark.parametrize(
    "make", [np.zeros, np.ma.zeros, lambda shape: np.zeros(shape, "O"), lambda shape: np.zeros(shape, "M8[D]")]
)
def test_what_has_not_one_dimension_is_refused(shape, make):
    with pytest.raises(cw.InvalidArgument, match="dimensions; it takes one"):
        cw.Table({"x": make(shape)})


@pytest.mark.parametrize(
    "values",
    [
        np.float64(1),
        np.ma.masked,
        pd.DataFrame({"a": [1]}),
        memoryview(np.zeros((2, 2))),
        memoryview(np.zeros(())),
        memoryview(np.zeros(2, ">f8")),
        np.zeros(2, "c16"),
        np.zeros(2, "m8[s]"),
        np.zeros(2, "S3"),
        np.zeros(2, "V4"),
        np.zeros(2, [("a", "i4"), ("b", "f8")]),
        np.ma.zeros(2, [("a", "i4"), ("b", "f8")]),
        np.zeros(2, "g"),
        [np.complex128(1 + 2j)],
        [np.timedelta64(5, "D")],
        np.array([np.timedelta64(5, "D"), 3], dtype=object),
        [np.bytes_(b"1.5")],
        [np.array([1.0])],
        [b"1"],
        [complex(1, 2)],
        [10**400, 0.5],
        [Decimal("sNaN")],
        [1, "one"],
        {1: 2},
        {1, 2},
        "text",
        b"bytes",
        bytearray(b"bytes"),
        3,
        (ctypes.c_double * 2 * 2)(),
        (ctypes.c_char * 3)(b"a", b"b", b"c"),
        ctypes.pointer(ctypes.c_double(1)),
        pd.Series(pd.to_datetime(["2024-01-01"]).tz_localize("UTC")),
        pd.Series(pd.timedelta_range("1D", periods=2)),
    ],
    ids=repr,
)
def test_what_is_no_column_is_refused_in_words(values):
    with pytest.raises((TypeError, ValueError)) as caught:
        cw.Table({"x": values})
    assert isinstance(caught.value, cw.Error)
    assert "x" in str(caught.value)


def test_arrays_of_the_standard_library_and_of_ctypes_hold_what_they_hold():
    for code in "bBhHiIlLqQfd":
        assert column(array.array(code, [1, 2, 3])) == [1, 2, 3]
        assert column(memoryview(array.array(code, [1, 2, 3]))[::-1]) == [3, 2, 1]
    for kind in (ctypes.c_int8, ctypes.c_uint16, ctypes.c_int64, ctypes.c_double, ctypes.c_float, ctypes.c_int32.__ctype_be__):
        assert column((kind * 3)(1, 2, 3)) == [1, 2, 3]
    assert column((ctypes.c_bool * 2)(True, False)) == [True, False]
    assert column(memoryview(np.broadcast_to(np.float64(5), 3))) == [5, 5, 5]
    assert column(range(5, 0, -2)) == [5, 3, 1]
    assert column([Fraction(1, 4), Decimal("0.5"), np.float32(2), np.int8(3)]) == [0.25, 0.5, 2, 3]


def test_masked_arrays_keep_their_mask_and_nothing_below_it():
    garbage = 2**63 + 5
    cases = [
        (np.ma.array([1.5, 2.5, 3.5], mask=[0, 1, 0]), [1.5, None, 3.5]),
        (np.ma.array([1, garbage, 3], mask=[0, 1, 0], dtype="u8"), [1, None, 3]),
        (np.ma.array([1, 2, 3], mask=[0, 1, 0], dtype=">i4")[::-1], [3, None, 1]),
        (np.ma.array([True, False], mask=[1, 0]), [None, False]),
        (np.ma.array(["a", "b"], mask=[1, 0]), [None, "b"]),
        (np.ma.array(["a", None, 3.5], mask=[0, 0, 1], dtype=object), ["a", None, None]),
        (np.ma.array(np.array(["2024-02-29", "2024-01-01T05"], "M8[h]"), mask=[0, 1]), [DAY, None]),
        (np.ma.array(np.broadcast_to(7.0, 3), mask=[0, 1, 0]), [7, None, 7]),
        (np.ma.array([1.0, 2.0], mask=False), [1, 2]),
    ]
    for values, wanted in cases:
        assert column(values) == wanted
    with pytest.raises(cw.InvalidData, match="beyond a 64-bit integer"):
        column(np.ma.array([garbage], dtype="u8"))


@pytest.mark.parametrize("unit", ["D", "h", "s", "ms", "us", "ns", "W", "M", "Y"])
def test_days_of_numpy_are_days_and_nat_is_missing(unit):
    first = np.datetime64("2024-02-01" if unit == "M" else "2024-01-01" if unit == "Y" else "2024-02-29", "D")
    values = np.array([first, "NaT"], "M8[D]").astype(f"M8[{unit}]")
    wanted = values[0].astype("M8[D]").item()
    assert column(values) == [wanted, None]
    assert column(values[::-1]) == [None, wanted]
    assert column(values.astype(values.dtype.newbyteorder(">"))) == [wanted, None]
    assert column(np.broadcast_to(values[0], 3)) == [wanted] * 3
    assert column(list(values)) == [wanted, None]
    assert column(np.array([*values, None], dtype=object)) == [wanted, None, None]


def test_days_beyond_the_calendar_and_times_of_day_are_refused():
    for values in (
        np.array([2**62], "M8[Y]"),
        np.array([-(2**40)], "M8[M]"),
        np.array(["-0001-01-01"], "M8[D]"),
        np.array(["10000-01-01"], "M8[s]"),
        [np.datetime64(2**40, "D")],
        np.array(["2024-01-01T05:00"], "M8[m]"),
        [np.datetime64("2024-01-01T00:00:00.000000001")],
    ):
        with pytest.raises(cw.InvalidData):
            column(values)


def test_objects_are_what_they_are():
    assert column(np.array([1.5, None, pd.NA], dtype=object)) == [1.5, None, None]
    assert column(np.array(["a", float("nan"), None], dtype=object)) == ["a", None, None]
    assert column(np.array([True, None], dtype=object)[::-1]) == [None, True]
    assert column(np.broadcast_to(np.array("word"), 3)) == ["word"] * 3
    assert column(np.array(["ä", "b"], dtype=">U2")) == ["ä", "b"]
    assert column(np.array([], dtype=object)) == column(np.array([], "f8")) == column([]) == []


def test_series_of_pandas_in_every_form():
    constant = pd.Series(np.broadcast_to(np.float64(5.0), 4))
    assert column(constant) == [5, 5, 5, 5]
    assert column(pd.Series([1.5, None, 3.5])[::-1]) == [3.5, None, 1.5]
    assert column(pd.Series([1, None], dtype="Int64")) == [1, None]
    assert column(pd.Series([True, None], dtype="boolean")) == [True, None]
    assert column(pd.Series(["a", None], dtype="category")) == ["a", None]
    assert column(pd.Series([DAY, None], dtype="datetime64[ns]")) == [DAY, None]
    assert column(pd.Index([3, 1])) == [3, 1]
    assert cw.Table(pd.DataFrame({"x": constant})).to_dict() == {"x": [5, 5, 5, 5]}
    assert cw.Table(pd.DataFrame(np.arange(6.0).reshape(3, 2), columns=["x", "y"])).to_dict() == {"x": [0, 2, 4], "y": [1, 3, 5]}
