# SPDX-License-Identifier: Apache-2.0
"""Drawings with matplotlib, an extra: `pip install commonweal[plot]`."""

from __future__ import annotations

import datetime
import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Optional

from ._analyses import Analyses
from ._errors import InvalidArgument
from ._help import helpful_class
from ._options import Day, Period, Words, encoded
from ._text import brief
from .table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colors, which the color-blind can tell apart.
BLUE, ORANGE, GREEN, RED, GRAY, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#888888", "#56B4E9"
_MOVEMENT = {"right": GREEN, "wrong": RED}
_STATUS = {"met": GREEN, "on_track": GREEN, "at_risk": ORANGE, "off_track": RED}


def period_start(period: str) -> datetime.date:
    """The first day of a period: "2024", "2024-Q1", "2024-03", "2024-W05" or "2024-03-15".

    >>> period_start("2024-Q3"), period_start("2024-W01")
    (datetime.date(2024, 7, 1), datetime.date(2024, 1, 1))
    """
    found = re.fullmatch(r"(\d{4})(?:-Q(\d)|-W(\d\d)|-(\d\d)(?:-(\d\d))?)?", period)
    if found is None:
        raise InvalidArgument(f"{period} is not a valid period")
    year, quarter, week, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    if week:
        return datetime.date.fromisocalendar(year, week, 1)
    return datetime.date(year, 3 * quarter - 2 if quarter else month or 1, day or 1)


