"""A night of very many documents through Dask's scheduler, without making any: where does the run itself give in?

    python benchmarks/night.py [--documents 1000000] [--workers 16] [--cost 0.0]

Sources are tiny files. What workers do is replayed: each task waits for `--cost` seconds and returns a small file with
the report of a real page. Everything else is real: the plan, the scheduler and its messages, the files that are
written, and the record. After each tenth the table has the documents a second, the CPU time of this process for one
document, and its memory. Fails if the last tenth costs half as much again as the first.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from masthead import batch, formats
from masthead.batch import work
from masthead.batch.cluster import Cluster
from masthead.batch.tasks import Answer, Identity, Product, Question, SourcePath, Task
from masthead.document import DocumentType, Language, Organ, files
from masthead.publication import Options, SourceFile

FOLDER = 1000  # sources in each


class Replay(Cluster):
    """A cluster whose workers replay, and whose sources are read by this process."""

    cost = 0.0

    def __init__(self, address: str) -> None:
        super().__init__(address, batch.Limits())
        self.readers.__exit__()
        self.readers = Readers()  # type: ignore[assignment]

    def __exit__(self, *_: object) -> None:
        self._client.close()  # type: ignore[no-untyped-call]

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        future: Future[Any] = self._executor.submit(replayed, given, self.cost)
        return future


class Readers:
    """Does at once what workers on this machine do."""

    width = 1
    drafts = None
    readers = property(lambda self: self)

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result([*map(_read, given[1])] if isinstance(given, tuple) else _read(given))
        return future

    def loss(self, error: BaseException, size: int = 0) -> None:
        return None


def _read(given: Question | SourcePath) -> Answer | SourceFile:
    if isinstance(given, SourcePath):
        return SourceFile(str(given.path), given.path.read_bytes())
    path = given.source.path
    return Answer(files.sha256(path.read_bytes()), _identity(path.stem))


def replayed(given: Any, cost: float) -> Product | list[Product]:
    """Return what the worker would have made of a task, or of several, after the time that it would have taken."""
    return [_replayed(task, cost) for task in given[1]] if isinstance(given, tuple) else _replayed(given, cost)


def _replayed(task: Task, cost: float) -> Product:
    time.sleep(cost)
    assert isinstance(task.source, SourceFile)
    name = Path(task.source.name).stem
    pdf = f"%PDF {name}".encode()
    return replace(_product(), identity=_identity(name), pdf=pdf, digest=files.sha256(pdf))


@cache
def _product() -> Product:
    note = formats.new_document(DocumentType.NOTE, Language.ARABIC, Organ.GENERAL_ASSEMBLY, date(2049, 9, 1))
    source = SourceFile("note.md", formats.render(note, ".md"))
    return work.make(Task(source, files.sha256(source.data), Options()))


def _identity(name: str) -> Identity:
    return Identity(name, "ar", "note")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--cost", type=float, default=0.0)
    chosen = parser.parse_args()
    Replay.cost = chosen.cost
    with tempfile.TemporaryDirectory() as name, _scheduler(chosen.workers) as address:
        sources = tuple(_sources(Path(name) / "in", chosen.documents))
        output = Path(name) / "out"
        asked = batch.Batch(sources, output)
        before = resource.getrusage(resource.RUSAGE_SELF)
        with batch.opened(output) as kept, Replay(address) as cluster:
            run = batch.Run(asked, kept, cluster, work.here())
            costs = list(_tenths(run.outcomes(), chosen.documents))
        after = resource.getrusage(resource.RUSAGE_SELF)
    print(f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.0f} CPU s in all")
    if costs[-1] > 1.5 * costs[0]:
        raise SystemExit(f"the last tenth took {costs[-1] / costs[0]:.2f} times the CPU time of the first")


def _tenths(outcomes: Iterator[batch.Outcome], total: int) -> Iterator[float]:
    """Print and yield the CPU time in seconds for one document of each tenth."""
    states: Counter[str] = Counter()
    begin, clock = time.perf_counter(), time.process_time()
    print("documents  a second  CPU ms each  MiB now")
    for number, outcome in enumerate(outcomes, 1):
        states[outcome.state] += 1
        if number % max(1, total // 10) == 0:
            each = (time.process_time() - clock) / (total // 10)
            rate = total / 10 / (time.perf_counter() - begin)
            print(f"{number:9,}  {rate:8,.0f}  {1000 * each:11.2f}  {_resident():7,.0f}", flush=True)
            yield each
            begin, clock = time.perf_counter(), time.process_time()
    print(dict(states))


def _resident() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _sources(folder: Path, count: int) -> Iterator[Path]:
    for number in range(count):
        path = folder / f"{number // FOLDER:05}" / f"{number:09}.md"
        if number % FOLDER == 0:
            path.parent.mkdir(parents=True)
        path.write_text(f"{number}\n")
        yield path


@contextmanager
def _scheduler(workers: int) -> Iterator[str]:
    with ExitStack() as stack:

        def start(*arguments: str) -> None:
            command = [sys.executable, "-m", *arguments]
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent)
            stack.callback(process.wait)
            stack.callback(process.terminate)

        address = "tcp://127.0.0.1:8799"
        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "8799", "--no-dashboard")
        options = "--nworkers", "1", "--nthreads", str(workers), "--no-dashboard"
        start("distributed.cli.dask_worker", address, *options)
        yield address


if __name__ == "__main__":
    sys.modules["night"] = sys.modules["__main__"]  # where workers find what they are sent
    for value in (replayed, _product, _identity):
        value.__module__ = "night"
    main()
