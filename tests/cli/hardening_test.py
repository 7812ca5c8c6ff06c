# SPDX-License-Identifier: Apache-2.0
"""What the linker and the compiler were asked to harden stands in the files they made: the program and the C library."""

import os
import shutil
import subprocess
import unittest

from support import PROGRAM

LIBRARY = os.environ.get("COMMONWEAL_LIBRARY", "")
SANITIZED = os.environ.get("COMMONWEAL_SANITIZE", "") != ""
CHECKED = os.environ.get("COMMONWEAL_CONFIG", "") in ("Release", "RelWithDebInfo", "MinSizeRel")


def readelf(what, file):
    return subprocess.run(["readelf", "-W", what, file], capture_output=True, encoding="utf-8", check=True).stdout


@unittest.skipUnless(shutil.which("readelf"), "readelf is not installed")
class Hardening(unittest.TestCase):
    def files(self):
        return [PROGRAM] + ([LIBRARY] if LIBRARY else [])

    def test_nothing_the_loader_bound_can_be_written_to(self):
        for file in self.files():
            self.assertIn("GNU_RELRO", readelf("--program-headers", file), file)
            self.assertRegex(readelf("--dynamic", file), r"BIND_NOW|FLAGS_1.*\bNOW\b", file)

    def test_the_stack_is_not_executable(self):
        for file in self.files():
            self.assertRegex(readelf("--program-headers", file), r"GNU_STACK .* RW  ", file)

    def test_program_and_library_may_lie_at_any_address(self):
        for file in self.files():
            self.assertRegex(readelf("--file-header", file), r"Type: +DYN", file)
            self.assertNotIn("TEXTREL", readelf("--dynamic", file), file)
        self.assertRegex(readelf("--dynamic", PROGRAM), r"FLAGS_1.*\bPIE\b")

    @unittest.skipIf(SANITIZED, "the sanitizers look for the same")
    def test_the_stack_is_protected(self):
        for file in self.files():
            self.assertIn("__stack_chk_fail", readelf("--dyn-syms", file), file)

    @unittest.skipIf(SANITIZED or not CHECKED, "this build is not optimized, or is sanitized")
    def test_calls_into_the_c_library_are_checked(self):
        self.assertRegex(readelf("--dyn-syms", PROGRAM), r"__\w+_chk@")


if __name__ == "__main__":
    unittest.main()
