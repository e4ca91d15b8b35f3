"""Signals end a command where that is safe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from masthead.cli import signals
from masthead.cli.signals import Interruptions

INSTALLED = """
import os, signal, sys, time
signal.alarm(30)  # one that does not end fails its test
from masthead.cli.signals import interruptions
interruptions.begun = {begun}
interruptions.install()
"""
IMPORTED = """
import os, signal, time
os.kill(os.getpid(), signal.SIGTERM)
while not time.sleep(0.01):
    print("imported", flush=True)
    break
"""
WAITING = """
try:
    import slow
    print("waiting", flush=True)
    time.sleep(60)
except KeyboardInterrupt as stop:
    print("stopped by", stop.args[0])
    sys.exit(interruptions.exit_code)
"""


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "slow.py").write_text(IMPORTED)
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def test_a_signal_before_a_command_has_begun_ends_the_process(tmp_path: Path) -> None:
    ended = run(f"{INSTALLED.format(begun=False)}os.kill(os.getpid(), signal.SIGTERM)\nprint('too late')", tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + signal.SIGTERM, "", "")


def test_an_import_is_not_interrupted(tmp_path: Path) -> None:
    ended = run(INSTALLED.format(begun=True) + WAITING, tmp_path)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGTERM, "")
    assert ended.stdout.splitlines() == ["imported", "waiting", "stopped by 15"]


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN), signal.getsignal(signal.SIGTERM)
    try:
        Interruptions().install()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)


def test_elsewhere_a_signal_is_a_keyboard_interrupt() -> None:
    both = Interruptions()
    both.begun = True
    with pytest.raises(KeyboardInterrupt):
        both(signal.SIGTERM, sys._getframe())
    assert both.exit_code == 143


def test_a_signal_during_an_import_comes_again_after_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    delayed: list[object] = []
    monkeypatch.setattr(signals.threading, "Timer", lambda *given: delayed.append(given) or SimpleNamespace(start=int))
    both = Interruptions()
    both.begun = True
    (tmp_path / "imported_during_a_signal.py").write_text("import signal, sys\nboth(signal.SIGTERM, sys._getframe())\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("builtins.both", both, raising=False)
    import_module("imported_during_a_signal")
    assert delayed == [(signals._MOMENT, os.kill, (os.getpid(), signal.SIGTERM))]


LOCKING = """
import threading
def interrupt(frame, event, function):
    if event == "c_return" and frame.f_code is threading.Condition.__enter__.__code__:
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGTERM)
lock = threading.Condition()
sys.setprofile(interrupt)
try:
    with lock:
        print("locked", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    free = []
    other = threading.Thread(target=lambda: free.append(lock.acquire(timeout=1)))
    other.start()
    other.join()
    print("free" if free == [True] else "never given back")
"""


def test_a_lock_that_is_being_taken_is_given_back(tmp_path: Path) -> None:
    ended = run(INSTALLED.format(begun=True) + LOCKING, tmp_path)
    assert (ended.stdout.splitlines(), ended.stderr) == (["locked", "free"], "")


WAKING = """
import queue, threading
tasks = queue.Queue()
def take():
    while tasks.get():
        pass
def interrupt(frame, event, function):
    if event == "c_return" and frame.f_code is threading.Condition.notify.__code__ and function.__name__ == "release":
        sys.setprofile(None)
        os.kill(os.getpid(), signal.SIGTERM)
def wait():
    while not tasks.not_empty._waiters or tasks.qsize():
        time.sleep(0.01)
taker = threading.Thread(target=take, daemon=True)
taker.start()
wait()
sys.setprofile(interrupt)
try:
    tasks.put("first")
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.2)  # it waits for the next one
    tasks.put(None)
    taker.join(5)
    print("ended" if not taker.is_alive() else "never woken")
"""


def test_a_thread_that_is_being_woken_is_woken_again(tmp_path: Path) -> None:
    ended = run(INSTALLED.format(begun=True) + WAKING, tmp_path)
    assert (ended.stdout.splitlines(), ended.stderr) == (["ended"], "")


@pytest.mark.parametrize(
    ("name", "file", "is_unsafe"),
    [
        ("__enter__", "/python/threading.py", True), ("__exit__", "/python/threading.py", True),
        ("notify", "/python/threading.py", True), ("schedule", "/site-packages/pebble/pool/process.py", True),
        ("join", "/site-packages/pebble/pool/process.py", False),
        ("__enter__", "/python/tempfile.py", False), ("wait", "/python/threading.py", False),
        ("find_spec", "<frozen importlib._bootstrap>", True), ("find_spec", "/python/importlib/util.py", False),
    ],
)  # fmt: skip
def test_imports_and_locks_alone_are_not_interrupted(name: str, file: str, is_unsafe: bool) -> None:
    made: dict[str, Any] = {}
    exec(compile(f"import sys\ndef {name}(): return sys._getframe()", file, "exec"), made)
    assert signals._is_unsafe(made[name]()) is is_unsafe
    assert not signals._is_unsafe(None)
