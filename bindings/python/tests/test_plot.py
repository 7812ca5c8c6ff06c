# SPDX-License-Identifier: Apache-2.0
"""Drawings: what is on them is what the tables say."""

from __future__ import annotations

import datetime

import matplotlib

matplotlib.use("agg")

import pytest
from matplotlib.figure import Figure

import commonweal as cw
from commonweal.plot import GREEN, RED, period_start


def points(axes, label):
    line = next(line for line in axes.lines if line.get_label() == label)
    return list(line.get_xdata()), list(line.get_ydata())


def drawn(figure, tmp_path):
    figure.savefig(tmp_path / "drawing.png")
    assert (tmp_path / "drawing.png").stat().st_size > 2000


def texts(axes):
    return [t.get_text() for t in axes.texts]


def test_spark_lines_have_a_line_for_each_measure_with_values(care, demo, tmp_path):
    figure = care.plot.spark_lines()
    drawn(figure, tmp_path)
    assert [texts(a)[0] for a in figure.axes] == [f"{n}\nindex, 2002 = 100" for n in care.indicators["name"]]
    assert texts(figure.axes[0])[1] == "100 → 69\n2002 to 2010"
    assert figure.axes[0].lines[0].get_color() == GREEN
    one = demo.plot.spark_lines(indicator="waiting-list", every="quarter")
    assert len(one.axes) == 1
    assert one.axes[0].lines[0].get_color() == RED
    with pytest.raises(cw.InvalidArgument, match="no value"):
        care.plot.spark_lines(group="north-quabbin")


def test_control_chart_has_points_limits_and_broken_rules(demo, tmp_path):
    axes = demo.plot.control_chart(indicator="people-served")
    drawn(axes.figure, tmp_path)
    table = demo.chart(indicator="people-served", group="council")
    x, y = points(axes, "breaks a rule")
    rules = [c for c in table.columns if c.startswith("western_electric")]
    expected = [i for i, r in enumerate(table) if any(r[c] for c in rules)]
    assert x == expected
    assert y == [table["value"][i] for i in expected]
    assert points(axes, "center")[1] == table["center"][:]
    assert axes.get_ylabel() == "people"
    assert axes.get_title() == "People served, council"


def test_ghosts_are_drawn_hollow(demo):
    axes = demo.plot.control_chart(indicator="people-served", ghost="2020-05", phase="2021-01")
    assert points(axes, "does not count")[0] == [4]


def test_trajectory_leads_from_baseline_to_target(demo, tmp_path):
    axes = demo.plot.trajectory(indicator="people-served")
    drawn(axes.figure, tmp_path)
    x, y = points(axes, "path to the target")
    assert (x[0], y[0], x[-1], y[-1]) == (datetime.date(2020, 1, 1), 9298, datetime.date(2022, 12, 1), 13947)
    assert points(axes, "reported")[1] == demo.rollup(indicator="people-served", group="council")["value"][:]
    assert axes.get_title() == "People served, council: on track"
    geometric = points(demo.plot.trajectory(indicator="people-served", path="geometric"), "path to the target")[1]
    assert geometric[20] == pytest.approx((9298 * 13947) ** 0.5)
    early = demo.plot.trajectory(indicator="people-served", as_of=datetime.date(2020, 12, 31))
    assert len(points(early, "reported")[0]) == 12
    with pytest.raises(cw.InvalidArgument, match="no target"):
        demo.plot.trajectory(indicator="dollars-spent")


def test_cascade_has_every_group_and_link(care, demo, tmp_path):
    axes = care.plot.cascade()
    drawn(axes.figure, tmp_path)
    assert {t.replace("\n", " ") for t in texts(axes)} == set(care["groups"]["name"])
    assert len(axes.collections[0].get_segments()) == len(care["part_of"])
    then = demo.plot.cascade(as_of="2021-06-30")
    assert "Council\n9 members" in texts(then)
    assert len(care.plot.cascade(as_of="2010-12-31").texts) == 7
    with pytest.raises(cw.InvalidArgument, match="no group"):
        cw.from_tables({"organizations": {"id": ["a"]}}).plot.cascade()


def test_a_large_cascade_is_drawn_in_points(tmp_path):
    big = cw.sample(reporters=300, groups=200, periods=2)
    axes = big.plot.cascade()
    drawn(axes.figure, tmp_path)
    assert len(axes.collections[1].get_offsets()) == 200
    assert "Council" in " ".join(texts(axes))
    assert len(texts(axes)) < 20


def test_links_that_lead_in_circles_over_time_are_drawn():
    turned = cw.from_tables(
        {
            "groups": {"id": ["a", "b"]},
            "part_of": {"from": ["a", "b"], "to": ["b", "a"], "start": [None, "2020-01-01"], "end": ["2020-01-01", None]},
        }
    )
    assert len(texts(turned.plot.cascade())) == 2
    assert len(turned.plot.cascade(as_of="2021-01-01").collections[0].get_segments()) == 1


def test_drawings_go_where_they_are_asked_to(demo):
    axes = Figure().subplots()
    assert demo.plot.cascade(ax=axes) is axes
    assert demo.plot.trajectory(indicator="people-served", ax=axes) is axes
    assert demo.plot.control_chart(indicator="people-served", ax=axes) is axes


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2024", (2024, 1, 1)),
        ("2024-Q4", (2024, 10, 1)),
        ("2024-02", (2024, 2, 1)),
        ("2021-W01", (2021, 1, 4)),
        ("2024-02-29", (2024, 2, 29)),
    ],
)
def test_periods_begin_on_their_first_day(period, day):
    assert period_start(period) == datetime.date(*day)
