# SPDX-License-Identifier: Apache-2.0
"""Initiatives: what they hold, what they answer (worked by hand, and as the command line says), saving, editing."""

from __future__ import annotations

import copy
import csv
import datetime
import io
import json
import threading
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import commonweal as cw

COUNCIL = "coordinating-council"


# ---- what it holds


def test_info_counts_and_tables_of_communities_that_care(care):
    assert care.info.name == "communities-that-care"
    assert care.info.title.startswith("Communities That Care")
    assert not care.info.synthetic
    counts = dict(zip(care.summary["item"], care.summary["count"]))
    assert (counts["organizations"], counts["groups"], counts["indicators"], counts["observations"]) == (13, 8, 3, 6)
    assert len(care.diagnostics) == 0
    assert set(care) == set(care.tables["table"])
    assert len(care) == len(care.tables)
    assert care.indicators["id"][:] == ["teen-binge-drinking", "teen-cigarette-smoking", "teen-marijuana-use"]
    assert care.indicators["direction"][0] == "down"


def test_it_is_a_mapping_of_its_tables(care):
    assert "organizations" in care
    assert "organization" not in care
    assert len(care["organizations"]) == 13
    assert dict(care.items())["groups"] == care["groups"]
    assert care.get("nothing") is None
    with pytest.raises(KeyError, match="nothing"):
        care["nothing"]


def test_repr_says_what_it_is(care):
    assert repr(care).startswith("<Initiative 'Communities That Care")
    assert repr(care).endswith("13 organizations, 8 groups, 3 indicators, 6 observations>")
    assert "844 square miles" in care._repr_html_()
    assert repr(care.network).startswith("<Network of <Initiative")


# ---- figures


def test_rollup_prints_what_the_page_of_the_coalition_says(care):
    rows = care.rollup(group=COUNCIL, from_="2010")
    assert [(r["indicator"], r["value"]) for r in rows] == [
        ("teen-binge-drinking", 69.0),
        ("teen-cigarette-smoking", 68.0),
        ("teen-marijuana-use", 82.0),
    ]
    assert rows["structure_date"][0] == datetime.date(2010, 12, 31)


TOWN = {
    "groups": {"id": ["council", "health", "schools"]},
    "part_of": {"from": ["health", "schools"], "to": ["council", "council"]},
    "organizations": {"id": ["clinic", "school", "club"]},
    "member_of": {"from": ["clinic", "school", "school", "club"], "to": ["health", "health", "schools", "schools"]},
    "indicators": {
        "id": ["served", "housed"],
        "kind": ["count", "ratio"],
        "factor": [None, 100.0],
        "unit": ["people", "percent"],
    },
    "observations": {
        "reporter": ["clinic", "school", "club", "clinic", "school", "clinic", "school"],
        "indicator": ["served"] * 5 + ["housed"] * 2,
        "period": ["2024-01"] * 3 + ["2024-02"] * 2 + ["2024-01"] * 2,
        "value": [10.0, 4.0, 1.0, 20.0, 8.0, None, None],
        "numerator": [None] * 5 + [1.0, 2.0],
        "denominator": [None] * 5 + [4.0, 4.0],
    },
}


@pytest.fixture(scope="module")
def town() -> cw.Initiative:
    return cw.from_tables(TOWN, name="town", title="Town", description="Three partners.", synthetic=True)


def figure(town, group, indicator, period, **options):
    rows = town.rollup(group=group, indicator=indicator, from_=period, to=period, **options)
    assert len(rows) == 1
    return rows[0]


def test_each_reporter_counts_once_on_every_level(town):
    # The school sits in both groups: 10 + 4, 4 + 1, and 10 + 4 + 1 above.
    assert [figure(town, g, "served", "2024-01")["value"] for g in ("health", "schools", "council")] == [14, 5, 15]


