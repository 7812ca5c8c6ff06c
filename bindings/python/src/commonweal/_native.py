# SPDX-License-Identifier: Apache-2.0
"""The loaded library, how it is called, and what its errors become."""

from __future__ import annotations

import atexit
import ctypes
import datetime
import functools
import inspect
import logging
import os
import re
import signal
import threading
import time
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar, Union

from . import _abi as abi

if TYPE_CHECKING:
    from .table import Table

#: A period: text of ISO 8601 ("2024", "2024-Q1", "2024-03", "2024-W05", "2024-03-15") or a whole year.
Period = Union[str, int]
#: A day: text ("2024-03-15") or a date.
Day = Union[str, datetime.date]
#: One word or several: an id, or a list of ids.
Words = Union[str, Iterable[str]]
#: Told the share done, 0 to 1, and what is being done. An exception that it raises ends the work and reaches the caller.
Progress = Callable[[float, str], object]

logger = logging.getLogger("commonweal")
logger.addHandler(logging.NullHandler())  # silent until the program sets logging up
_LEVELS = {abi.CW_NOTE: logging.INFO, abi.CW_WARNING: logging.WARNING, abi.CW_ERROR: logging.ERROR}


def _load() -> ctypes.CDLL:
    """The library of this package, or the one that COMMONWEAL_LIBRARY names; never whatever the system finds first."""
    override = os.environ.get("COMMONWEAL_LIBRARY")
    path = Path(override).resolve() if override else Path(__file__).resolve().parent / "libcommonweal.so"
    if not path.is_file():
        raise ImportError(
            f"there is no {path}; "
            + (
                "COMMONWEAL_LIBRARY names no file"
                if override
                else "install the package (pip install), or let COMMONWEAL_LIBRARY name one"
            )
        )
    library = ctypes.CDLL(str(path))
    try:
        library.cw_abi_version.restype = ctypes.c_uint32
        version = library.cw_abi_version()
        fits = version >> 16 == abi.CW_ABI_VERSION_MAJOR and version & 0xFFFF >= abi.CW_ABI_VERSION_MINOR
        if not fits:
            raise ImportError(
                f"{path} has version {version >> 16}.{version & 0xFFFF} of the C interface; "
                f"this package needs {abi.CW_ABI_VERSION_MAJOR}.{abi.CW_ABI_VERSION_MINOR}"
            )
        abi.declare(library)
    except AttributeError as e:
        raise ImportError(f"{path} is no libcommonweal.so, or an older one: {e}") from None
    return library


library = _load()


# ---- text for a person -----------------------------------------------------------------------------------------------------------

# Controls, separators of lines, Unicode's Bidi_Control, halves of surrogate pairs: what could steer a terminal or reorder a line.
_STEERS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Text that is safe to print: what steers a terminal is written out, as in "\\x1b" and "\\u202e"."""

    def written(found: re.Match[str]) -> str:
        code = ord(found[0])
        return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")

    return text if text.isascii() and text.isprintable() else _STEERS.sub(written, text)


class Error(Exception):
    """What the library refused, and why.

    Attributes:
        code: stable word ("unknown_id", "wrong_type", ...; docs/diagnostics.md), or the name of the status.
        message: what is wrong and what would mend it.
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
        diagnostics: Optional[Table] = None,
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


def own_table(handle: Any) -> Table:
    """`Table._own`. Not an import in a function: at the end of the program nothing can be imported."""
    raise NotImplementedError  # table.py puts its own here


def _text_of(value: Optional[bytes]) -> str:
    return (value or b"").decode("utf-8", "replace")


