# SPDX-License-Identifier: Apache-2.0
"""A check that cannot fail checks nothing: a copy of the sources with one function more, or one row less, is found out."""
from __future__ import annotations

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import parity

ROOT = Path(sys.argv.pop(1))
PARTS = ("include/commonweal", "capi/include", "bindings/python/src", "bindings/r/NAMESPACE", "src/cli", "src/answers", "tests/parity")


class Parity(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for part in PARTS:
            (self.root / part).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
            copy(ROOT / part, self.root / part)
        self.before = set(parity.findings(self.root))

    def change(self, part: str, old: str, new: str) -> None:
        path = self.root / part
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1))

    def found(self) -> set[str]:
        return set(parity.findings(self.root)) - self.before

    def test_a_new_c_function_without_row(self) -> None:
        self.change("capi/include/commonweal.h", "CW_CALL cw_lint(", "CW_CALL cw_extra(int32_t n) CW_NOEXCEPT;\nCW_CALL cw_lint(")
        self.assertEqual(self.found(), {"c: cw_extra is in no row of capabilities.csv"})

    def test_a_new_cpp_answer_without_row(self) -> None:
        self.change("include/commonweal/analyze/trend.hpp", "[[nodiscard]] table trends(", "[[nodiscard]] table bends(int n);\n[[nodiscard]] table trends(")
        self.assertEqual(self.found(), {"cpp: bends is in no row of capabilities.csv"})

    def test_a_new_header_without_row(self) -> None:
        (self.root / "include/commonweal/analyze/novelty.hpp").write_text("struct novelty {};\n")
        self.assertEqual(self.found(), {"cpp: nothing of analyze/novelty.hpp is in a row of capabilities.csv"})

    def test_a_python_method_that_is_gone(self) -> None:
        self.change("bindings/python/src/commonweal/_judgements.py", "def lint(", "def flint(")
        self.assertEqual(len(self.found()), 2)

    def test_an_analysis_without_row(self) -> None:
        self.change("src/answers/analyze.hpp", 'asks{"harmonize"', 'asks{"novelty"')
        self.assertEqual(len(self.found()), 2) # one word without a row, one row without a word

    def test_an_r_export_without_row(self) -> None:
        self.change("bindings/r/NAMESPACE", "export(lint)", "export(lint)\nexport(novelty)")
        self.assertEqual(self.found(), {"r: novelty is in no row of capabilities.csv"})

    def test_a_command_without_row(self) -> None:
        self.change("src/cli/report.cpp", 'add_subcommand("report"', 'add_subcommand("novelty"')
        self.assertTrue(any("novelty" in line for line in self.found()))

    def test_a_row_without_counterpart_or_reason(self) -> None:
        self.change("tests/parity/capabilities.csv", "Initiative.lint,lint,lint,", ",lint,lint,")
        self.assertEqual(len(self.found()), 2)


if __name__ == "__main__":
    unittest.main()