def test_what_is_missing_is_counted_and_not_zero(town):
    row = figure(town, "council", "served", "2024-02")
    assert (row["value"], row["reported"], row["expected"], row["coverage"], row["state"]) == (28, 2, 3, 2 / 3, "partial")
    strict = figure(town, "council", "served", "2024-02", missing="all_or_nothing")
    assert strict["value"] is None
    assert strict["state"] != "partial"
    half = figure(town, "council", "served", "2024-02", missing="minimum_coverage", minimum_coverage=0.5)
    assert half["value"] == 28
    with pytest.raises(cw.InvalidArgument, match="carry_forward is for stocks"):
        figure(town, "council", "served", "2024-02", missing="carry_forward")


def test_ratios_add_numerators_and_denominators(town):
    row = figure(town, "council", "housed", "2024-01")
    assert (row["value"], row["numerator"], row["denominator"]) == (37.5, 3, 8)


def test_time_adds_up(town):
    row = figure(town, "council", "served", "2024-Q1", every="quarter")
    assert row["value"] == 43


def test_explain_has_shares_that_add_up(town):
    rows = town.explain(group="council", indicator="served", period="2024-01")
    assert dict(zip(rows["reporter"], rows["share"])) == {"clinic": 10, "school": 4, "club": 1}
    assert sum(rows["share"]) == 15


def test_periods_may_be_years_and_days_dates(care):
    assert care.rollup(from_=2010) == care.rollup(from_="2010")
    day = datetime.date(2010, 12, 31)
    assert care.rollup(as_of=day) == care.rollup(as_of="2010-12-31")
    assert care.lint(as_of=day) == care.lint(as_of="2010-12-31") == care.lint()
    assert care.explain(group=COUNCIL, indicator="teen-binge-drinking", period=2010)["share"].null_count >= 0


def test_several_words_are_lists_of_any_kind(demo):
    one = demo.rollup(indicator=["people-served", "waiting-list"], group=("council",))
    assert set(one["indicator"]) == {"people-served", "waiting-list"}
    assert demo.rollup(indicator=(i for i in ["people-served", "waiting-list"]), group="council") == one


# ---- as the command line says


