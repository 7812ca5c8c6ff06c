# SPDX-License-Identifier: Apache-2.0
"""Progress and Ctrl-C, pickling and other processes, threads, memory."""

from __future__ import annotations

import concurrent.futures
import contextlib
import copyreg
import gc
import multiprocessing
import operator
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
import weakref
from functools import partial

import pytest

import commonweal as cw

CARE = "docs/initiatives/communities-that-care"


# ---- progress and Ctrl-C


def test_progress_goes_up_to_the_end(demo_folder, demo, tmp_path):
    for work in (partial(cw.load, demo_folder), partial(demo.to_folder, tmp_path / "out")):
        told = []
        work(progress=lambda share, doing, told=told: told.append((share, doing)))
        shares = [share for share, _ in told]
        assert len(told) > 1
        assert shares == sorted(shares)
        assert shares[0] >= 0
        assert shares[-1] <= 1
        assert all(isinstance(doing, str) for _, doing in told)


def test_what_progress_returns_is_ignored(demo_folder):
    assert cw.load(demo_folder, progress=lambda *_: True).info.synthetic


class Enough(Exception):
    pass


@pytest.mark.parametrize("error", [Enough, cw.Cancelled, KeyboardInterrupt, SystemExit])
def test_what_progress_raises_ends_the_work_and_reaches_the_caller(demo_folder, tmp_path, demo, error):
    raised = []

    def stop(share, doing):
        raised.append(error("enough"))
        raise raised[-1]

    with pytest.raises(error) as caught:
        cw.load(demo_folder, progress=stop)
    assert caught.value is raised[0]
    assert len(raised) == 1
    with pytest.raises(error):
        demo.to_folder(tmp_path / "out", progress=stop)
    assert not (tmp_path / "out").exists()


def test_ctrl_c_during_a_call_stops_it(demo_folder):
    def press(share, doing):
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        cw.load(demo_folder, progress=press)
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_from_outside_stops_a_long_call(tmp_path):
    code = f"""
import commonweal as cw, time
print("ready", flush=True)
try:
    for i in range(10_000):
        cw.sample({str(tmp_path / "s")!r}, reporters=3000, groups=40, periods=60)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert (out, err, child.returncode) == ("interrupted\n", "", 0)


def test_a_handler_that_does_not_raise_does_not_stop(demo_folder):
    pressed = []
    before = signal.signal(signal.SIGINT, lambda *_: pressed.append(True))
    try:
        loaded = cw.load(demo_folder, progress=lambda *_: None if pressed else signal.raise_signal(signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)
    assert pressed == [True]
    assert loaded.info.synthetic


def test_progress_works_off_the_main_thread(demo_folder):
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        told = []
        pool.submit(cw.load, demo_folder, progress=lambda *a: told.append(a)).result()
    assert told


def test_rollups_tell_progress_and_stop(demo):
    told = []
    assert demo.rollup(progress=lambda *a: told.append(a)) == demo.rollup()
    assert told
    with pytest.raises(KeyboardInterrupt):
        demo.rollup(progress=lambda *_: os.kill(os.getpid(), signal.SIGINT))


def test_findings_are_logged_while_they_come(tmp_path, caplog):
    (tmp_path / "groups.csv").write_text("id,name\ncouncil,Council\ncouncil,Other\n")
    with caplog.at_level("INFO", "commonweal"), pytest.raises(cw.InvalidData):
        cw.load(tmp_path)
    levels = {r.levelname for r in caplog.records}
    assert levels == {"INFO", "ERROR"}
    assert "council is given twice" in caplog.text
    assert all(r.name == "commonweal" for r in caplog.records)


def test_a_program_that_sets_no_logging_up_stays_silent(tmp_path):
    (tmp_path / "groups.csv").write_text("id,name\ncouncil,Council\ncouncil,Other\n")
    code = f"import commonweal as cw\ntry: cw.load({str(tmp_path)!r})\nexcept cw.InvalidData: pass"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# ---- pickling, other processes


def test_initiatives_are_pickled_by_their_bytes(demo):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(demo, protocol)).pack() == demo.pack()
    with pytest.raises((TypeError, ValueError, pickle.PicklingError)):
        pickle.dumps(cw.Builder())


def test_errors_are_pickled_with_their_findings(tmp_path):
    with pytest.raises(cw.IoError) as caught:
        cw.load(tmp_path / "nowhere")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is cw.IoError
    assert (str(again), again.code, again.file, again.diagnostics) == (
        str(caught.value),
        caught.value.code,
        caught.value.file,
        caught.value.diagnostics,
    )
    assert copyreg.dispatch_table.get(cw.IoError) is None


def test_workers_of_multiprocessing_answer_and_fail_alike(demo):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        ask = operator.methodcaller("rollup", group="council", every="quarter")
        assert pool.map(ask, [demo, demo]) == [demo.rollup(group="council", every="quarter")] * 2
        with pytest.raises(cw.InvalidArgument, match="concil"):
            pool.apply(operator.methodcaller("rollup", group="concil"), [demo])


def test_a_fork_may_use_what_it_inherits(demo):
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(len, [demo.rollup()]) == len(demo.rollup())


# ---- threads


def test_one_initiative_serves_many_threads(demo):
    expected = [demo.rollup(every="quarter"), demo.assess(), demo.trend(), demo.network.nodes()]

    def ask(i):
        got = [demo.rollup(every="quarter"), demo.assess(), demo.trend(), demo.network.nodes()]
        return got == expected and got[0].to_csv() == expected[0].to_csv()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(24)))


def test_closing_under_use_is_an_error_and_not_a_crash(demo):
    for _ in range(20):
        mine = pickle.loads(pickle.dumps(demo))
        out = []

        def ask(mine=mine, out=out):
            try:
                out.append(len(mine.rollup()))
            except cw.InvalidArgument as e:
                out.append(e)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for t in threads:
            t.start()
        mine.close()
        for t in threads:
            t.join()
        assert len(out) == 4
        assert all(isinstance(o, cw.InvalidArgument) or o == len(demo.rollup()) for o in out)


def test_the_interpreter_goes_on_during_a_call(tmp_path):
    """ctypes lets go of the interpreter's lock: another thread counts while this one works."""
    ticks, stop = [0], threading.Event()

    def tick():
        while not stop.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        big = cw.sample(tmp_path / "big", reporters=2000, groups=30, periods=36)
        ticks[0] = 0
        start = time.perf_counter()
        big.pack()
        big.rollup()
        took = time.perf_counter() - start
        seen = ticks[0]
    finally:
        stop.set()
        thread.join()
    assert seen >= took / 0.001 / 50


