# SPDX-License-Identifier: Apache-2.0
"""Tables as text and as HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping

from ._calls import call
from ._native import library
from ._text import brief, visible
from .column import Column


def _is_context(name: str) -> bool:
    """Whether columns of this name give what the rows are about; the others are the answer itself."""
    return bool(call(library.cw_column_is_context, name.encode()).value)


def _is_constant(column: Column) -> bool:
    """Whether every row has the same value."""
    first, step = column[0], 10_000
    return all(v == first for at in range(0, len(column), step) for v in column[at : at + step])


def render(columns: Mapping[str, Column], total: int, width: int) -> str:
    """The table as text, the rows from both ends where there are many.

    Where it is wider than `width`, columns without any value and then those with the same value in every row are named below it, long
    text is cut, and the last columns are left out; never those that are the answer, which go on below where they do not fit.
    """
    size = f"[{total:,} row{'' if total == 1 else 's'}, {len(columns)} column{'' if len(columns) == 1 else 's'}]"
    cells = {
        name: [visible(name), *(brief(v) for v in (c[:] if total <= 20 else c[:10] + c[total - 5 :]))]
        for name, c in columns.items()
    }
    room = {name: min(max(map(len, values)), 40) for name, values in cells.items()}
    numeric = {name for name, c in columns.items() if c.type in ("int64", "float64")}
    shown = list(columns)
    same: list[str] = []

    def too_wide() -> bool:
        return sum(room[name] + 2 for name in shown) - 2 > width

    if too_wide():
        context = [name for name in columns if _is_context(name)]
        shown = [name for name in shown if name not in context or not 0 < total == columns[name].null_count]
        for name in sorted((name for name in context if name in shown and total > 1), key=lambda name: -room[name]):
            if too_wide() and len(shown) > 1 and _is_constant(columns[name]):
                shown.remove(name)
                same.append(name)
        while too_wide() and (long := [name for name in shown if name not in numeric and room[name] > max(20, len(name))]):
            room[max(long, key=lambda name: room[name])] -= 1
        for name in reversed([name for name in context if name in shown and name != shown[0]]):
            if too_wide():
                shown.remove(name)
    blocks: list[list[str]] = []
    used = width
    for name in shown:
        side = str.rjust if name in numeric else str.ljust
        fit = [side(v if len(v) <= room[name] else v[: room[name] - 1] + "…", room[name]) for v in cells[name]]
        used += 2 + room[name]
        if used > width:
            blocks.append(fit)
            used = room[name]
        else:
            blocks[-1] = ["  ".join(pair) for pair in zip(blocks[-1], fit)]
    lines: list[str] = []
    for block in blocks:
        rows = [line.rstrip() for line in block]
        if total > 20:
            rows.insert(11, "…")
        lines += ["", *rows] if lines else rows
    left = [name for name in columns if name not in shown and name not in same]
    if left:
        size += visible(f" not shown: {', '.join(left)}")
    if same:
        size += f"{';' if left else ''} the same in every row: "
        size += ", ".join(f"{cells[name][0]} {cells[name][1]}" for name in columns if name in same)
    return "\n".join([*lines, size]) if columns else size


def render_html(columns: Mapping[str, Column], total: int) -> str:
    """The table as HTML, its first rows where there are many."""
    shown = min(total, 20 if total > 25 else 25)
    numeric = {name for name, c in columns.items() if c.type in ("int64", "float64")}

    def cell(name: str, value: object) -> str:
        side = ' style="text-align: right"' if name in numeric else ""
        return f"<td{side}>{html.escape(brief(value))}</td>"

    head = "".join(f'<th title="{c.type}">{html.escape(visible(name))}</th>' for name, c in columns.items())
    cells = {name: c[:shown] for name, c in columns.items()}
    body = "".join("<tr>" + "".join(cell(name, cells[name][i]) for name in columns) + "</tr>" for i in range(shown))
    more = "" if shown == total else f"; the first {shown} are shown"
    return (
        f'<table class="commonweal"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"<p>{total} rows, {len(columns)} columns{more}</p>"
    )