@pytest.mark.parametrize(
    ("command", "ask"),
    [
        (["rollup"], lambda i: i.rollup()),
        (
            ["rollup", "-i", "waiting-list", "--every", "quarter", "--missing", "carry_forward"],
            lambda i: i.rollup(indicator="waiting-list", every="quarter", missing="carry_forward"),
        ),
        (
            ["rollup", "-g", "council", "-i", "people-served", "--as-of", "2021-06-30", "--membership", "any_day"],
            lambda i: i.rollup(group="council", indicator="people-served", as_of="2021-06-30", membership="any_day"),
        ),
        (["rollup", "--missing", "adjusted", "--adjustment", "0.5"], lambda i: i.rollup(missing="adjusted", adjustment=0.5)),
        (["lint", "--as-of", "2021-06-30"], lambda i: i.lint(as_of="2021-06-30")),
        (["assess"], lambda i: i.assess()),
        (["assess", "--compare", "2020-06-30"], lambda i: i.assess(compare="2020-06-30")),
        (["assess", "--only", "condition", "--policy", "cultivate"], lambda i: i.assess(only="condition", policy="cultivate")),
        (["assess", "--rubric", "readiness"], lambda i: i.assess(rubric="readiness")),
        (["analyze", "trend", "--test", "original"], lambda i: i.trend(test="original")),
        (
            ["analyze", "trend", "--confidence", "0.99", "-g", "sub-initiative-1"],
            lambda i: i.trend(confidence=0.99, group="sub-initiative-1"),
        ),
        (["analyze", "card", "--basis", "since_year_before"], lambda i: i.card(basis="since_year_before")),
        (
            ["analyze", "card", "--as-of", "2020-12-31", "--as-of", "2021-12-31"],
            lambda i: i.card(as_of=["2020-12-31", "2021-12-31"]),
        ),
        (["analyze", "target", "--path", "geometric"], lambda i: i.target(path="geometric")),
        (["analyze", "target", "--as-of", "2021-06-30"], lambda i: i.target(as_of="2021-06-30")),
        (["analyze", "summary", "--every", "quarter"], lambda i: i.describe(every="quarter")),
        (
            [
                "analyze",
                "chart",
                "-i",
                "households-housed",
                "--phase",
                "2021-01",
                "--ghost",
                "2020-05",
                "--rules",
                "anhoej",
                "--rules",
                "nhs",
            ],
            lambda i: i.chart(indicator="households-housed", phase="2021-01", ghost=["2020-05"], rules=["anhoej", "nhs"]),
        ),
        (
            ["analyze", "chart", "-i", "waiting-list", "--chart", "xmr", "--freeze", "2020-12", "--screen", "--show", "phases"],
            lambda i: i.chart(indicator="waiting-list", chart="xmr", freeze="2020-12", screen=True, show="phases"),
        ),
        (
            ["analyze", "forecast", "-i", "people-served", "--horizon", "2"],
            lambda i: i.forecast(indicator="people-served", horizon=2),
        ),
        (
            ["analyze", "forecast", "-i", "waiting-list", "--method", "drift", "--reconcile", "structural"],
            lambda i: i.forecast(indicator="waiting-list", method="drift", reconcile="structural"),
        ),
        (["analyze", "quality", "--top", "3"], lambda i: i.quality(top=3)),
        (
            ["analyze", "quality", "--show", "reporters", "--as-of", "2021-12-31"],
            lambda i: i.quality(show="reporters", as_of="2021-12-31"),
        ),
        (
            ["analyze", "contributions", "-i", "people-served", "--from", "2020-01", "--to", "2021-01"],
            lambda i: i.contributions(indicator="people-served", from_="2020-01", to="2021-01"),
        ),
        (["analyze", "trend", "--reporter", "organization-3"], lambda i: i.trend(reporter="organization-3")),
        (["check"], lambda i: i.check()),
        (["structure"], lambda i: i.structure()),
        (["structure", "--show", "nodes", "--as-of", "2021-06-30"], lambda i: i.network.nodes(as_of="2021-06-30")),
        (["structure", "--show", "bridges"], lambda i: i.network.bridges()),
        (["structure", "--show", "mixing", "--edge", "member_of"], lambda i: i.network.mixing(edge="member_of")),
        (["structure", "--show", "without_backbone"], lambda i: i.network.without_backbone()),
        (["structure", "--show", "trust"], lambda i: i.network.trust()),
        (["structure", "--show", "group_trust"], lambda i: i.network.group_trust()),
        (
            ["structure", "--show", "changes", "--compare", "2020-01-31", "--as-of", "2021-12-31"],
            lambda i: i.network.changes("2020-01-31", "2021-12-31"),
        ),
        (["select", "--show", "tensions"], lambda i: i.select("tensions")),
        (["select", "--show", "budget"], lambda i: i.select("budget")),
    ],
)
def test_tables_are_those_of_the_command_line(cli, demo_folder, demo, command, ask):
    words = 2 if command[0] == "analyze" else 1
    folder = [command[0], demo_folder, *command[1:words]]
    mine, theirs = (
        list(csv.reader(io.StringIO(t))) for t in (ask(demo).to_csv(), cli(*folder, *command[words:], "--format", "csv"))
    )
    if mine[0][-1] == "reading" != theirs[0][-1]:  # sentences, which the command line writes below its tables
        mine = [row[:-1] for row in mine]
    assert mine == theirs


def test_the_catalogue_is_that_of_the_command_line(cli):
    lists = cw.catalogue()
    assert "conditions" in lists["list"]
    for name in lists["list"]:
        assert cw.catalogue(name).to_csv() == cli("catalogue", name, "--format", "csv")


@pytest.mark.parametrize("format", ["dot", "graphml", "gexf"])
def test_graphs_are_those_of_the_command_line(cli, care, format):
    assert care.network.to_text(format) == cli("export", "docs/initiatives/communities-that-care", "--format", format)