@helpful_class
class Plot:
    """`initiative.plot`: each method draws one kind of picture and returns what it drew on, to be changed or saved.

    What was not reported leaves a gap in a line; it is never drawn as zero.
    """

    __slots__ = ("_of",)

    def __init__(self, of: Analyses) -> None:
        self._of = of

    def _names(self) -> dict[str, tuple[str, str]]:
        return {str(r["id"]): (str(r["name"] or r["id"]), str(r["unit"] or "")) for r in self._of.indicators}

    def spark_lines(
        self,
        *,
        group: Optional[str] = None,
        indicator: Optional[Words] = None,
        every: Optional[str] = None,
        from_: Optional[Period] = None,
        to: Optional[Period] = None,
    ) -> Figure:
        """A line for each measure of a group, without axes, with its first and latest value.

        Args:
            group: by default the groups that are part of no other; with several of them, the first.

        Returns:
            The matplotlib Figure. The line is green where the measure moves the right way, red the wrong way.
        """
        from matplotlib.figure import Figure

        at = group if group is not None else self._top()
        figures = self._of.rollup(group=at, indicator=indicator, every=every, from_=from_, to=to)
        moved = {
            r["measure"]: r["movement"] for r in self._of.card(group=at, indicator=indicator, every=every, from_=from_, to=to)
        }
        series = {name: rows for name, rows in _by(figures, "indicator").items() if any(r["value"] is not None for r in rows)}
        if not series:
            raise InvalidArgument(f"{at} has no value of any measure here")
        names = self._names()
        figure = Figure(figsize=(8, 0.3 + 0.55 * len(series)), layout="constrained")
        panels = figure.subplots(len(series), 1, squeeze=False)[:, 0]
        for axes, (name, rows) in zip(panels, series.items()):
            values = [r["value"] for r in rows]
            color = _MOVEMENT.get(str(moved.get(name)), BLUE)
            known = [(x, v) for x, v in enumerate(values) if v is not None]
            axes.plot(*zip(*known), ":", color=color, linewidth=1.0)  # across what was not reported
            _gapped(axes, range(len(values)), values, color=color, linewidth=1.6)
            axes.plot(*zip(known[0], known[-1]), "o", color=color, markersize=4)
            axes.set_axis_off()
            axes.set_xlim(-0.02 * max(1, len(values)), 1.02 * max(1, len(values) - 1))
            axes.margins(y=0.25)
            label, unit = names[name]
            left = f"{label}\n{unit}" if unit else label
            axes.text(-0.02, 0.5, left, transform=axes.transAxes, ha="right", va="center", fontsize=9)
            (first, first_value), (last, last_value) = known[0], known[-1]
            axes.text(
                1.02,
                0.5,
                f"{brief(first_value)} → {brief(last_value)}\n{rows[first]['period']} to {rows[last]['period']}",
                transform=axes.transAxes,
                ha="left",
                va="center",
                fontsize=9,
            )
        return figure

    def control_chart(self, *, indicator: str, group: Optional[str] = None, ax: Optional[Axes] = None, **options: Any) -> Axes:
        """Points, center and limits of a measure, with the points that break a rule in red.

        Args:
            indicator: id of the measure.
            group: by default the first group that is part of no other.
            ax: where to draw; by default a figure of its own.
            options: of `Initiative.chart`: every, from_, to, chart, rules, phase, freeze, ghost, screen.
        """
        at = group if group is not None else self._top()
        points = self._of.chart(indicator=indicator, group=at, **options)
        rows: list[dict[str, Any]] = points.to_records()
        if not rows:
            raise InvalidArgument(f"{indicator} of {at} has no point to draw")
        rules = points.columns[points.columns.index("ghost") + 1 :]
        rules = tuple(r for r in rules if points.schema[r] == "boolean")
        axes = ax if ax is not None else _axes()
        x = list(range(len(rows)))
        for phase in dict.fromkeys(r["phase"] for r in rows):
            within = [i for i in x if rows[i]["phase"] == phase]
            for column, style in (("center", "-"), ("lower", "--"), ("upper", "--")):
                level = [_nan(rows[i][column]) for i in within]
                label = {"center": "center", "upper": "limits"}.get(column) if phase == rows[0]["phase"] else None
                axes.step(
                    within,
                    level,
                    style,
                    where="mid",
                    color=GRAY if style == "-" else ORANGE,
                    linewidth=1.1,
                    label=label,
                    zorder=1,
                )
        plain = [None if r["ghost"] else r["value"] for r in rows]
        _gapped(axes, x, plain, color=BLUE, marker="o", markersize=4, linewidth=1.2, zorder=2)
        broken = [i for i in x if any(rows[i][r] for r in rules) and rows[i]["value"] is not None]
        axes.plot(
            broken,
            [rows[i]["value"] for i in broken],
            "o",
            color=RED,
            markersize=7,
            zorder=3,
            label="breaks a rule" if broken else None,
        )
        ghosts = [i for i in x if rows[i]["ghost"] and rows[i]["value"] is not None]
        if ghosts:
            axes.plot(
                ghosts, [rows[i]["value"] for i in ghosts], "o", mfc="none", color=GRAY, markersize=6, label="does not count"
            )
        _period_ticks(axes, [str(r["period"]) for r in rows])
        self._title(axes, indicator, at, options.get("chart"))
        _legend(axes)
        return axes

    def trajectory(
        self,
        *,
        indicator: str,
        group: Optional[str] = None,
        every: Optional[str] = None,
        path: str = "linear",
        as_of: Optional[Day] = None,
        ax: Optional[Axes] = None,
    ) -> Axes:
        """A measure on its way from the baseline to the target: what was reported, the path to be on, and where it leads.

        Args:
            indicator: id of a measure that has a target.
            path: linear (default) or geometric.
            as_of: judged on this day; by default on the last period.
        """
        at = group if group is not None else self._top()
        judged = self._of.target(indicator=indicator, group=at, every=every, path=path, as_of=as_of).to_records()
        if not judged:
            raise InvalidArgument(f"{indicator} has no target")
        row: dict[str, Any] = judged[0]
        base, aim = self._plan(indicator, at, row)
        values = self._of.rollup(indicator=indicator, group=at, every=every)
        last = _day(as_of)
        shown = [r for r in values if last is None or period_start(str(r["period"])).isoformat() <= last]
        axes = ax if ax is not None else _axes()
        days: list[Any] = [period_start(str(r["period"])) for r in shown]
        if base is not None and row["baseline"] is not None:
            start, end = period_start(base), period_start(aim)
            steps = [i / 40 for i in range(41)]
            route = [_along(row["baseline"], row["target"], s, path == "geometric") for s in steps]
            along: list[Any] = [start + (end - start) * s for s in steps]
            axes.plot(along, route, "--", color=GRAY, linewidth=1.2, label="path to the target")
            axes.plot(along[:1], [row["baseline"]], "s", color=GRAY, markersize=6, label="baseline")
        _gapped(axes, days, [r["value"] for r in shown], color=BLUE, marker="o", markersize=3.5, linewidth=1.4, label="reported")
        status = str(row["status"])
        goal: list[Any] = [period_start(aim)]
        axes.plot(
            goal,
            [row["target"]],
            "*",
            color=_STATUS.get(status, GRAY),
            markersize=14,
            label=f"target {brief(row['target'])}",
        )
        if row["projected"] is not None:
            low, high = row["projected_lower"], row["projected_upper"]
            if low is not None and high is not None:
                axes.vlines(goal, [low], [high], color=SKY, linewidth=3, label="projected, with interval")
            axes.plot(goal, [row["projected"]], "D", color=SKY, markersize=6, label=None if low is not None else "projected")
        self._title(axes, indicator, at, status.replace("_", " "))
        _legend(axes)
        return axes

    def cascade(self, *, as_of: Optional[Day] = None, ax: Optional[Axes] = None) -> Axes:
        """The groups in their levels, each with its name and how many members sit in it; lines lead to the group it is part of.

        Args:
            as_of: groups, memberships and links in force on this day; by default of all time.

        A level of more than 24 groups is too wide for names: groups are points then, larger with more members, and only levels of a few
        have names.
        """
        from matplotlib.collections import LineCollection

        when = _day(as_of)
        groups = [r for r in self._of["groups"] if _in_force(r, when)] if "groups" in self._of else []
        if not groups:
            raise InvalidArgument("the initiative has no group to draw" + ("" if when is None else f" on {when}"))
        ids = {str(r["id"]): str(r["name"] or r["id"]) for r in groups}
        links = self._edges("part_of", ids, when)
        members: dict[str, set[str]] = {g: set() for g in ids}
        for seat in self._of.get("member_of", []):
            if seat["to"] in ids and _in_force(seat, when):
                members[str(seat["to"])].add(str(seat["from"]))
        places, levels = _layout(list(ids), links)
        crowd = [sum(1 for _, y in places.values() if y == level) for level in range(levels)]
        widest = max(crowd)
        legible = widest <= 24
        axes = (
            ax if ax is not None else _axes(figsize=(min(46.0, max(6.0, 1.9 * widest)) if legible else 14.0, 0.6 + 1.1 * levels))
        )
        lines = [[(places[a][0], -places[a][1]), (places[b][0], -places[b][1])] for a, b in links]
        axes.add_collection(LineCollection(lines, colors=GRAY, linewidths=1.0 if legible else 0.3, zorder=1))
        if not legible:
            across, down = [x for x, _ in places.values()], [-y for _, y in places.values()]
            sizes = [12.0 + 2.0 * len(members[g]) for g in places]
            axes.scatter(across, down, s=sizes, color=[BLUE if y else ORANGE for y in down], zorder=2)
        for group, (x, y) in places.items():
            if not legible and crowd[y] > 6:
                continue
            count = len(members[group])
            tail = f"\n{count} member{'' if count == 1 else 's'}" if count else ""
            axes.text(
                x,
                -y,
                _wrapped(ids[group], 18) + tail,
                ha="center",
                va="center",
                fontsize=8,
                bbox={"boxstyle": "round,pad=0.45", "facecolor": "white", "edgecolor": BLUE if y else ORANGE, "linewidth": 1.2},
            )
        axes.set_xlim(-0.6, max(widest - 1, 0) + 0.6)
        axes.set_ylim(-levels + 0.5, 0.5)
        axes.set_axis_off()
        info = self._of.info
        axes.set_title((info.title or info.name) + ("" if when is None else f", {when}"), fontsize=10)
        return axes

    # ---- what the pictures share
    def _top(self) -> str:
        parents = {e["from"] for e in self._of["part_of"]} if "part_of" in self._of else set()
        groups = [str(g) for g in (self._of["groups"]["id"] if "groups" in self._of else [])]
        top = [g for g in groups if g not in parents]
        if not top:
            raise InvalidArgument("the initiative has no group to draw")
        return top[0]

    def _edges(self, kind: str, among: dict[str, str], when: Optional[str]) -> list[tuple[str, str]]:
        rows: Any = self._of.get(kind, [])
        return [(str(e["from"]), str(e["to"])) for e in rows if e["from"] in among and e["to"] in among and _in_force(e, when)]

    def _plan(self, indicator: str, group: str, row: dict[str, Any]) -> tuple[Optional[str], str]:
        """The periods of baseline and target that the judgement used, found by its values."""
        rows: list[dict[str, Any]] = [r for r in self._of["targets"] if r["indicator"] == indicator]
        own = [r for r in rows if r.get("of") == group] or [r for r in rows if r.get("of") is None]
        aims = [str(r["period"]) for r in own if (r["kind"] or "target") == "target" and r["value"] == row["target"]]
        bases = [str(r["period"]) for r in own if r["kind"] == "baseline" and r["value"] == row["baseline"]]
        return (max(bases, key=period_start) if bases else None), max(aims, key=period_start)

    def _title(self, axes: Axes, indicator: str, group: str, what: Optional[str]) -> None:
        name, unit = self._names()[indicator]
        axes.set_title(f"{name}, {group}" + (f": {what}" if what else ""), fontsize=10)
        axes.set_ylabel(unit)
        axes.yaxis.set_major_formatter(lambda value, _: brief(float(f"{value:.9g}")))
        axes.spines[["top", "right"]].set_visible(False)


