# SPDX-License-Identifier: Apache-2.0
"""Arguments of Python as what the library takes: words, and structs of options filled by the types of their fields."""

from __future__ import annotations

import ctypes
import datetime
import functools
import operator
import os
from collections.abc import Iterable, Mapping
from typing import Any, Union

from . import _abi as abi
from ._calls import Owner, text, text_array
from ._errors import InvalidArgument
from ._native import POINTERS
from ._questions import DAYS, PERIODS

#: A period: text of ISO 8601 ("2024", "2024-Q1", "2024-03", "2024-W05", "2024-03-15") or a whole year.
Period = Union[str, int]
#: A day: text ("2024-03-15") or a date.
Day = Union[str, datetime.date]
#: One word or several: an id, or a list of ids.
Words = Union[str, Iterable[str]]

_BITS = {ctypes.c_uint32: 32, ctypes.c_uint64: 64}


def encoded(value: object, name: str) -> bytes:
    """Text as the library takes it; a day or, where `name` is a period, a year becomes text.

    A time of day is refused: which day it is depends on a time zone.
    """
    if isinstance(value, datetime.date) and name in DAYS:
        if isinstance(value, datetime.datetime):
            raise InvalidArgument(f"{name} is a time of day; give its date()", code="not_a_date")
        value = value.isoformat()
    elif isinstance(value, int) and not isinstance(value, bool) and name.rstrip("_") in PERIODS:
        value = f"{value:04d}"
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} is {type(value).__name__}; it takes text", code="wrong_type")
    try:
        return value.encode()
    except UnicodeEncodeError as e:
        raise InvalidArgument(f"{name} is not text that UTF-8 can hold: {e.reason}", code="not_utf8") from None


def path_bytes(path: Union[str, os.PathLike[str]]) -> bytes:
    """A path as the file system has it."""
    return os.fsencode(path)


def _whole(value: Any, name: str, bits: int) -> int:
    """A whole number that a field holds; of a larger one ctypes would keep the last bits and report nothing."""
    if type(value).__name__ in ("bool", "bool_"):  # NumPy's too
        return 1 if value else 0
    if not 0 <= value < 2**bits:
        raise InvalidArgument(f"{name} is {value}; it is a whole number from 0 to {2**bits - 1}", field=name)
    return operator.index(value)


@functools.cache
def _types(struct: type[ctypes.Structure]) -> dict[str, Any]:
    return {field[0]: field[1] for field in struct._fields_}


def options(struct: type[ctypes.Structure], arguments: Mapping[str, Any], *apart: str) -> Any:
    """A struct of options with the arguments of a function, often its locals().

    None keeps the default of the library. Not taken are `self`, `progress`, which a listener is for, and what `apart` names.
    """
    out = getattr(abi, f"init_{struct.__name__}")()
    types = _types(struct)
    for name, value in arguments.items():
        if value is None or name in ("self", "progress", *apart):
            continue
        field = name.rstrip("_")
        kind = types[field]
        if kind is abi.cw_text:
            value = text(encoded(value, name))
        elif kind is POINTERS[abi.cw_text]:
            several = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
            items = [encoded(v, name) for v in several]
            setattr(out, f"n_{field}", len(items))
            value = text_array(items)
        elif kind is POINTERS[abi.cw_weight]:
            setattr(out, f"n_{field}", len(value))
            value = (abi.cw_weight * len(value))(*[abi.cw_weight(text(encoded(k, name)), v) for k, v in value.items()])
        elif kind in _BITS:
            value = _whole(value, name, _BITS[kind])
        elif isinstance(value, Owner):
            value = value._as_parameter_
        setattr(out, field, value)
    return out