def test_selection_ranks_rated_candidates():
    gallery = cw.load("docs/initiatives/corridors-of-college-success")
    ranked = gallery.select("rank", weight={}, seed=3, deadline="2030-01-01")
    assert ranked.schema["candidate"] == "utf8"
    assert gallery.select("share", coordination_cost=10.0).columns
    assert gallery.select("uncovered").columns == ("function",)


PARTS = {
    **TOWN,
    "measure_map": {"reporter": ["clinic"], "local": ["visitors"], "indicator": ["served"], "factor": [2.0], "offset": [1.0]},
    "observations": {
        "reporter": ["clinic", "clinic", "school", "school"],
        "indicator": ["housed"] * 4,
        "period": ["2024-01"] * 4,
        "numerator": [10.0, 5.0, 2.0, 3.0],
        "denominator": [40.0, 10.0, 8.0, 6.0],
        "breakdown": ["sex=female", "sex=male"] * 2,
    },
}


def test_gaps_compare_the_parts_of_a_whole():
    rows = cw.from_tables(PARTS).gaps(indicator="housed", by="sex", group="council", reference="male")
    assert dict(zip(rows["category"], rows["rate"])) == {"female": 25, "male": 50}
    assert rows["gap"][:] == [-25, 0]


def test_equity_compares_populations_and_standardizes_them():
    town = cw.from_tables(PARTS)
    rows = [r for r in town.equity(indicator="housed", by="sex", reference="male") if r["measure"] == "gap"]
    assert {r["category"]: r["value"] for r in rows} == {"female": -25, "male": 0}
    measures = set(town.equity(indicator="housed", by="sex", order=["female", "male"])["measure"])
    assert "slope_index" in measures
    weighed = town.standardized(indicator="housed", by="sex", standard={"female": 1, "male": 3})
    assert (weighed["crude"][0], weighed["standardized"][0]) == (31.25, (25 + 3 * 50) / 4)


def test_reversals_are_found():
    # Health has more of every part, and less of the whole: 80 and 20 against 70 and 10 percent, 28 of 110 against 71 of 110.
    observations = {
        "reporter": ["clinic", "clinic", "club", "club"],
        "indicator": ["housed"] * 4,
        "period": [2024] * 4,
        "numerator": [8.0, 20.0, 70.0, 1.0],
        "denominator": [10.0, 100.0, 100.0, 10.0],
        "breakdown": ["sex=female", "sex=male"] * 2,
    }
    town = cw.from_tables({**TOWN, "observations": observations})
    rows = town.reversals(indicator="housed", by="sex", group=["health", "schools"])
    assert len(rows) == 1
    assert rows["reversed"][0] is True
    assert {rows["a"][0], rows["b"][0]} == {"health", "schools"}


def test_parts_that_do_not_add_up_are_found():
    observations = {
        "reporter": ["clinic"] * 3,
        "indicator": ["served"] * 3,
        "period": [2024] * 3,
        "value": [20.0, 10.0, 5.0],
        "breakdown": [None, "sex=female", "sex=male"],
    }
    rows = cw.from_tables({**TOWN, "observations": observations}).breakdowns()
    assert (rows["sum"][0], rows["stated"][0], abs(rows["difference"][0])) == (15, 20, 5)
    assert len(cw.from_tables({**TOWN, "observations": observations}).breakdowns(tolerance=10.0)) == 0


def test_readings_are_sentences_in_the_first_row_they_are_about(demo):
    readings = demo.trend()["reading"]
    assert readings[0].startswith("People served rose from 9,298 people to 13,042 people")
    assert readings.null_count == 0
    assert demo.card()["reading"].null_count == len(demo.card()) - 1


def test_local_measures_become_shared_ones():
    town = cw.from_tables(PARTS)
    local = pl.DataFrame({"reporter": ["clinic"], "local": ["visitors"], "period": ["2024-02"], "value": [4.0]})
    shared = town.harmonize(local, show="observations")
    assert (shared["indicator"][0], shared["value"][0]) == ("served", 9.0)
    assert town.harmonize(local)["outcome"][:] == ["mapped"]