# ---- memory


def resident() -> int:
    gc.collect()
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def test_nothing_is_left_behind(demo):
    packed = demo.pack()

    def once():
        mine = cw.Initiative.from_bytes(packed)
        table = mine.rollup()
        table.to_arrow()
        table.to_dict()
        with mine.edit() as builder:
            builder.finish()
        for wrong in ("concil", "\ud800"):
            with pytest.raises(cw.InvalidArgument):
                mine.rollup(group=wrong)
        with pytest.raises(cw.InvalidData):
            cw.Initiative.from_bytes(packed[:-1])

    for _ in range(10):
        once()
    before = resident()
    for _ in range(100):
        once()
    # Each round handles some 2 MB: a leak of one object of them would show.
    assert resident() - before < 12_000_000


class Stops:
    """What tells progress, and keeps what it raised: a cycle through the traceback."""

    def __init__(self, error):
        self.error, self.raised = error, None

    def __call__(self, share, doing):
        self.raised = self.error("enough")
        raise self.raised


def press(share, doing):
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    "stop", [lambda: Stops(Enough), lambda: Stops(KeyboardInterrupt), lambda: Stops(SystemExit), lambda: press]
)
@pytest.mark.parametrize(
    "work",
    [
        lambda i, tell, _: i.rollup(progress=tell),
        lambda i, tell, _: i.analyze("trend", progress=tell),
        lambda i, tell, _: i.assess(progress=tell),
        lambda i, tell, _: i.network.structure("nodes", progress=tell),
        lambda i, tell, _: cw.Partial(i).update(i["observations"]).finish(progress=tell),
        lambda i, tell, folder: i.to_folder(folder / "out", progress=tell),
    ],
)
def test_a_call_that_was_stopped_keeps_nothing_alive(demo, tmp_path, stop, work):
    packed = demo.pack()
    kept, seen = [], []
    for _ in range(3):
        mine = cw.Initiative.from_bytes(packed)
        tell = stop()
        try:
            work(mine, tell, tmp_path)
        except BaseException as e:
            seen.append(type(e))
        kept.append(weakref.ref(mine))
        del mine, tell
    gc.collect()
    assert len(seen) == 3
    assert [k() for k in kept] == [None] * 3


