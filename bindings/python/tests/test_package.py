# SPDX-License-Identifier: Apache-2.0
"""What is installed, and what a source distribution brings along."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import commonweal as cw

HERE = Path(__file__).resolve().parent


def test_the_wheel_serves_every_python_and_holds_one_library():
    files = importlib.metadata.files("commonweal")
    tags = next(f for f in files if f.name == "WHEEL").read_text().splitlines()
    assert [t for t in tags if t.startswith("Tag: ")][0].startswith("Tag: py3-none-")
    assert [f.name for f in files if ".so" in f.name] == ["libcommonweal.so"]
    assert {"py.typed", "_abi.py"} <= {f.name for f in files}
    assert not [r for r in importlib.metadata.requires("commonweal") or [] if "extra ==" not in r]


def test_importing_it_imports_nothing_else():
    code = "import sys; before = set(sys.modules); import commonweal; print(*{m.partition('.')[0] for m in set(sys.modules) - before})"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"numpy", "pandas", "polars", "pyarrow", "matplotlib", "networkx", "igraph"}


def test_it_works_where_nothing_else_is_installed(root):
    code = """
import sys
for name in ("numpy", "pandas", "polars", "pyarrow", "matplotlib", "networkx", "igraph"):
    sys.modules[name] = None
import pickle
import commonweal as cw
care = cw.load("docs/initiatives/communities-that-care")
table = care.rollup(group="coordinating-council", from_=2010)
assert table["value"][:] == [69, 68, 82]
assert pickle.loads(pickle.dumps(table)) == table == cw.Table(table.to_records())[:] or table.to_dict() == cw.Table(table.to_records()).to_dict()
for ask in (table["value"].to_numpy, table.to_pandas, table.to_polars, table.to_arrow, care.network.to_networkx, care.plot.cascade):
    try:
        ask()
    except ImportError:
        continue
    raise SystemExit(f"{ask} needs nothing?")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_source_distribution_brings_the_library_along(tmp_path):
    pytest.importorskip("scikit_build_core")
    done = subprocess.run(
        [sys.executable, HERE.parent / "tools/sdist.py", tmp_path], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    archive = Path(done.stdout.splitlines()[-1])
    assert archive.name == f"commonweal-{cw.__version__}.tar.gz"
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    needed = {
        "pyproject.toml",
        "CMakeLists.txt",
        "LICENSE",
        "src/commonweal/_abi.py",
        "src/commonweal/py.typed",
        "native/CMakeLists.txt",
        "native/capi/include/commonweal.h",
        "native/capi/exports.map",
        "native/src/CMakeLists.txt",
        "native/include/commonweal/version.hpp",
        "native/cmake/CommonwealFlags.cmake",
    }
    assert needed <= names
    assert not [n for n in names if n.startswith("tests/") or n.endswith(".so")]
