# SPDX-License-Identifier: Apache-2.0
"""Every initiative of the documentation can be asked what needs no name: without a day, and on days before and after all of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Optional

import pytest

import commonweal as cw

ROOT = Path(os.environ.get("COMMONWEAL_ROOT") or Path(__file__).resolve().parents[3])
FOLDERS = sorted(p.parent.name for p in ROOT.glob("docs/initiatives/*/datapackage.json"))
PARTS = ("whole", "nodes", "bridges", "mixing", "trust", "group_trust")


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("day", [None, "0001-01-01", "9999-12-31"])
def test_every_initiative_is_assessed_linted_reported_and_measured(
    name: str, day: Optional[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONWEAL_TODAY", "2024-03-15")
    with cw.load(ROOT / "docs/initiatives" / name) as it:
        judged = it.assess(as_of=day)
        assert len(judged) > 60
        assert None not in judged["verdict"].to_list()
        assert "verdict" in repr(judged)
        assert it.lint(as_of=day).columns[:4] == ("rule", "severity", "kind", "id")
        assert len(it.duration(as_of=day)) == 1
        report = it.report(as_of=day)
        assert "As of 2024-03-15" not in report  # what has no dates holds on every day
        for part in PARTS:
            it.structure(part, as_of=day)
        nodes = {row["measure"]: row["value"] for row in it.structure(as_of=day).to_records()}["nodes"]
        undated = not any(name.endswith((".start", ".end")) for name in dated_columns(it))
        if undated or day is None:
            assert nodes > 0
        assert len(it.select("budget", as_of=day).columns) > 3
        assert it.quality(as_of=day) is not None


def dated_columns(it: cw.Initiative) -> list[str]:
    """Columns of starts and ends that hold any day."""
    tables = {name: it[name] for name in it}
    return [f"{n}.{c}" for n, t in tables.items() for c in ("start", "end") if c in t.columns and t[c].null_count < len(t)]


def test_today_decides_only_where_the_data_names_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_TODAY", "2024-03-15")
    undated = cw.from_tables({"organizations": [{"id": "a"}, {"id": "b"}], "communicates_with": [{"from": "a", "to": "b"}]})
    assert {str(d) for d in undated.assess()["date"]} == {"2024-03-15"}
    assert undated.structure()[0]["value"] == 2
    monkeypatch.setenv("COMMONWEAL_TODAY", "soon")
    with pytest.raises(cw.InvalidArgument, match="COMMONWEAL_TODAY is not a valid day: soon"):
        undated.assess()
    care = cw.load(ROOT / "docs/initiatives/communities-that-care")
    assert {str(d) for d in care.assess()["date"]} == {"2010-12-31"}
