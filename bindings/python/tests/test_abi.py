# SPDX-License-Identifier: Apache-2.0
"""The declarations against the header and the compiler; finding and refusing libraries."""

from __future__ import annotations

import ctypes
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import commonweal as cw
from commonweal import _abi as abi
from commonweal import _native
from commonweal._questions import ANALYSES

HERE = Path(__file__).resolve().parent
HEADER = HERE.parents[2] / "capi/include/commonweal.h"


def generator():
    spec = importlib.util.spec_from_file_location("generate_abi", HERE.parent / "tools/generate_abi.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_installed_declarations_are_those_of_the_header():
    make = generator()
    assert make.render(make.Header(HEADER.read_text())) == Path(abi.__file__).read_text()


def test_a_change_of_the_header_changes_the_declarations():
    make = generator()
    text = HEADER.read_text()
    changed = text.replace("CW_CALL cw_lint(const cw_initiative* initiative,", "CW_CALL cw_lint(const cw_builder* initiative,")
    assert changed != text
    assert make.render(make.Header(changed)) != make.render(make.Header(text))


@pytest.mark.parametrize("line", ["union cw_odd { int a; };", "int cw_odd(void);", "CW_CALL cw_odd(FILE* f) CW_NOEXCEPT;"])
def test_what_the_generator_does_not_know_is_an_error(line):
    make = generator()
    text = HEADER.read_text().replace("CW_CALL cw_lint(", line + "\nCW_CALL cw_lint(", 1)
    with pytest.raises(SystemExit):
        make.render(make.Header(text))


def test_every_function_of_the_header_is_called_by_the_package():
    # cw_table_find: names are found in the columns that a table knows. cw_status_name: codes come with errors. cw_error_status: it is returned.
    reasoned = {"cw_table_find", "cw_status_name", "cw_error_status"}
    source = "".join(p.read_text() for p in Path(cw.__file__).parent.glob("*.py") if p.name != "_abi.py")
    used = set(re.findall(r"library\.(cw_\w+)", source)) | {f"cw_{word}" for word in ANALYSES}
    assert used <= set(abi.FUNCTIONS)
    assert set(abi.FUNCTIONS) - used <= reasoned


def test_layouts_are_those_of_the_compiler(tmp_path):
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    structs = {
        n: s for n, s in vars(abi).items() if isinstance(s, type) and issubclass(s, ctypes.Structure) and hasattr(s, "_fields_")
    }
    assert len(structs) >= 11
    lines, expected = [], {}
    for name, struct in structs.items():
        typed = f"struct {name}" if name.startswith("Arrow") else name
        lines.append(f'printf("{name} %zu\\n", sizeof({typed}));')
        expected[name] = ctypes.sizeof(struct)
        for field, *_ in struct._fields_:
            lines.append(f'printf("{name}.{field} %zu\\n", offsetof({typed}, {field}));')
            expected[f"{name}.{field}"] = getattr(struct, field).offset
    source = tmp_path / "layout.c"
    source.write_text("#include <commonweal.h>\n#include <stdio.h>\nint main(void) {\n" + "\n".join(lines) + "\nreturn 0;\n}\n")
    subprocess.run([compiler, "-I", HEADER.parent, "-o", tmp_path / "layout", source], check=True)
    out = subprocess.run([tmp_path / "layout"], capture_output=True, text=True, check=True).stdout
    assert {k: int(v) for k, v in (line.split() for line in out.splitlines())} == expected


def test_initial_options_are_the_macros_of_the_header():
    options = abi.init_cw_rollup_options()
    assert options.struct_size == ctypes.sizeof(abi.cw_rollup_options)
    assert (options.minimum_coverage, options.adjustment) == (0.75, 0.25)
    assert abi.init_cw_sample_options().reporters == 200
    assert abi.init_cw_select_options(seed=7).seed == 7


def test_version_is_that_of_the_library():
    assert cw.__version__ == _native.library.cw_version().decode() == importlib.metadata.version("commonweal")


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_library_is_the_one_of_the_package_or_of_the_override():
    code = "import commonweal._native as n; print(n.library._name)"
    inside = Path(cw.__file__).parent / "libcommonweal.so"
    if "COMMONWEAL_LIBRARY" not in os.environ:
        assert run(code).stdout.strip() == str(inside)
    assert run(code, COMMONWEAL_LIBRARY=_native.library._name).stdout.strip() == os.path.realpath(_native.library._name)


def test_a_missing_library_is_named():
    done = run("import commonweal", COMMONWEAL_LIBRARY="/nowhere/libcommonweal.so")
    assert done.returncode == 1
    assert "ImportError" in done.stderr
    assert "/nowhere/libcommonweal.so" in done.stderr


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("unsigned cw_abi_version(void) { return 7u << 16; }", "has version 7.0 of the C interface"),
        ("unsigned cw_abi_version(void) { return VERSION; }", "an older one"),
        ("int something_else(void) { return 0; }", "is not libcommonweal.so"),
    ],
)
def test_a_library_that_does_not_fit_is_refused(tmp_path, source, words):
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler")
    version = abi.CW_ABI_VERSION_MAJOR << 16 | abi.CW_ABI_VERSION_MINOR
    (tmp_path / "other.c").write_text(source.replace("VERSION", f"{version}u"))
    other = tmp_path / "libother.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", other, tmp_path / "other.c"], check=True)
    done = run("import commonweal", COMMONWEAL_LIBRARY=str(other))
    assert done.returncode == 1
    assert "ImportError" in done.stderr
    assert words in done.stderr