def test_the_report_is_that_of_the_command_line(cli, demo, demo_folder):
    assert demo.report() == cli("report", demo_folder)
    assert demo.report(as_of=datetime.date(2021, 6, 30), group="sub-initiative-1", flat=0.02, full=True, ascii=True) == cli(
        "report", demo_folder, "--as-of", "2021-06-30", "--group", "sub-initiative-1", "--flat", "0.02", "--full", "--ascii"
    )
    assert "\x1b[" in demo.report(color=True)
    assert "\x1b[" not in demo.report()
    with pytest.raises(cw.InvalidArgument):
        demo.report(width=20)


def test_the_tables_of_the_report_are_those_of_the_command_line(cli, demo, demo_folder):
    for name in demo.report_tables()["name"]:
        assert demo.report_tables(name).to_csv() == cli("report", demo_folder, "--show", name, "--format", "csv")
    early = demo.report_tables("summary", as_of="2021-06-30", group="sub-initiative-1")
    assert (early["as_of"][0], early["roots"][0]) == (datetime.date(2021, 6, 30), "sub-initiative-1")
    with pytest.raises(cw.InvalidArgument, match="Did you mean problems"):
        demo.report_tables("problem")


def test_durations_are_months(demo):
    row = demo.duration(as_of="2021-06-30")[0]
    assert 0 < row["low"] <= row["high"]
    assert row["arithmetic"]


def test_checking_finds_everything_whether_or_not_it_loads(tmp_path):
    assert len(cw.check("docs/initiatives/communities-that-care")) == 0
    (tmp_path / "groups.csv").write_text("id,name\ncouncil,Council\ncouncil,Other\n")
    assert "error" in set(cw.check(tmp_path)["severity"])
    with pytest.raises(OSError, match="no such"):
        cw.check(tmp_path / "nowhere")


def test_every_long_call_tells_progress_and_stops(demo):
    class Enough(Exception):
        pass

    def stop(share, doing):
        raise Enough

    for ask in (
        lambda p: demo.analyze("trend", progress=p),
        lambda p: demo.forecast(progress=p),
        lambda p: demo.quality(progress=p),
        lambda p: demo.assess(progress=p),
        lambda p: demo.structure("nodes", progress=p),
    ):
        told = []
        ask(lambda *a, told=told: told.append(a))
        assert told
        with pytest.raises(Enough):
            ask(stop)


# ---- saving and editing


def test_bytes_files_and_folders_hold_the_same(town, tmp_path):
    again = [cw.Initiative.from_bytes(town.pack()), cw.Initiative.from_bytes(bytearray(town.pack()))]
    town.save(tmp_path / "town.cwl")
    town.to_folder(tmp_path / "town")
    again += [
        cw.load(tmp_path / "town.cwl"),
        cw.read_folder(str(tmp_path / "town")),
        cw.Initiative(tmp_path / "town" / "datapackage.json"),
    ]
    for other in again:
        assert other.rollup() == town.rollup()
        assert other.info == town.info
    assert json.loads((tmp_path / "town" / "datapackage.json").read_text())["synthetic"] is True


