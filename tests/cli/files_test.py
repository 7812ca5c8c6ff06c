# SPDX-License-Identifier: Apache-2.0
"""commonweal sample, pack and unpack: the same bytes, and nothing of anybody's lost."""

import hashlib
import json
import os
import time
import unittest

from support import Case, documented, run


def digest(folder):
    total = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


class Sample(Case):
    def test_the_same_seed_gives_the_same_bytes(self):
        self.assertEqual(digest(self.sample("--seed", 7, name="a")), digest(self.sample("--seed", 7, name="b")))

    def test_the_bytes_are_those_of_every_platform(self):
        path = self.folder / "fixed"
        self.ok("sample", "--reporters", 25, "--groups", 8, "--periods", 18, "--seed", 42, path)
        (path / "datapackage.json").unlink()  # its layout may gain a property; the data may not change
        self.assertEqual(digest(path), "2c65cd8845bc9a711032039b7c72f2663e018eb0c62a05fb1aac63a049305426")

    def test_another_seed_gives_another_initiative(self):
        self.assertNotEqual(digest(self.sample("--seed", 7, name="a")), digest(self.sample("--seed", 8, name="b")))

    def test_a_sample_calls_itself_synthetic(self):
        package = json.loads((self.sample() / "datapackage.json").read_text())
        self.assertIs(package["synthetic"], True)
        self.assertIn("Synthetic", package["title"])

    def test_a_sample_has_all_that_makes_initiatives_hard(self):
        path = self.sample(name="rich", reporters=300)
        members = [line.split(",") for line in (path / "member_of.csv").read_text().splitlines()[1:]]
        places = {}
        for who, where, start, end, *_ in members:
            places.setdefault(who, []).append((where, start, end))
        self.assertTrue(any(len(p) > 1 for p in places.values()), "overlapping memberships")
        self.assertTrue(any(p[0][2] for p in places.values()), "leaves")
        self.assertTrue(any(p[0][1] > "2020-01-01" for p in places.values()), "joins")
        parents = [line.split(",")[0] for line in (path / "part_of.csv").read_text().splitlines()[1:]]
        self.assertEqual(len({line.split(",")[4] for line in (path / "groups.csv").read_text().splitlines()[1:]}), 4)
        self.ok("sample", "--groups", 60, path)
        parents = [line.split(",")[0] for line in (path / "part_of.csv").read_text().splitlines()[1:]]
        self.assertGreater(len(parents), len(set(parents)), "several parents")

    def test_other_data_is_never_written_over(self):
        mine = self.write("mine", {"datapackage.json": '{"name": "mine"}', "groups.csv": "id\nmine\n"})
        before = digest(mine)
        self.assertIn("not empty", self.fails(2, "sample", mine))
        self.assertEqual(digest(mine), before)

    def test_an_older_sample_may_be_written_over(self):
        path = self.sample("--seed", 1)
        self.sample("--seed", 2)
        self.assertEqual(digest(path), digest(self.sample("--seed", 2, name="other")))

    def test_files_beside_an_older_sample_stay(self):
        path = self.sample("--seed", 1)
        (path / "README.md").write_text("mine")
        self.sample("--seed", 2)
        self.assertEqual((path / "README.md").read_text(), "mine")
        self.assertFalse([p for p in self.folder.iterdir() if p.name.startswith(".")])

    def test_an_empty_folder_is_filled_and_stays_the_same_folder(self):
        path = self.folder / "empty"
        path.mkdir()
        before = path.stat().st_ino
        self.ok("sample", path)
        self.assertEqual(path.stat().st_ino, before)
        self.assertTrue((path / "datapackage.json").exists())

    def test_impossible_sizes_are_usage_errors(self):
        for option, value in [("--reporters", 0), ("--groups", 3), ("--periods", 0), ("--indicators", 6), ("--reporters", "many")]:
            self.fails(2, "sample", option, value, self.folder / "none")
        self.assertFalse((self.folder / "none").exists())

    def test_a_file_in_the_way_is_a_system_error(self):
        (self.folder / "file").write_text("x")
        self.fails(3, "sample", self.folder / "file")

    def test_a_large_sample_takes_seconds(self):
        start = time.monotonic()
        self.ok("sample", "--reporters", 100_000, "--groups", 1000, "--periods", 60, "--indicators", 1, self.folder / "large")
        self.assertLess(time.monotonic() - start, 60)  # under a second when measured; a loaded machine is slower


class Pack(Case):
    def packed(self, source):
        path = self.folder / "packed.cwl"
        self.ok("pack", source, path)
        return path

    def test_every_command_takes_the_packed_file(self):
        sample = self.sample()
        packed = self.packed(sample)
        for command in [["report"], ["rollup", "--format", "csv"], ["check", "--summary", "--format", "csv"],
                        ["explain", "-i", "people-served", "-g", "council", "-p", "2021-06"]]:
            self.assertEqual(self.ok(command[0], packed, *command[1:]), self.ok(command[0], sample, *command[1:]), command)

    def test_the_initiatives_of_the_documentation_report_the_same_when_packed(self):
        for folder in documented():
            self.assertEqual(self.ok("report", self.packed(folder)), self.ok("report", folder))

    def test_unpacking_gives_the_same_initiative(self):
        sample = self.sample()
        packed = self.packed(sample)
        self.ok("unpack", packed, self.folder / "again")
        self.assertEqual(self.ok("rollup", self.folder / "again", "--format", "csv"), self.ok("rollup", sample, "--format", "csv"))
        again = self.folder / "again.cwl"
        self.ok("pack", self.folder / "again", again)
        self.assertEqual(again.read_bytes(), packed.read_bytes())

    def test_a_damaged_file_is_refused(self):
        packed = self.packed(self.sample())
        data = bytearray(packed.read_bytes())
        data[len(data) // 2] ^= 1
        packed.write_bytes(data)
        self.fails(1, "report", packed)
        packed.write_bytes(data[:100])
        self.fails(1, "report", packed)

    def test_a_failed_pack_leaves_the_old_file(self):
        packed = self.packed(self.sample())
        before = packed.read_bytes()
        broken = self.write("broken", {"groups.csv": "id\na\na\n"})
        self.fails(1, "pack", broken, packed)
        self.assertEqual(packed.read_bytes(), before)

    def test_unpack_writes_over_nothing_of_others(self):
        packed = self.packed(self.sample())
        mine = self.write("mine", {"notes.txt": "mine\n"})
        done = run("unpack", packed, mine)
        self.assertIn(done.returncode, (2, 3))
        self.assertEqual(sorted(os.listdir(mine)), ["notes.txt"])

    def test_a_file_that_is_no_initiative_is_refused_in_words(self):
        (self.folder / "letter.txt").write_text("Dear all\n")
        done = run("report", self.folder / "letter.txt")
        self.assertIn(done.returncode, (1, 3))
        self.assertIn("letter.txt", done.stderr)


if __name__ == "__main__":
    unittest.main()