def test_without_a_cycle_of_the_callers_own_no_collector_is_needed(demo):
    packed = demo.pack()

    def stop(share, doing):
        raise Enough

    gc.collect()
    gc.disable()
    try:
        mine = cw.Initiative.from_bytes(packed)
        with contextlib.suppress(Enough):
            mine.rollup(progress=stop)
        kept = weakref.ref(mine)
        del mine
        gone = kept() is None
    finally:
        gc.enable()
    assert gone


# ---- the end of the program, other interpreters, forks


def run(code: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "work",
    [
        "x.rollup()",
        "x.rollup(progress=lambda *_: None)",
        "x.rollup(progress=lambda *_: time.sleep(0.02))",
        "x.rollup(progress=lambda *_: (ready.set(), time.sleep(100)))",  # ends within the callback
        "cw.load(folder)",
        "cw.load(folder, progress=lambda *_: (ready.set(), time.sleep(100)))",
        "cw.check(folder)",
        "x.assess()",
        "x.network.structure('nodes', progress=lambda *_: (ready.set(), time.sleep(100)))",
        "x.to_folder(folder + str(time.time_ns()))",
    ],
)
def test_the_program_ends_well_while_daemon_threads_are_in_calls(demo_folder, tmp_path, work):
    folder = tmp_path / "s"
    shutil.copytree(demo_folder, folder)
    code = f"""
import threading, time, commonweal as cw
folder = {str(folder)!r}
x = cw.load(folder)
ready = threading.Event()
def work():
    for _ in range(10**6):
        {work}
        ready.set()
for _ in range(3):
    threading.Thread(target=work, daemon=True).start()
ready.wait()
"""
    for _ in range(2):
        assert run(code) == (0, "", "")


def test_an_exit_handler_may_still_use_the_library(demo_folder):
    code = f"""
import atexit
atexit.register(lambda: print(len(x.rollup(progress=lambda *_: None)) > 0))
import commonweal as cw
x = cw.load({str(demo_folder)!r})
"""
    assert run(code) == (0, "True\n", "")


def test_a_subinterpreter_is_refused_and_the_main_one_stays_whole(demo_folder):
    pytest.importorskip("_xxsubinterpreters")
    inside = """
for module in ("commonweal", "commonweal.table", "commonweal._native"):
    try:
        __import__(module)
    except ImportError as e:
        assert "subinterpreter" in str(e), e
    else:
        raise SystemError
import sys
assert "ctypes" not in sys.modules
import ctypes # as another package may: it clears what the interpreters share
"""
    code = f"""
import _xxsubinterpreters as interpreters
import commonweal as cw
x = cw.load({str(demo_folder)!r})
for _ in range(2):
    other = interpreters.create()
    interpreters.run_string(other, {inside!r})
    interpreters.destroy(other)
    told = []
    assert len(x.rollup(progress=lambda *a: told.append(a))) and told
    assert cw.Table({{"a": [1, None], "b": ["x", "y"]}}).to_dict() == {{"a": [1, None], "b": ["x", "y"]}}
    assert cw.Table(x["groups"]) == x["groups"]
    try:
        x.rollup(group="concil")
    except cw.InvalidArgument:
        print("whole")
"""
    assert run(code) == (0, "whole\nwhole\n", "")


def test_a_child_of_fork_has_no_lock_that_another_thread_held():
    code = """
import os, threading, time, commonweal as cw
stop = False
def churn():
    while not stop:
        cw.Table({"a": [1]})
threads = [threading.Thread(target=churn) for _ in range(3)]
for t in threads:
    t.start()
for _ in range(60):
    child = os.fork()
    if child == 0:
        for _ in range(20):
            cw.Table({"a": [1]})
        os._exit(0)
    until = time.monotonic() + 60
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            os.kill(child, 9)
            print("hangs")
            break
        time.sleep(0.001)
stop = True
for t in threads:
    t.join()
"""
    assert run(code) == (0, "", "")
