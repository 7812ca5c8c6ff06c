# SPDX-License-Identifier: Apache-2.0
"""Imported before anything else of the package: refuses subinterpreters, before they load ctypes, which interpreters share."""

from __future__ import annotations

from importlib import import_module


def _is_main() -> bool:
    for name in ("_interpreters", "_xxsubinterpreters"):  # from Python 3.13, before
        try:
            interpreters = import_module(name)
            return bool(interpreters.get_current() == interpreters.get_main())
        except (ImportError, AttributeError):
            continue
    return True  # interpreters cannot be told apart here, and none can be made


if not _is_main():
    raise ImportError(
        "commonweal cannot be imported in a subinterpreter: ctypes, by which it calls its library, serves one interpreter of a process; "
        "use the main interpreter and its threads, or another process"
    )
