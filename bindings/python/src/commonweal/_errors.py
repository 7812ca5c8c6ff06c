# SPDX-License-Identifier: Apache-2.0
"""What the library refuses, as exceptions."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, Optional

from . import _abi as abi
from ._native import POINTERS, library
from ._text import visible


class Error(Exception):
    """What the library refused, and why.

    Attributes:
        code: stable word ("unknown_id", "wrong_type", ...; docs/diagnostics.md), or the name of the status.
        message: what is wrong and what to do.
        file: the file or table concerned; "" where there is none. So are `field`, the column, and `record`, the id.
        row: of a file as a spreadsheet counts (the header is row 1), of a table in memory from 0; None where no row is meant.
        diagnostics: every finding, as a `Table` of severity, code, file, row, field, record and message; None for errors of
            this package's own.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        file: str = "",
        row: Optional[int] = None,
        field: str = "",
        record: str = "",
        diagnostics: Any = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self._status
        self.file = file
        self.row = row
        self.field = field
        self.record = record
        self.diagnostics = diagnostics

    _status = "error"

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.field:
            place.append(f"field {self.field}")
        text = visible(f"{', '.join(place)}: {self.message}" if place else self.message)
        further = 0 if self.diagnostics is None else len(self.diagnostics) - 1
        return text if further < 1 else f"{text} [and {further} more: see diagnostics]"

    def __reduce__(self) -> tuple[Any, ...]:
        return _error_again, (type(self), self.message, self.__dict__)


def _error_again(kind: type[Error], message: str, state: dict[str, Any]) -> Error:
    out = kind(message)
    out.__dict__.update(state)
    return out


class InvalidArgument(Error, ValueError):
    """The caller's mistake: an unknown group, an impossible option, a closed initiative."""

    _status = "invalid_argument"


class InvalidData(Error, ValueError):
    """The input's mistake; `diagnostics` has every finding."""

    _status = "invalid_data"


class IoError(Error, OSError):
    """The system's answer: no such file, no permission, disk full."""

    _status = "io"


class Cancelled(Error):
    """The work was stopped. An exception that a progress callback raised takes its place."""

    _status = "cancelled"


class NoMemory(Error, MemoryError):
    """There is not enough memory."""

    _status = "no_memory"


class Internal(Error, RuntimeError):
    """A mistake of the library's own."""

    _status = "internal"


_KINDS: dict[int, type[Error]] = {
    abi.CW_INVALID_ARGUMENT: InvalidArgument,
    abi.CW_INVALID_DATA: InvalidData,
    abi.CW_IO: IoError,
    abi.CW_CANCELLED: Cancelled,
    abi.CW_NO_MEMORY: NoMemory,
    abi.CW_INTERNAL: Internal,
}


def _text_of(value: Optional[bytes]) -> str:
    return (value or b"").decode("utf-8", "replace")


def failure(status: int, handle: Any, findings: Optional[Callable[[Any], Any]]) -> Error:
    """The error behind a status; its handle is freed. `findings` makes a table of a handle: tables come later than errors."""
    try:
        row = library.cw_error_row(handle)
        diagnostics = None
        if findings is not None and status != abi.CW_NO_MEMORY:
            found, none = POINTERS[abi.cw_table](), POINTERS[abi.cw_error]()
            if library.cw_error_diagnostics(handle, ctypes.byref(found), ctypes.byref(none)) == abi.CW_OK:
                diagnostics = findings(found)
            else:
                library.cw_error_free(none)
        return _KINDS.get(status, Internal)(
            _text_of(library.cw_error_message(handle)),
            code=_text_of(library.cw_error_code(handle)),
            file=_text_of(library.cw_error_file(handle)),
            field=_text_of(library.cw_error_field(handle)),
            record=_text_of(library.cw_error_record(handle)),
            row=None if row < 0 else row,
            diagnostics=diagnostics,
        )
    finally:
        library.cw_error_free(handle)
