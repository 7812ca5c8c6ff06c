# SPDX-License-Identifier: Apache-2.0
"""commonweal check: what is wrong, where, and what the folder holds."""

import csv
import io
import json
import unittest

from support import Case, FINDING_COLUMNS, documented, run

GROUPS = "id,name\ncouncil,Council\nwest,West\n"
INDICATORS = "id,name,kind\npeople,People,count\n"
ORGANIZATIONS = "id,name\norg-1,Organization 1\norg-2,Organization 2\n"
MEMBERS = "from,to\norg-1,council\norg-2,west\n"
OBSERVATIONS = "reporter,indicator,period,value\norg-1,people,2024-01,10\norg-2,people,2024-01,20\n"


class Check(Case):
    def files(self, **changes):
        files = {"groups.csv": GROUPS, "indicators.csv": INDICATORS, "organizations.csv": ORGANIZATIONS,
                 "member_of.csv": MEMBERS, "part_of.csv": "from,to\nwest,council\n", "observations.csv": OBSERVATIONS}
        files.update({name + ".csv": text for name, text in changes.items()})
        resources = [{"name": name[:-4], "path": name} for name in files]
        files["datapackage.json"] = json.dumps({"name": "tiny", "title": "Tiny", "resources": resources})
        return self.write("tiny", files)

    def test_a_sound_folder_loads_and_is_summed_up(self):
        text = self.ok("check", self.files())
        self.assertIn("loads: 0 errors", text)
        self.assertRegex(text, r"observations +2 +month: 2024-01")
        self.assertRegex(text, r"groups +2 +2 levels")

    def test_the_initiatives_of_the_documentation_load_without_errors(self):
        for folder in documented():
            self.assertIn("loads: 0 errors", self.ok("check", folder), folder)

    def test_a_sample_loads_without_errors_or_warnings(self):
        for seed in [1, 2, 3]:
            text = self.ok("check", self.sample("--seed", seed, name=f"seed-{seed}"))
            self.assertIn("loads: 0 errors, 0 warnings", text)
            self.assertIn("(synthetic)", text)

    def test_a_small_sample_loads_too(self):
        path = self.folder / "smallest"
        self.ok("sample", "--reporters", 1, "--groups", 4, "--periods", 1, path)
        self.assertIn("loads: 0 errors, 0 warnings", self.ok("check", path))

    def test_an_unknown_id_is_an_error_with_file_row_and_field(self):
        folder = self.files(member_of="from,to\norg-1,council\norg-9,west\n")
        done = run("check", folder)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"error: member_of\.csv, row 3, field from: .*org-9")
        self.assertIn("does not load: 1 error", done.stdout)

    def test_all_errors_come_at_once(self):
        folder = self.files(member_of="from,to\norg-8,council\norg-9,west\n",
                            observations="reporter,indicator,period,value\norg-1,people,2024-13,10\n")
        done = run("check", folder)
        self.assertEqual(done.returncode, 1)
        for part in ["org-8", "org-9", "2024-13"]:
            self.assertIn(part, done.stdout)

    def test_a_hundred_findings_are_shown_and_the_rest_counted(self):
        rows = "".join(f"ghost-{i},council\n" for i in range(250))
        folder = self.files(member_of="from,to\n" + rows)
        shown = run("check", folder).stdout
        self.assertEqual(shown.count("error: member_of.csv"), 100)
        self.assertIn("and 150 more; --all shows them", shown)
        self.assertEqual(run("check", "--limit", 7, folder).stdout.count("error: member_of.csv"), 7)
        self.assertEqual(run("check", "--all", folder).stdout.count("error: member_of.csv"), 250)

    def test_findings_as_csv_and_json_are_complete_and_agree(self):
        rows = "".join(f"ghost-{i},council\n" for i in range(250))
        folder = self.files(member_of="from,to\n" + rows)
        as_csv = run("check", folder, "--format", "csv")
        self.assertEqual(as_csv.returncode, 1)
        table = list(csv.DictReader(io.StringIO(as_csv.stdout)))
        objects = json.loads(run("check", folder, "--format", "json").stdout)
        self.assertEqual(list(table[0]), FINDING_COLUMNS)
        self.assertEqual(len(table), 250)
        self.assertEqual([r["message"] for r in table], [o["message"] for o in objects])
        self.assertEqual(objects[0]["row"], 2)

    def test_the_summary_is_a_table_of_its_own(self):
        folder = self.files()
        table = list(csv.DictReader(io.StringIO(self.ok("check", folder, "--summary", "--format", "csv"))))
        counts = {row["item"]: row["count"] for row in table}
        self.assertEqual((counts["organizations"], counts["member_of"], counts["observations"]), ("2", "2", "2"))

    def test_an_error_in_other_commands_names_the_findings_too(self):
        folder = self.files(member_of="from,to\norg-1,council\norg-9,west\n")
        for command in [["report"], ["rollup"], ["pack"]]:
            extra = [self.folder / "out.cwl"] if command == ["pack"] else []
            said = self.fails(1, *command, folder, *extra)
            self.assertIn("member_of.csv, row 3, field from", said)
            self.assertIn("nothing was loaded", said)


if __name__ == "__main__":
    unittest.main()