def _day(as_of: Optional[Day]) -> Optional[str]:
    return None if as_of is None else encoded(as_of, "as_of").decode()


def _axes(figsize: tuple[float, float] = (8.0, 4.0)) -> Axes:
    from matplotlib.figure import Figure

    return Figure(figsize=figsize, layout="constrained").subplots()


def _by(table: Table, column: str) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for row in table:
        out.setdefault(str(row[column]), []).append(row)
    return out


def _nan(value: Optional[float]) -> float:
    return float("nan") if value is None else value


def _gapped(axes: Axes, x: Sequence[Any], values: Sequence[Any], **style: Any) -> None:
    """A line with gaps where nothing is known; a value between two gaps is a dot."""
    axes.plot(x, [_nan(v) for v in values], **style)
    if "marker" not in style:
        style = {**style, "label": None}
        alone = [
            i
            for i, v in enumerate(values)
            if v is not None and all(n is None for n in (*values[max(0, i - 1) : i], *values[i + 1 : i + 2]))
        ]
        axes.plot([x[i] for i in alone], [values[i] for i in alone], ".", **style)


def _legend(axes: Axes) -> None:
    """Below the axes, where it hides nothing."""
    count = len(axes.get_legend_handles_labels()[1])
    axes.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=max(1, count))


def _period_ticks(axes: Axes, periods: list[str]) -> None:
    step = max(1, -(-len(periods) // 9))
    axes.set_xticks(range(0, len(periods), step), periods[::step], fontsize=8)


def _along(start: float, end: float, share: float, geometric: bool) -> float:
    if geometric and start > 0 and end > 0:
        return float(start * (end / start) ** share)
    return start + (end - start) * share


def _in_force(row: Any, when: Optional[str]) -> bool:
    if when is None:
        return True
    start, end = row.get("start"), row.get("end")
    return (start is None or start.isoformat() <= when) and (end is None or when < end.isoformat())


def _layout(groups: list[str], links: list[tuple[str, str]]) -> tuple[dict[str, tuple[float, int]], int]:
    """A place for each group: the level is the longest way up, the order within it that of the parents."""
    parents: dict[str, list[str]] = {g: [] for g in groups}
    for child, parent in links:
        parents[child].append(parent)
    level: dict[str, int] = {}
    for start in groups:
        way, walked = [start], {start}
        while way:
            group = way[-1]
            above = next((p for p in parents[group] if p not in level and p not in walked), None)
            if above is not None:  # links of all time may lead in circles, though those of one day do not: none is walked twice
                way.append(above)
                walked.add(above)
                continue
            level.setdefault(group, 1 + max((level[p] for p in parents[group] if p in level), default=-1))
            way.pop()
    count = max(level.values()) + 1
    rows = [[g for g in groups if level[g] == i] for i in range(count)]
    widest = max(map(len, rows))
    places: dict[str, tuple[float, int]] = {}
    for i, row in enumerate(rows):
        placed = {g: [places[p][0] for p in parents[g] if p in places] for g in row}
        row.sort(key=lambda g, placed=placed: sum(placed[g]) / max(1, len(placed[g])))  # type: ignore[misc]
        gap = (widest - 1) / max(1, len(row) - 1) if len(row) > 1 else 0.0
        for j, group in enumerate(row):
            places[group] = (j * gap if len(row) > 1 else (widest - 1) / 2, i)
    return places, count


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))
