# SPDX-License-Identifier: Apache-2.0
"""Progress, log and interrupts of a long call."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any, Callable, Optional

from . import _abi as abi
from ._errors import InvalidArgument
from ._native import POINTERS

#: Called with the share done, 0 to 1, and what is being done. An exception that it raises ends the work and reaches the caller.
Progress = Callable[[float, str], object]

logger = logging.getLogger("commonweal")
logger.addHandler(logging.NullHandler())  # silent until the program sets logging up
_LEVELS = {abi.CW_NOTE: logging.INFO, abi.CW_WARNING: logging.WARNING, abi.CW_ERROR: logging.ERROR}

_in_calls: set[int] = set()  # Listeners within their block
_leaving = False
os.register_at_fork(after_in_child=_in_calls.clear)  # whose threads are not there


@atexit.register
def _leave() -> None:
    """Daemon threads may be in a call when the program ends. They learn of it at the next report of progress; what is not over in
    a second is left to the end of the process."""
    global _leaving
    _leaving = True
    until = time.monotonic() + 1
    while _in_calls and time.monotonic() < until:
        time.sleep(0.001)


class Listener:
    """What follows a long call and stops it: `with Listener(progress) as listener: call(..., listener)`.

    A Python handler of a signal runs on entry to the callback, where ctypes drops what it raises. So Ctrl-C is caught here: the
    handler that was there before runs, and what it raises stops the library at this report of progress and leaves the block.
    """

    __slots__ = ("_before", "_callbacks", "_raised", "_report", "_struct")

    def __init__(self, report: Optional[Progress] = None) -> None:
        if report is not None and not callable(report):
            raise InvalidArgument("progress is not callable", code="wrong_type")
        self._report = report
        self._raised: Optional[BaseException] = None
        self._before: Any = None
        self._callbacks: list[Any] = [abi.cw_progress_callback(self._on_progress), abi.cw_log_callback(self._on_finding)]
        self._struct = abi.init_cw_progress(tell=self._callbacks[0], log=self._callbacks[1])

    @property
    def _as_parameter_(self) -> Any:
        """The struct's address, which ctypes passes for it."""
        return POINTERS[abi.cw_progress](self._struct)

    def _on_progress(self, _user: object, share: float, doing: bytes, _size: int) -> int:
        try:
            if _leaving and threading.current_thread() is not threading.main_thread():
                self._raised = SystemExit()  # which ends a thread in silence
            elif self._report is not None and self._raised is None:
                self._report(share, doing.decode("utf-8", "replace"))
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