def _raise(status: int, handle: Any) -> None:
    """The error behind a status, freed here."""
    try:
        row = library.cw_error_row(handle)
        diagnostics = None
        if status != abi.CW_NO_MEMORY:
            found, none = pointer(abi.cw_table), pointer(abi.cw_error)
            if library.cw_error_diagnostics(handle, ctypes.byref(found), ctypes.byref(none)) == abi.CW_OK:
                diagnostics = own_table(found)
            else:
                library.cw_error_free(none)
        raise _KINDS.get(status, Internal)(
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


def pointer(kind: type[ctypes.Structure]) -> Any:
    """A NULL handle of a type, to be filled by a call."""
    return _POINTERS[kind]()


_POINTERS: dict[type, Any] = {
    kind: ctypes.POINTER(kind) for kind in vars(abi).values() if isinstance(kind, type) and issubclass(kind, ctypes.Structure)
}


def call(function: Any, *arguments: Any) -> None:
    """Calls a fallible function; its last argument, the error, is added here."""
    error = _POINTERS[abi.cw_error]()
    status = function(*arguments, ctypes.byref(error))
    # The traceback of what a callback raised keeps this frame. What byref makes is not seen by the garbage collector: a cycle through
    # it would stay for ever.
    arguments = ()
    if status != abi.CW_OK:
        _raise(status, error)


def take_buffer(handle: Any) -> bytes:
    """The bytes of a buffer, copied; frees it."""
    try:
        return ctypes.string_at(library.cw_buffer_data(handle), library.cw_buffer_size(handle))
    finally:
        library.cw_buffer_free(handle)


def pointer_to(struct: Any) -> Any:
    """The address of a struct. Not ctypes.pointer, whose cache of types any interpreter of the process may clear."""
    return _POINTERS[type(struct)](struct)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """ " Did you mean x or y?", by the library's own judgement; "" where nothing is near."""
    if not isinstance(word, str) or len(word) > 200:
        return ""
    try:
        data = word.encode()
        items, count = texts(known, "known")
        out = pointer(abi.cw_buffer)
        call(library.cw_suggest, data, len(data), items, count, ctypes.byref(out))
    except (UnicodeEncodeError, Error):
        return ""
    question = take_buffer(out).decode()
    return f". {question}" if question else ""


_Class = TypeVar("_Class", bound=type)
_Function = TypeVar("_Function", bound=Callable[..., Any])


def helpful(function: _Function) -> _Function:
    """The function, whose TypeError for an argument it does not have says which one may be meant."""
    signature = inspect.signature(function)
    kinds = {p.kind for p in signature.parameters.values()}
    if inspect.Parameter.VAR_KEYWORD in kinds:
        return function
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    known = frozenset(p.name for p in signature.parameters.values() if p.kind in named)

    @functools.wraps(function)
    def wrapped(*arguments: Any, **options: Any) -> Any:
        if not known.issuperset(options):
            unknown = next(name for name in options if name not in known)
            hint = did_you_mean(unknown, sorted(known - {"self", "cls"}))
            raise TypeError(visible(f"{function.__qualname__}() got an unexpected keyword argument {unknown!r}{hint}"))
        return function(*arguments, **options)

    return wrapped  # type: ignore[return-value]


def helpful_class(kind: _Class) -> _Class:
    """The class, with every method made helpful, and attributes that are not there."""
    for name, member in list(vars(kind).items()):
        inner = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        if inspect.isfunction(inner) and len(inspect.signature(inner).parameters) > 1 and (name == "__init__" or name[0] != "_"):
            made = helpful(inner)
            setattr(kind, name, made if inner is member else type(member)(made))

    def missing(self: Any, name: str) -> Any:
        raise no_attribute(self, name)

    if "__getattr__" not in vars(kind):
        kind.__getattr__ = missing  # type: ignore[attr-defined]
    return kind


def no_attribute(of: Any, name: str, columns: Iterable[str] = ()) -> AttributeError:
    """The error for an attribute that an object does not have. `columns` are had by their names, in brackets."""
    hint = ""
    if name in columns:
        hint = f". Did you mean the column, [{name!r}]?"
    elif not name.startswith("_"):
        hint = did_you_mean(name, [*(n for n in dir(type(of)) if not n.startswith("_")), *columns])
    return AttributeError(visible(f"{type(of).__name__!r} object has no attribute {name!r}{hint}"))


class Owner:
    """What holds a handle, and frees it when the last reference goes.

    Not at exit: what runs late (other exit handlers, `__del__`) may still look at the memory of a table. The system takes it back.
    """

    __slots__ = ("__weakref__", "_finalizer", "_handle")

    def __init__(self, handle: Any, free: Any) -> None:
        self._handle = handle
        self._finalizer = weakref.finalize(self, free, handle)
        self._finalizer.atexit = False


# ---- arguments -------------------------------------------------------------------------------------------------------------------


def encoded(value: object, name: str) -> bytes:
    """Text as the library takes it."""
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} is {type(value).__name__}; it takes text", code="wrong_type")
    try:
        return value.encode()
    except UnicodeEncodeError as e:
        raise InvalidArgument(f"{name} is no text that UTF-8 can hold: {e.reason}", code="not_utf8") from None


def path_bytes(path: Union[str, os.PathLike[str]]) -> bytes:
    """A path as the file system has it."""
    return os.fsencode(path)


def whole(value: int, name: str, bits: int = 64) -> int:
    """A whole number that an option holds; of a larger one ctypes would keep the last bits and say nothing."""
    if not 0 <= value < 2**bits:
        raise InvalidArgument(f"{name} is {value}; it is a whole number from 0 to {2**bits - 1}", field=name)
    return value


def text(value: Optional[str], name: str) -> abi.cw_text:
    """An option that is a word; None is its default."""
    if value is None:
        return abi.cw_text()
    data = encoded(value, name)
    return abi.cw_text(data, len(data))


def period(value: Optional[Period], name: str) -> abi.cw_text:
    """A period; a whole number is a year."""
    if isinstance(value, int) and not isinstance(value, bool):
        return text(f"{value:04d}", name)
    return text(value, name)  # type: ignore[arg-type]  # checked by text


