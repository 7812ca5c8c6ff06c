#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make a source distribution that needs no repository around it: the package, and under native/ the C++ sources.

    python tools/sdist.py DESTINATION

Needs scikit-build-core. `pip install DESTINATION/commonweal-*.tar.gz` then builds it.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
REPOSITORY = PACKAGE.parent.parent
SOURCES = ["CMakeLists.txt", "LICENSE", "cmake", "include", "src", "capi"]


def copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "*.so", "build"))
    else:
        shutil.copy2(source, to)


def make(destination: Path) -> Path:
    """The path of the archive."""
    from scikit_build_core.build import build_sdist

    destination = destination.resolve()
    destination.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "commonweal"
        for name in ("CMakeLists.txt", "pyproject.toml", "README.md", "src"):
            copy(PACKAGE / name, root / name)
        for name in SOURCES:
            copy(REPOSITORY / name, root / "native" / name)
        copy(REPOSITORY / "LICENSE", root / "LICENSE")
        os.chdir(root)
        try:
            return destination / build_sdist(str(destination))
        finally:
            os.chdir(before)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(make(Path(sys.argv[1])))
