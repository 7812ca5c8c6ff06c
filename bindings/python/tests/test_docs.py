# SPDX-License-Identifier: Apache-2.0
"""The examples of the pages, as they are printed there."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys

import matplotlib

matplotlib.use("agg")


def blocks(text, language):
    return [(text[: m.start(1)].count("\n"), m[1]) for m in re.finditer(rf"^```{language}\n(.*?)^```$", text, flags=re.M | re.S)]


def test_the_page_for_newcomers(root, tmp_path, monkeypatch):
    page = (root / "docs/python.md").read_text()
    (tmp_path / "docs").symlink_to(root / "docs")
    monkeypatch.chdir(tmp_path)  # the page writes a picture
    runner = doctest.DocTestRunner(optionflags=doctest.REPORT_NDIFF)
    names: dict[str, object] = {}
    found = blocks(page, "pycon")
    assert len(found) >= 7
    for line, text in found:
        test = doctest.DocTestParser().get_doctest(text, names, "docs/python.md", "docs/python.md", line)
        runner.run(test, clear_globs=False)
        names.update(test.globs)
    assert runner.summarize(verbose=False) == (0, sum(text.count(">>> ") for _, text in found))
    assert (tmp_path / "cascade.png").stat().st_size > 2000


def test_every_name_of_the_page_is_there(root):
    import commonweal as cw

    page = (root / "docs/python.md").read_text()
    named = set(re.findall(r"\bcw\.(\w+)", page)) | set(re.findall(r"`(\w+)` \(an? `\w+`", page))
    assert named <= set(cw.__all__)
    methods = set(re.findall(r"`\.(\w+)\(", page)) - {"nodes", "whole", "bridges"}
    assert methods <= {m for kind in (cw.Initiative, cw.Table, cw.Network, cw.Column) for m in dir(kind)}


def test_the_example_of_the_readme_prints_what_the_others_print(root):
    example = root / "bindings/python/examples/readme.py"
    out = subprocess.run([sys.executable, example], capture_output=True, text=True, timeout=60, check=True, cwd=root).stdout
    expected = blocks((root / "README.md").read_text(), "text")
    assert out in [text for _, text in expected]


def test_the_readme_of_the_package(root):
    found = blocks((root / "bindings/python/README.md").read_text(), "python")
    assert len(found) == 1
    out = subprocess.run(
        [sys.executable, "-c", found[0][1]], capture_output=True, text=True, timeout=60, check=True, cwd=root
    ).stdout
    assert "teen-marijuana-use" in out
