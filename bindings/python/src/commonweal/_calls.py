# SPDX-License-Identifier: Apache-2.0
"""Calls of the library: text and handles in, one output out, failures as exceptions."""

from __future__ import annotations

import ctypes
import weakref
from typing import Any, Callable, Optional

from . import _abi as abi
from ._errors import failure
from ._native import POINTERS, library


def text(data: bytes) -> abi.cw_text:
    """A text as structs hold it."""
    return abi.cw_text(data, len(data))


def text_array(items: list[bytes]) -> Any:
    """Texts as the library takes several; None where there are none."""
    return (abi.cw_text * len(items))(*[text(item) for item in items]) if items else None


def call(function: Any, *arguments: Any, findings: Optional[Callable[[Any], Any]] = None) -> Any:
    """Calls a fallible function and returns its output, or None where it has none.

    Bytes go as address and size, a list of them as address and count, owners as their handles, structs by address. The output and the
    error are added here, unless the arguments fill every place before the error. What `findings` makes of the table of findings goes
    with the error.
    """
    given: list[Any] = []
    for argument in arguments:
        if isinstance(argument, (bytes, list)):
            given += (argument if isinstance(argument, bytes) else text_array(argument)), len(argument)
        else:
            given.append(argument)
    out, error = None, POINTERS[abi.cw_error]()
    if len(given) + 2 == len(function.argtypes):
        out = function.argtypes[-2]._type_()
        given.append(ctypes.byref(out))
    status = function(*given, ctypes.byref(error))
    # The traceback of what a callback raised keeps this frame. What byref makes is not seen by the garbage collector: a cycle through
    # it would stay permanently.
    arguments, argument = (), None
    given.clear()
    if status != abi.CW_OK:
        raise failure(status, error, findings)
    return out


def take_buffer(handle: Any) -> bytes:
    """The bytes of a buffer, copied; frees it."""
    try:
        return ctypes.string_at(library.cw_buffer_data(handle), library.cw_buffer_size(handle))
    finally:
        library.cw_buffer_free(handle)


class Owner:
    """What holds a handle, and frees it when the last reference goes.

    Not at exit: what runs late (other exit handlers, `__del__`) may still look at the memory of a table. The system takes it back.
    """

    __slots__ = ("__weakref__", "_finalizer", "_handle")

    def __init__(self, handle: Any, free: Any) -> None:
        self._handle = handle
        self._finalizer = weakref.finalize(self, free, handle)
        self._finalizer.atexit = False

    @property
    def _as_parameter_(self) -> Any:
        """What ctypes passes for it."""
        return self._handle
