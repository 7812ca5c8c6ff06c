# SPDX-License-Identifier: Apache-2.0
"""What the tests share: the repository's real initiatives, a synthetic one, and the command line to compare with."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Callable

import pytest

import commonweal as cw

ROOT = Path(os.environ.get("COMMONWEAL_ROOT") or Path(__file__).resolve().parents[3])


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture(autouse=True, scope="session")
def _ctrl_c_is_heard() -> Iterator[None]:
    """A shell starts what runs in the background deaf to it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def care() -> cw.Initiative:
    return cw.load(ROOT / "docs/initiatives/communities-that-care")


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "demo"
    cw.sample(folder, reporters=40, groups=9, periods=24, seed=1)
    return folder


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> cw.Initiative:
    return cw.load(demo_folder)


@pytest.fixture
def cli() -> Callable[..., str]:
    """Standard output of the command line; skipped where it is not built."""
    program = ROOT / "build/commonweal"
    if not program.exists():
        pytest.skip("build/commonweal is not built")

    def run(*arguments: object) -> str:
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
