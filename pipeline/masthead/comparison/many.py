"""Many pairs compared: in one process or several, with what was found before kept in the user's cache."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from functools import cache as cached
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from masthead import preflight
from masthead.comparison.comparing import compare
from masthead.comparison.pairing import Pair, PdfFile, producer
from masthead.comparison.results import Comparison, Side
from masthead.comparison.tolerance import DEFAULT, Tolerance
from masthead.document import Finding, SourceError, cache, files, organizations

T = TypeVar("T")

_AHEAD = 4  # pairs that each process has waiting
_CACHE = "comparisons"
_CACHED = 2**28  # bytes: tens of thousands of comparisons without pictures
_OURS = "WeasyPrint"  # in the name of the program that made a file
_TASKS = 100  # pairs after which a process is replaced: libraries keep some memory


def compare_all(
    pairs: Iterable[Pair], *, tolerance: Tolerance = DEFAULT, jobs: int = 1, kept: bool = False
) -> Iterator[Comparison]:
    """Compare pairs in order, as they are asked for, in `jobs` processes; few files are in memory at a time.

    With `kept`, a pair that was compared before, with the same tolerance and version of Masthead, is not compared
    again. Raises SourceError.
    """
    if kept:
        cache.trim(_CACHE, _CACHED)
    if jobs == 1:
        yield from (_compared(pair, tolerance, kept) for pair in pairs)
        return
    waiting: deque[Comparison | Future[Comparison]] = deque()
    spawned, begin, key = get_context("spawn"), organizations.begin, organizations.current().key
    with ProcessPoolExecutor(jobs, spawned, begin, key, max_tasks_per_child=_TASKS) as pool:
        try:
            for pair in pairs:
                task = (
                    pool.submit(_compared, pair, tolerance, kept) if _has_changed(pair) else _unchanged(pair, tolerance)
                )
                waiting.append(task)
                if len(waiting) > jobs * _AHEAD:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)


def _result(task: Comparison | Future[Comparison]) -> Comparison:
    return task.result() if isinstance(task, Future) else task


def _has_changed(pair: Pair) -> bool:
    return bool(pair.baseline and pair.candidate and pair.baseline.sha256 != pair.candidate.sha256)


def _unchanged(pair: Pair, tolerance: Tolerance) -> Comparison:
    before, after = (Side(each.sha256) if each else None for each in (pair.baseline, pair.candidate))
    return Comparison(pair.key, before, after, ignored=tolerance.ignored)


def _compared(pair: Pair, tolerance: Tolerance, kept: bool) -> Comparison:
    old, new = pair.baseline, pair.candidate
    if not _has_changed(pair) or old is None or new is None:
        return _unchanged(pair, tolerance)

    def make() -> Comparison:
        try:
            return compare(old.read(), new.read(), key=pair.key, tolerance=tolerance)
        except SourceError as error:
            raise SourceError(error.message, where=f"{pair.key}, {error.where}", hint=error.hint) from error

    name = f"comparison {old.sha256} {new.sha256} {tolerance}"
    comparison = replace(_kept(name, make, kept), key=pair.key)
    if comparison.same:
        return comparison
    programs = [producer(file.read()) for file in (old, new)]
    # What only our files have says nothing about those of another program.
    profile = "foreign" if any(program and _OURS not in program for program in programs) else "default"
    known = {_said(finding) for finding in _findings(old, profile, kept)}
    findings = (each for each in _findings(new, profile, kept) if _said(each) not in known)
    return replace(comparison, findings=tuple(findings))


def _findings(file: PdfFile, profile: str, kept: bool) -> tuple[Finding, ...]:
    """What preflight finds in a file."""
    make = partial(preflight.check, file.read(), profile=profile)
    return _kept(f"findings {file.sha256} {profile}", lambda: tuple(make().findings), kept)


def _said(finding: Finding) -> tuple[str, str, int | None]:
    return finding.rule, finding.message, finding.page


def _kept(name: str, make: Callable[[], T], kept: bool) -> T:
    """What is in the cache under a name and this version of the package; else what `make` makes, which is put there."""
    if not kept:
        return make()
    made_by = f"{_version()} {organizations.current().digest}".rstrip()
    path = f"{_CACHE}/{files.sha256(f'{made_by} {name}'.encode())}"
    if data := cache.read(path):
        found: T = pickle.loads(data)  # the cache gives only what this user has written
        return found
    made = make()
    cache.write(path, pickle.dumps(made))
    return made


@cached
def _version() -> str:
    """The digest of the package's source."""
    package = Path(__file__).parent.parent
    return files.sha256(b"".join(path.read_bytes() for path in sorted(package.rglob("*.py"))))
