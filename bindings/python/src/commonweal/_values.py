# SPDX-License-Identifier: Apache-2.0
"""Values of Python: the type of a column that holds them, and how it holds them."""

from __future__ import annotations

import ctypes
import datetime
import math
import numbers
from collections.abc import Iterable, Mapping, Set
from itertools import accumulate
from typing import Any, Optional

from . import _abi as abi
from ._errors import InvalidArgument, InvalidData


def reals(name: str, values: list[Any]) -> list[float]:
    try:
        return [0.0 if v is None else float(v) for v in values]
    except (OverflowError, TypeError, ValueError):
        for row, v in enumerate(values):
            try:
                float(0 if v is None else v)
            except OverflowError:
                raise InvalidData(f"{v} is beyond a 64-bit float", code="number_too_large", field=name, row=row) from None
            except (TypeError, ValueError) as e:
                raise InvalidData(f"{v!r} is not a number: {e}", code="wrong_type", field=name, row=row) from None
        raise


def listed(name: str, values: Any) -> list[Any]:
    if isinstance(values, (str, bytes, bytearray, Mapping, Set)) or not isinstance(values, (Iterable, ctypes.Array)):
        raise InvalidArgument(
            f"column {name} is {type(values).__name__}; it takes a list, an array or a series", code="wrong_type", field=name
        )
    try:
        items = list(values)
    except NotImplementedError as e:  # a memoryview of a byte order or a type that is not this machine's
        raise InvalidArgument(f"column {name}: {e}; make it a list or an array", code="wrong_type", field=name) from None
    kinds = set(map(type, items))
    if any(k.__name__ == "datetime64" for k in kinds):
        items = [_day_of(name, row, v) if type(v).__name__ == "datetime64" else v for row, v in enumerate(items)]
        kinds = set(map(type, items))
    # What other libraries write for "no value". NaN among numbers stays: the library takes it for a blank in observations.
    absent = {k for k in kinds if k.__name__ in ("NAType", "NaTType")}
    if absent:
        items = [None if type(v) in absent else v for v in items]
    if float in kinds and any(issubclass(k, str) for k in kinds):
        items = [None if isinstance(v, float) and math.isnan(v) else v for v in items]
    return items


def _day_of(name: str, row: int, value: Any) -> Optional[datetime.date]:
    """A day of NumPy as Python's; None for NaT."""
    import numpy

    if numpy.isnat(value):
        return None
    whole = value.astype("datetime64[D]")
    day = whole.item() if whole == value else None
    if isinstance(day, datetime.date):
        return day
    raise InvalidData(f"{value} is not a day of the years 1 to 9999; give a day", code="wrong_type", field=name, row=row)


def _is_real(kind: type) -> bool:
    """Numbers that a float holds, rounded. Every scalar and array of NumPy has __float__: a complex number, a duration, a text."""
    if issubclass(kind, (bool, datetime.date, numbers.Integral)) or kind.__module__.partition(".")[0] in ("numpy", "pandas"):
        return issubclass(kind, numbers.Real) and not issubclass(kind, (bool, numbers.Integral))
    return hasattr(kind, "__float__") and (issubclass(kind, numbers.Real) or not issubclass(kind, numbers.Complex))


def kind_of(name: str, values: list[Any], kinds: set[type]) -> int:
    """The type of the library that holds all values of a column."""
    if all(issubclass(k, str) for k in kinds):
        return abi.CW_UTF8  # also of a column without any value
    if all(issubclass(k, bool) or k.__name__ in ("bool_", "bool") for k in kinds):
        return abi.CW_BOOLEAN
    whole = [k for k in kinds if issubclass(k, numbers.Integral) and not issubclass(k, bool) and k.__name__ != "timedelta64"]
    if len(whole) == len(kinds):
        return abi.CW_INT64
    if all(k in whole or _is_real(k) for k in kinds):
        return abi.CW_FLOAT64
    if all(issubclass(k, datetime.date) for k in kinds):
        for row, v in enumerate(values):
            if isinstance(v, datetime.datetime) and (v.tzinfo is not None or v.time() != datetime.time()):
                raise InvalidData(f"{v} is a time of day; give its date()", code="wrong_type", field=name, row=row)
        return abi.CW_DATE
    named = sorted(k.__name__ for k in kinds)
    first = next(k for k in map(type, values) if k is not type(None))
    other = next(i for i, v in enumerate(values) if v is not None and type(v) is not first) if len(named) > 1 else None
    raise InvalidArgument(
        f"column {name} has values of {' and '.join(named)}; it takes numbers, text, truth or days, of one kind",
        code="wrong_type",
        field=name,
        row=other,
    )


def joined_text(name: str, values: list[Any], dense: bool) -> tuple[bytes, Any]:
    """Text as Arrow has it: all bytes in a row, and where each begins."""
    try:
        joined = "".join(values) if dense else "".join(v for v in values if v is not None)
        data = joined.encode()
        if len(data) == len(joined):  # ASCII: a character is a byte
            lengths: Iterable[int] = map(len, values) if dense else (0 if v is None else len(v) for v in values)
        else:
            lengths = (0 if v is None else len(v.encode()) for v in values)
    except UnicodeEncodeError as e:
        raise InvalidData(f"a text is not one that UTF-8 can hold: {e.reason}", code="not_utf8", field=name) from None
    return data, (ctypes.c_int64 * (len(values) + 1))(*accumulate(lengths, initial=0))
