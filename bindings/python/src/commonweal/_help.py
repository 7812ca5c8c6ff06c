# SPDX-License-Identifier: Apache-2.0
"""Hints for what was mistyped: arguments, attributes, columns."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterable
from typing import Any, Callable, TypeVar

from ._calls import call, take_buffer
from ._errors import Error
from ._native import library
from ._text import visible


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """ " Did you mean x or y?", as the library judges; "" where nothing is near."""
    if not isinstance(word, str) or len(word) > 200:
        return ""
    try:
        question = take_buffer(call(library.cw_suggest, word.encode(), [name.encode() for name in known])).decode()
    except (UnicodeEncodeError, Error):
        return ""
    return f". {question}" if question else ""


_Class = TypeVar("_Class", bound=type)
_Function = TypeVar("_Function", bound=Callable[..., Any])


def helpful(function: _Function) -> _Function:
    """The function, whose TypeError for an argument it does not have names the one that may be meant."""
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
    """The class, with every method made helpful, and attributes that are not there.

    A class with a `_part_of` is a part of the public one named there: its methods go by that name.
    """
    public = getattr(kind, "_part_of", kind.__name__)
    for name, member in list(vars(kind).items()):
        inner = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
        if inspect.isfunction(inner) and len(inspect.signature(inner).parameters) > 1 and (name == "__init__" or name[0] != "_"):
            inner.__qualname__ = f"{public}.{name}"
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
