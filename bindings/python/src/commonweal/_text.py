# SPDX-License-Identifier: Apache-2.0
"""Text for people: what a terminal shows as it is, and cells of tables."""

from __future__ import annotations

import math
import re

# Controls, separators of lines, Unicode's Bidi_Control, halves of surrogate pairs: what could steer a terminal or reorder a line.
_STEERS = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Text that is safe to print: what steers a terminal is written out, as in "\\x1b" and "\\u202e"."""

    def written(found: re.Match[str]) -> str:
        code = ord(found[0])
        return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")

    return text if text.isascii() and text.isprintable() else _STEERS.sub(written, text)


def brief(value: object) -> str:
    """A cell as a person reads it: six significant digits, nothing where nothing is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, float):
        if value == int(value) if math.isfinite(value) else False:
            return f"{value:,.0f}" if abs(value) < 1e15 else f"{value:.6g}"
        return f"{value:,.6g}" if abs(value) >= 1e-4 and abs(value) < 1e15 else f"{value:.6g}"
    return visible(str(value))