def test_bytes_that_were_changed_are_refused(town):
    packed = bytearray(town.pack())
    packed[len(packed) // 2] ^= 1
    for bad in (packed, packed[:-1], b"", b"text"):
        with pytest.raises(cw.InvalidData):
            cw.Initiative.from_bytes(bad)


def test_a_folder_that_is_not_ours_is_not_written_over(town, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(cw.Error):
        town.to_folder(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_editing_leaves_the_original_as_it_was(town):
    with town.edit() as builder:
        builder.remove("observations").add("observations", TOWN["observations"])
        builder.add("observations", [{"reporter": "club", "indicator": "served", "period": "2024-02", "value": 2}])
        edited = builder.finish()
    assert figure(edited, "council", "served", "2024-02")["value"] == 30
    assert figure(town, "council", "served", "2024-02")["value"] == 28
    assert edited.info == town.info


def test_builders_keep_the_info_that_is_not_given(town):
    with cw.Builder(town, title="Other") as builder:
        assert builder.finish().info == cw.Info("town", "Other", "Three partners.", True)


def test_builders_take_any_data_in_any_order():
    frames = [pl.DataFrame(TOWN["observations"]).to_arrow(), pd.DataFrame(TOWN["member_of"]), pl.DataFrame(TOWN["groups"])]
    builder = cw.Builder()
    assert repr(builder) == "<Builder: empty>"
    builder.add("observations", frames[0]).add("member_of", frames[1]).add("groups", frames[2])
    for name in ("part_of", "organizations", "indicators"):
        builder.add(name, TOWN[name])
    assert builder.finish().rollup() == cw.from_tables(TOWN).rollup()


def test_batches_add_up():
    builder = cw.Builder()
    for name, data in TOWN.items():
        table = cw.Table(data)
        for at in range(len(table)):
            builder.add(name, table[at : at + 1])
    assert builder.finish().rollup() == cw.from_tables(TOWN).rollup()


def test_what_is_refused_can_be_mended(town):
    builder = cw.Builder(town)
    builder.add("member_of", {"from": ["nobody", "clinic"], "to": ["council", "nowhere"]})
    with pytest.raises(cw.InvalidData) as caught:
        builder.finish()
    found = [r for r in caught.value.diagnostics if r["severity"] == "error"]
    assert [(r["file"], r["row"], r["field"]) for r in found] == [("member_of", 4, "from"), ("member_of", 5, "to")]
    assert (caught.value.file, caught.value.row, caught.value.code) == ("member_of", 4, "unknown_id")
    builder.remove("member_of").add("member_of", TOWN["member_of"])
    assert builder.finish().rollup() == town.rollup()
    with pytest.raises(cw.InvalidArgument, match="no rows of"):
        builder.remove("nothing")


def test_a_builder_has_one_owner(town):
    builder = cw.Builder(town)
    big = cw.Table(
        {
            "reporter": ["clinic"] * 300_000,
            "indicator": ["served"] * 300_000,
            "period": ["2024-03"] * 300_000,
            "value": [1.0] * 300_000,
        }
    )
    for _ in range(4):
        builder.add("observations", big)
    seen = []

    def finish():
        try:
            builder.finish()
        except cw.Error as e:
            seen.append(e)

    threads = [threading.Thread(target=finish) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    # Either one came too early, or they took turns: no crash, and each had an answer (the rows are repeated, so it is a refusal or warnings).
    assert all(isinstance(e, (cw.InvalidArgument, cw.InvalidData)) for e in seen)
    builder.remove("observations").add("observations", TOWN["observations"])
    assert builder.finish().rollup() == town.rollup()


def test_samples_are_the_same_everywhere(demo, tmp_path):
    again = cw.sample(reporters=40, groups=9, periods=24, seed=1)
    assert again.pack() == demo.pack()
    assert cw.sample(tmp_path / "s", reporters=40, groups=9, periods=24, seed=2).pack() != demo.pack()
    assert (tmp_path / "s" / "datapackage.json").exists()


# ---- misuse


def test_unknown_names_are_the_callers_mistake(demo):
    for ask in (
        lambda: demo.rollup(group="concil"),
        lambda: demo.rollup(indicator=["people-served", "nothing"]),
        lambda: demo.rollup(every="fortnight"),
        lambda: demo.rollup(from_="yesterday"),
        lambda: demo.rollup(missing="guess"),
        lambda: demo.rollup(minimum_coverage=float("nan")),
        lambda: demo.analyze("horoscope"),
        lambda: demo.chart(),
        lambda: demo.trend(test="gut"),
        lambda: demo.trend(confidence=2.0),
        lambda: demo.target(as_of="tomorrow"),
        lambda: demo.assess(rubric="nothing"),
        lambda: demo.select("nothing"),
        lambda: demo.select(seed=-1),
        lambda: demo.structure("nothing"),
        lambda: demo.structure(sources=-1),
        lambda: demo.network.to_text("png"),
        lambda: demo.network.nodes(edge="friend_of"),
        lambda: demo.lint(as_of=datetime.datetime(2024, 1, 1)),
        lambda: demo.rollup(group=7),
        lambda: demo.rollup(group=[7]),
        lambda: demo.rollup(every=7),
        lambda: demo.rollup(group="\ud800"),
        lambda: cw.catalogue("nothing"),
        lambda: cw.sample(reporters=-1),
        lambda: cw.sample(groups=3),
        lambda: cw.load("docs", progress=7),
    ):
        with pytest.raises((cw.InvalidArgument, TypeError)) as caught:
            ask()
        assert str(caught.value)


def test_closed_initiatives_are_an_error_and_not_a_crash():
    care = cw.load("docs/initiatives/communities-that-care")
    table, network = care.rollup(), care.network
    with care:
        pass
    care.close()
    assert repr(care) == "<Initiative, closed>"
    for ask in (care.rollup, care.lint, care.pack, lambda: care.info, lambda: list(care), network.whole, care.edit):
        with pytest.raises(cw.InvalidArgument):
            ask()
    assert len(table) == 216
    builder = cw.Builder()
    builder.close()
    with pytest.raises(cw.InvalidArgument):
        builder.add("groups", {"id": ["a"]})


def test_errors_of_files_name_file_row_and_field(tmp_path):
    (tmp_path / "groups.csv").write_text("id,name\ncouncil,Council\n")
    (tmp_path / "organizations.csv").write_text("id,name\norg-1,One\norg-1,Two\n")
    (tmp_path / "member_of.csv").write_text("from,to,start,end\norg-1,council,2024-05-01,2023-05-01\norg-7,council,,\n")
    with pytest.raises(cw.InvalidData) as caught:
        cw.load(tmp_path)
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.file, error.row, error.field, error.code) == ("organizations.csv", 3, "id", "duplicate_id")
    errors = [r for r in error.diagnostics if r["severity"] == "error"]
    assert [r["code"] for r in errors] == ["duplicate_id", "interval_reversed", "unknown_id"]
    assert "organizations.csv, row 3, field id: " in str(error)
    assert "more: see diagnostics" in str(error)


def test_errors_of_the_system_are_os_errors(tmp_path):
    with pytest.raises(OSError, match="no such folder"):
        cw.load(tmp_path / "nowhere")
    with pytest.raises(cw.IoError) as caught:
        cw.load(tmp_path / "nowhere")
    assert caught.value.code == "missing_folder"
    with pytest.raises(TypeError):
        cw.load(7)


def test_paths_with_any_letters_work(town, tmp_path):
    path = tmp_path / "Bürgerrat Ω 日本.cwl"
    town.save(path)
    assert cw.load(path).info == town.info
    assert cw.load(Path(str(path))).info == town.info


def test_copies_are_the_same_object(care):
    assert copy.copy(care) is care
    assert copy.deepcopy([care])[0] is care
    assert care == care
    assert care != cw.load("docs/initiatives/communities-that-care")
    assert len({care, care}) == 1


@pytest.mark.parametrize("value", [-1, 2**64, 2**64 + 1, 2**80])
def test_a_number_that_an_option_cannot_hold_is_refused_and_not_cut(care, value):
    for call in (
        lambda: care.analyze("forecast", horizon=value),
        lambda: care.analyze("quality", top=value),
        lambda: care.select("rank", seed=value),
        lambda: care.network.structure("whole", sources=value),
        lambda: care.network.structure("whole", seed=value),
        lambda: cw.sample(seed=value),
        lambda: cw.sample(reporters=value),
        lambda: care.report(width=value),
    ):
        with pytest.raises(cw.InvalidArgument, match="whole number from 0 to"):
            call()