def period_text(value: Period, name: str) -> bytes:
    """The same, required."""
    return encoded(f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value, name)


def day(value: Optional[Day], name: str) -> abi.cw_text:
    """A day."""
    return text(day_text(value, name), name)


def day_text(value: Optional[Day], name: str) -> Optional[str]:
    """A day as text. A time of day is refused: which day it is depends on a time zone."""
    if isinstance(value, datetime.datetime):
        raise InvalidArgument(f"{name} is a time of day; give its date()", code="not_a_date")
    return value.isoformat() if isinstance(value, datetime.date) else value


def words(value: Optional[Words], name: str) -> list[str]:
    """One word or several as a list."""
    if value is None or isinstance(value, str):
        return [] if value is None else [value]
    if not isinstance(value, Iterable):
        raise InvalidArgument(f"{name} is {type(value).__name__}; it takes text, or a list of texts", code="wrong_type")
    return list(value)


def several(value: Any) -> list[Any]:
    """One period or day, or several, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def texts(values: Iterable[Any], name: str, one: Callable[[Any, str], abi.cw_text] = text) -> tuple[Any, int]:
    """A list of texts as pointer and count."""
    items = [one(v, name) for v in values]
    return ((abi.cw_text * len(items))(*items) if items else None), len(items)


def weighted(values: Optional[Mapping[str, float]], name: str) -> tuple[Any, int]:
    """Weights by name as pointer and count."""
    items = [abi.cw_weight(text(key, name), value) for key, value in (values or {}).items()]
    return ((abi.cw_weight * len(items))(*items) if items else None), len(items)


def flag(value: bool) -> int:
    """Truth as the library takes it."""
    return 1 if value else 0


# ---- progress, log, interrupts ---------------------------------------------------------------------------------------------------


_in_calls: set[int] = set()  # Listeners within their block
_leaving = False
os.register_at_fork(after_in_child=_in_calls.clear)  # whose threads are not there


@atexit.register
def _leave() -> None:
    """Daemon threads may be in a call when the program ends. They hear of it at the next word of progress; what is not over in a
    second is left to the end of the process."""
    global _leaving
    _leaving = True
    until = time.monotonic() + 1
    while _in_calls and time.monotonic() < until:
        time.sleep(0.001)


class Listener:
    """What hears of a long call and stops it: `with Listener(progress) as listener: call(..., listener.progress)`.

    A Python handler of a signal runs on entry to the callback, where ctypes drops what it raises. So Ctrl-C is caught here: the
    handler that was there before runs, and what it raises stops the library at this word of progress and leaves the block.
    """

    __slots__ = ("_before", "_callbacks", "_raised", "_struct", "_tell")

    def __init__(self, tell: Optional[Progress] = None) -> None:
        if tell is not None and not callable(tell):
            raise InvalidArgument("progress is not callable", code="wrong_type")
        self._tell = tell
        self._raised: Optional[BaseException] = None
        self._before: Any = None
        self._callbacks: list[Any] = [abi.cw_progress_callback(self._on_progress), abi.cw_log_callback(self._on_finding)]
        self._struct = abi.init_cw_progress(tell=self._callbacks[0], log=self._callbacks[1])

    @property
    def progress(self) -> Any:
        """The struct's address, as the functions take it."""
        return pointer_to(self._struct)

    def _on_progress(self, _user: object, share: float, doing: bytes, _size: int) -> int:
        try:
            if _leaving and threading.current_thread() is not threading.main_thread():
                self._raised = SystemExit()  # which ends a thread in silence
            elif self._tell is not None and self._raised is None:
                self._tell(share, doing.decode("utf-8", "replace"))
        except BaseException as e:  # also KeyboardInterrupt and SystemExit: nothing may leave a callback
            self._raised = e
        return 0 if self._raised is None else 1

    def _on_finding(self, _user: object, severity: int, finding: bytes, _size: int) -> None:
        try:
            logger.log(_LEVELS.get(severity, logging.ERROR), "%s", finding.decode("utf-8", "replace"))
        except BaseException as e:  # of a handler
            self._raised = e

    def _on_signal(self, number: int, frame: Optional[FrameType]) -> None:
        try:
            self._before(number, frame)
        except BaseException as e:
            self._raised = e

    def __enter__(self) -> Listener:
        before = signal.getsignal(signal.SIGINT)
        if callable(before) and threading.current_thread() is threading.main_thread():
            self._before = before
            signal.signal(signal.SIGINT, self._on_signal)
        _in_calls.add(id(self))
        return self

    def __exit__(self, kind: Optional[type[BaseException]], error: Optional[BaseException], at: Optional[TracebackType]) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        _in_calls.discard(id(self))
        self._callbacks.clear()  # they refer to this object
        self._struct = abi.cw_progress()
        raised, self._raised = self._raised, None
        if raised is not None:
            try:
                raise raised from None
            finally:
                del raised, error, at  # whose tracebacks hold this frame
