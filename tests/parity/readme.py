# SPDX-License-Identifier: Apache-2.0
"""The README's examples in Python and R are the files that the suites of these packages run, and its C program prints what it shows.

readme.py ROOT LIBRARY-FOLDER
"""
from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path


def block(text: str, language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)
    if len(found) != 1:
        sys.exit(f"README.md has {len(found)} blocks of {language}, expected one")
    return found[0]


def main() -> int:
    root, library = Path(sys.argv[1]), sys.argv[2]
    text = (root / "README.md").read_text()
    wrong = 0
    for language, file in (("python", "bindings/python/examples/readme.py"), ("r", "bindings/r/examples/readme.R")):
        code = "".join(line for line in (root / file).read_text().splitlines(keepends=True) if not line.startswith("#"))
        if block(text, language) != code:
            print(f"README.md and {file} differ")
            wrong = 1
    # The picture is a text block as well; the printed figures are the one after the C++ program.
    shown = re.search(r"^```cpp\n.*?^```\n\n```text\n(.*?)^```$", text, re.M | re.S)
    with tempfile.TemporaryDirectory() as scratch:
        source, program = Path(scratch) / "readme.c", Path(scratch) / "readme"
        source.write_text(block(text, "c"))
        flags = ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", f"-I{root / 'capi/include'}"]
        subprocess.run(["gcc", *flags, source, f"-L{library}", "-lcommonweal", f"-Wl,-rpath,{library}", "-o", program], check=True)
        printed = subprocess.run([program], cwd=root, check=True, capture_output=True, text=True).stdout
    if shown is None or printed != shown[1]:
        print(f"the C program prints\n{printed}and README.md shows\n{shown and shown[1]}")
        wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main())
