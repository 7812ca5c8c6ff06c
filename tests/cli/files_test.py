# SPDX-License-Identifier: Apache-2.0
"""commonweal sample, pack and unpack: the same bytes, and nothing of anybody's lost."""

import hashlib
import json
import os
import signal
import stat
import subprocess
import time
import unittest

from support import PROGRAM, Case, documented, environment, run


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


def bits(path):
    return stat.S_IMODE(path.lstat().st_mode)


class Replacing(Case):
    """Writing over a folder, by both commands that do it."""

    def setUp(self):
        super().setUp()
        self.versions = {}
        for seed in (1, 2):
            folder = self.sample("--seed", seed, name=f"seed-{seed}", reporters=5)
            self.ok("pack", folder, self.folder / f"{seed}.cwl")
            self.ok("unpack", self.folder / f"{seed}.cwl", self.folder / f"unpacked-{seed}")
        self.work = self.folder / "work"
        self.work.mkdir()
        self.target = self.work / "t"

    def writers(self):
        """(how to write version 1 or 2 to a path, what is then there)."""
        def unpack(version, path, **changes):
            self.ok("unpack", self.folder / f"{version}.cwl", path, **changes)

        def sample(version, path, **changes):
            self.ok("sample", "--seed", version, "--reporters", 5, "--groups", 9, "--periods", 24, path, **changes)
        for write, model in [(unpack, "unpacked"), (sample, "seed")]:
            for path in list(self.work.iterdir()):
                subprocess.run(["rm", "-rf", path], check=True)
            with self.subTest(model):
                yield write, {v: digest(self.folder / f"{model}-{v}") for v in (1, 2)}

    def assert_tidy(self):
        self.assertEqual([str(p) for p in self.work.rglob("*") if p.name.startswith(".")], [])

    def test_a_private_folder_stays_private(self):
        for write, is_version in self.writers():
            write(1, self.target)
            (self.target / "targets.csv").unlink()  # comes back as a new file
            (self.target / "notes").mkdir()
            (self.target / "notes" / "mine.txt").write_text("mine")
            wanted = {"organizations.csv": 0o640, "groups.csv": 0o400}
            for path in self.target.iterdir():
                path.chmod(0o750 if path.is_dir() else wanted.get(path.name, 0o600))
            self.target.chmod(0o700)
            (self.target / "notes" / "mine.txt").chmod(0o604)
            write(2, self.target)
            self.assertEqual(bits(self.target), 0o700)
            for path in self.target.iterdir():
                self.assertEqual(bits(path), 0o750 if path.is_dir() else wanted.get(path.name, 0o600), path.name)
            self.assertEqual(bits(self.target / "notes" / "mine.txt"), 0o604)
            self.assert_tidy()

    def test_new_files_are_as_open_as_the_folder_and_the_mask_allow(self):
        for write, is_version in self.writers():
            for folder_bits, mask, file_bits in [(0o755, 0o022, 0o644), (0o750, 0o022, 0o640), (0o700, 0, 0o600), (0o777, 0o027, 0o640)]:
                target = self.work / f"{folder_bits:o}-{mask:o}"
                target.mkdir()
                target.chmod(folder_bits)
                before = os.umask(mask)
                try:
                    write(1, target)
                finally:
                    os.umask(before)
                self.assertEqual(bits(target), folder_bits)
                self.assertEqual({bits(p) for p in target.iterdir()}, {file_bits}, (oct(folder_bits), oct(mask)))

    def test_what_is_being_written_is_nobody_elses_to_read(self):
        self.target.mkdir(mode=0o700)
        (self.target / "datapackage.json").write_text((self.folder / "seed-1" / "datapackage.json").read_text())
        self.target.chmod(0o700)
        writer = subprocess.Popen([PROGRAM, "sample", "--reporters", "20000", self.target], env=environment(), stdout=subprocess.DEVNULL)
        seen = set()
        while writer.poll() is None:
            for path in self.work.iterdir():
                try:
                    seen.add((path.name, bits(path)))
                except FileNotFoundError:
                    pass
        self.assertEqual(writer.returncode, 0)
        self.assertTrue([name for name, _ in seen if name.startswith(".commonweal-")])
        self.assertEqual({b for _, b in seen}, {0o700})

    def test_the_current_directory_is_filled_and_replaced_where_one_stands(self):
        for write, is_version in self.writers():
            for version, path in [(1, "."), (2, "."), (1, "./"), (2, self.target), (1, "../t"), (2, "../t/.")]:
                self.target.mkdir(exist_ok=True)
                before = self.target.stat().st_ino
                write(version, path, cwd=self.target)
                self.assertEqual((digest(self.target), self.target.stat().st_ino), (is_version[version], before))
                self.assert_tidy()
            (self.target / "README").write_text("mine")
            write(1, ".", cwd=self.target)
            self.assertEqual((self.target / "README").read_text(), "mine")
            (self.target / "README").unlink()
            (self.target / "below").mkdir()
            write(2, "..", cwd=self.target / "below")
            (self.target / "below").rmdir()
            self.assertEqual(digest(self.target), is_version[2])
            self.assert_tidy()

    def test_links_stay_and_what_they_point_to_is_replaced(self):
        for write, is_version in self.writers():
            real = self.work / "deep" / "real"
            write(1, real)
            (self.work / "up").symlink_to("deep")
            for name, to in [("relative", "deep/real"), ("absolute", real), ("second", "relative"), ("below", "up/real")]:
                (self.work / name).symlink_to(to)
                for version in (1, 2):
                    write(version, self.work / name)
                    self.assertEqual(digest(real), is_version[version])
                self.assertEqual(os.readlink(self.work / name), str(to))
                write(1, self.work / "up" / "real")
                self.assertEqual(digest(real), is_version[1])
            (self.work / "dangling").symlink_to("deep/new/er")
            write(2, self.work / "dangling")
            self.assertEqual(digest(self.work / "deep" / "new" / "er"), is_version[2])
            self.assertTrue((self.work / "dangling").is_symlink())
            self.assert_tidy()

    def test_nothing_is_written_through_links_in_the_old_folder(self):
        for write, is_version in self.writers():
            write(1, self.target)
            precious = self.work / "precious"
            precious.write_text("precious")
            for name in ("organizations.csv", "observations.csv"):
                (self.target / name).unlink()
                (self.target / name).symlink_to("../precious")
            (self.target / "mine").symlink_to("../precious")
            write(2, self.target)
            self.assertEqual(precious.read_text(), "precious")
            self.assertEqual(os.readlink(self.target / "mine"), "../precious")
            (self.target / "mine").unlink()
            self.assertEqual(digest(self.target), is_version[2])

    def test_what_ended_processes_left_goes_and_what_a_living_one_holds_stays(self):
        import fcntl
        for write, is_version in self.writers():
            left, held = (self.work / f".commonweal-{n:016x}.tmp" for n in (1, 2))
            for folder in (left, held):
                (folder / "new").mkdir(parents=True)
                (folder / "new" / "organizations.csv").write_text("id\nprivate\n")
            (self.work / ".commonweal-0000000000000003.tmp").write_bytes(b"half a packed file")
            (self.work / ".commonweal-notes.tmp").write_text("mine")
            handle = os.open(held, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            write(1, self.target)
            self.assertEqual(sorted(os.listdir(self.work)), [held.name, ".commonweal-notes.tmp", "t"])
            os.close(handle)
            self.ok("pack", self.target, self.work / "x.cwl")
            self.assertEqual(sorted(os.listdir(self.work)), [".commonweal-notes.tmp", "t", "x.cwl"])

    def test_several_writers_at_once_all_succeed_and_one_of_them_is_there_whole(self):
        for write, is_version in self.writers():
            command = ["unpack", None] if is_version[1] == digest(self.folder / "unpacked-1") else ["sample", "--reporters", "5", "--groups", "9", "--periods", "24", "--seed"]
            for path, cwd in [(self.target, None), (".", self.work / "empty")]:
                if cwd:
                    cwd.mkdir()
                for turn in range(6):
                    running = []
                    for version in (1, 2, 1):
                        words = ["unpack", str(self.folder / f"{version}.cwl")] if command[0] == "unpack" else [*command, str(version)]
                        running.append(subprocess.Popen([PROGRAM, *words, path], cwd=cwd, env=environment(), stdout=subprocess.DEVNULL,
                                                        stderr=subprocess.PIPE))
                    said = [p.communicate()[1] for p in running]
                    self.assertEqual([p.returncode for p in running], [0, 0, 0], said)
                    self.assertIn(digest(cwd or path), is_version.values())
            self.assert_tidy()

    def test_stopped_by_a_signal_leaves_nothing_and_ends_by_it(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            subprocess.run(["rm", "-rf", self.target], check=True)
            self.ok("sample", "--seed", 1, self.target)
            before = digest(self.target)
            writer = subprocess.Popen([PROGRAM, "sample", "--reporters", "3000000", self.target], env=environment(), stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
            while not any(p.name.startswith(".commonweal-") for p in self.work.iterdir()):
                self.assertIsNone(writer.poll())
            writer.send_signal(number)
            _, said = writer.communicate()
            self.assertEqual(writer.returncode, -number)
            self.assertIn(b"stopped", said)
            self.assertEqual(digest(self.target), before)
            self.assert_tidy()

    def test_a_pipe_is_refused_at_once(self):
        reading, writing = os.pipe()  # as <(...) of a shell, with nobody who writes
        done = subprocess.run([PROGRAM, "check", f"/dev/fd/{reading}"], pass_fds=[reading], env=environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding="utf-8", timeout=60)
        os.close(reading)
        os.close(writing)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("pipe", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
