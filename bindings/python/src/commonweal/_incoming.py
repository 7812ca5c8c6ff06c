# SPDX-License-Identifier: Apache-2.0
"""Data that comes in: its form is decided here, once, and made what one call takes."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Union

from . import _arrow, _columns
from ._errors import InvalidArgument

#: A stream of Arrow data, a record batch as array and schema, or columns.
Form = Union[_arrow.Lent, tuple[_arrow.Lent, _arrow.Lent], _columns.Columns]


def _has_pyarrow() -> bool:
    return "pyarrow" in sys.modules or find_spec("pyarrow") is not None


def form_of(data: Any) -> Form:
    """Data as a call takes it."""
    if type(data).__module__.partition(".")[0] == "pandas" and hasattr(data, "columns"):
        data = _columns.without_index(data)
        if not _has_pyarrow():
            data = {name: data[name] for name in data.columns}
    if isinstance(data, Mapping):
        return _columns.from_mapping(data)
    if hasattr(data, "__arrow_c_stream__"):
        return _arrow.stream_of(data)
    if hasattr(data, "__arrow_c_array__"):
        return _arrow.batch_of(data)
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return _columns.from_records(data)
    raise InvalidArgument(
        f"a table cannot be made of {type(data).__name__}; it takes Arrow data (pyarrow, polars, pandas, DuckDB), "
        "columns by name, or rows as dicts",
        code="wrong_type",
    )
