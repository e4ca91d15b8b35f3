"""A desk that runs as its own process, and clients of it, for the tests and for `benchmarks/desk.py`."""

from __future__ import annotations

import http.client
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from masthead.service.desk import DeskRole, add_token

SEEN = 90  # seconds to wait for what a desk makes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def values(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class DeskClient:
    """Somebody with a token, or with none."""

    port: int
    token: str = ""

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request, and return the answer. A dictionary is sent as JSON, an iterable in parts."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SEEN)
        sent = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            data = json.dumps(body) if isinstance(body, dict) else body
            with suppress(BrokenPipeError, ConnectionResetError):  # an answer may come before everything is sent
                connection.request(method, path, data, {**sent, **(headers or {})})
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Any:
        """Return the values at a path."""
        answer = self.ask("GET", path, headers=headers)
        assert answer.status == 200, answer
        return answer.values

    def submit(self, name: str, data: bytes | str) -> Answer:
        return self.ask("POST", f"/api/sources?name={quote(name)}", data.encode() if isinstance(data, str) else data)

    def sources(self) -> list[dict[str, Any]]:
        """Return everything that the page shows."""
        found, after = [], 0
        while after is not None:
            answer = self.get(f"/api/sources?after={after}")
            found += answer["sources"]
            after = answer.get("next")
        return found

    def settled(self, seconds: float = SEEN) -> list[dict[str, Any]]:
        """Return everything when nothing is waiting."""
        return until(lambda: (found := self.sources(), all(s["state"] != "waiting" for s in found)), seconds)

    def decide(self, id: str, act: str, why: str = "as agreed") -> Answer:
        return self.ask("POST", f"/api/sources/{id}/decisions", {"act": act, "why": why})


@dataclass(slots=True)
class DeskProcess:
    """`masthead serve` on a folder."""

    folder: Path
    tokens: dict[str, str]
    options: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        file = self.folder.parent / f"{self.folder.name}.tokens.toml"
        command = [sys.executable, "-m", "masthead", "serve", str(self.folder), "--port", str(self.port)]
        command += ["--tokens", str(file), "--log", str(self.log), *self.options]
        with self.errors.open("a") as errors:
            self.process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=errors)
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line.startswith("http://"), self.errors.read_text("utf-8")
        self.port = int(line.split("/")[2].rpartition(":")[2])
        until(lambda: (True, self._is_ready()), 30)

    def _is_ready(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return DeskClient(self.port).ask("GET", "/health").status == 200
        return False

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    @property
    def errors(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.err"

    def client(self, role: str = "") -> DeskClient:
        return DeskClient(self.port, self.tokens.get(role, ""))

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would; start it again on the same port with `start`."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        assert self.process and self.process.stdout
        self.process.send_signal(number)
        self.process.wait(30)
        self.process.stdout.close()

    def memory(self) -> int:
        """Return the resident memory of the server in KiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@contextmanager
def desk(folder: Path, *options: str) -> Iterator[DeskProcess]:
    """Run a desk with a user of each role, one with all of them (`all`), while the block runs."""
    file = folder.parent / f"{folder.name}.tokens.toml"
    tokens = {str(role): add_token(file, f"the {role}", [role]) for role in DeskRole}
    tokens["all"] = add_token(file, "Layla Haddad", list(DeskRole))
    running = DeskProcess(folder, tokens, options)
    running.start()
    try:
        yield running
    finally:
        if running.process and running.process.poll() is None:
            running.stop()


def until(look: Callable[[], tuple[Any, Any]], seconds: float = SEEN) -> Any:
    """Return what `look` returns first as soon as the second is true. Raises AssertionError after some seconds."""
    end = time.monotonic() + seconds
    while True:
        found, is_there = look()
        if is_there:
            return found
        assert time.monotonic() < end, found
        time.sleep(0.1)


def bundle(members: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def note(symbol: str, language: str = "en", text: str = "The meeting begins at ten.") -> str:
    """Return the source of a note of one page."""
    from datetime import date

    from masthead.document import DocumentType, Language, Organ
    from masthead.formats import new_document, write

    made = write(new_document(DocumentType.NOTE, Language(language), Organ.GENERAL_ASSEMBLY, date(2049, 9, 1)), ".md")
    lines = [f"symbol: {symbol}" if line.startswith("symbol:") else line for line in made.splitlines()]
    return "\n".join([*lines, "", text, ""])


def children(pid: int) -> list[int]:
    """Return the processes that a process and its children have started."""
    found: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            found.setdefault(int(status.read_text().rpartition(")")[2].split()[1]), []).append(int(status.parent.name))
    waiting, all_of_them = [pid], []
    while waiting:
        waiting += (more := found.get(waiting.pop(), []))
        all_of_them += more
    return all_of_them


def workers(pid: int) -> list[int]:
    """Return the worker processes of a desk: those that its fork servers started."""
    direct = {child for child in children(pid) if _parent(child) == pid}
    return [each for each in children(pid) if each not in direct]


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
