"""Baselines: the PDFs that somebody has accepted, and the record of who did, when and why.

A folder holds the index, `index.jsonl`: one decision a line, only ever added to. The files lie in a store under the
hash of their bytes (`objects/ab/abcd….pdf`): in the same folder, for git, or at any address that fsspec knows. What
the baseline of a document is follows from its decisions alone, so an undone approval is only one decision more.
"""

from __future__ import annotations

import fcntl
import importlib.metadata
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from masthead.comparison.contents import sha256
from masthead.comparison.difference import Comparison, Key, State
from masthead.comparison.pairing import Copy, Pair, producer
from masthead.document import BaselineError, files, stores

INDEX = "index.jsonl"
HASH = re.compile(r"[0-9a-f]{64}")


class Act(StrEnum):
    """What somebody decided."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"  # the document is no more
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the index.

    `document` is its symbol and language, `sha256` the candidate decided on, `previous` the baseline before, `pages`
    those approved (none: all of it), `versions` what made the file, `name` what it was called. `when` is ISO 8601.
    """

    act: Act
    document: str
    sha256: str
    by: str
    when: str
    why: str
    name: str = ""
    previous: str = ""
    pages: tuple[int, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands: its baseline's hash (empty: none yet), and what is decided on later candidates."""

    baseline: Decision | None = None
    pages: frozenset[tuple[str, int]] = frozenset()
    rejected: tuple[tuple[str, str], ...] = ()

    def applied(self, comparison: Comparison) -> Comparison:
        """`comparison` with the pages of its candidate that are approved, or the reason why it is rejected."""
        candidate = comparison.candidate.sha256 if comparison.candidate else ""
        pages = frozenset(page for sha, page in self.pages if sha == candidate)
        return replace(comparison, accepted=pages, rejected=dict(self.rejected).get(candidate, ""))


@dataclass(frozen=True, slots=True)
class Baselines:
    """The baselines in `folder`. `objects` is where their files lie: a folder, or an address of fsspec's."""

    folder: Path
    objects: str = ""

    def copies(self) -> tuple[Copy, ...]:
        """Every baseline there is, as comparison takes it; bytes are checked against their hash when they are read."""
        standings = self.standings()
        kept = (standing.baseline for standing in standings.values() if standing.baseline)
        return tuple(Copy(each.name, each.sha256, _Reading(self, each.sha256)) for each in kept)

    def standings(self) -> dict[str, Standing]:
        """Where each document stands. Raises BaselineError when the index is damaged."""
        return {document: _standing(decisions) for document, decisions in _by_document(self.decisions()).items()}

    def undoable(self) -> frozenset[str]:
        """The documents on which there is a decision to undo. Raises BaselineError when the index is damaged."""
        return frozenset(document for document, all_ in _by_document(self.decisions()).items() if _effective(all_))

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, the oldest first. Raises BaselineError when the index is damaged."""
        try:
            text = (self.folder / INDEX).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(self.folder / INDEX, str(error)) from error
        lines = text.split("\n")
        if lines[-1]:
            raise _damaged(f"{self.folder / INDEX}:{len(lines)}", "the last line is cut off")
        return tuple(_decision(line, f"{self.folder / INDEX}:{number}") for number, line in enumerate(lines[:-1], 1))

    def read(self, sha: str) -> bytes:
        """The file of that hash. Raises BaselineError when it is lost or is another."""
        path = self._path(sha)
        try:
            data = stores.get(path)
        except OSError as error:
            raise BaselineError(
                "the baseline's file is lost", where=path, hint="restore it, or approve again"
            ) from error
        if sha256(data) != sha:
            raise BaselineError(
                "the baseline's bytes are not those that were approved",
                where=path,
                hint="restore the file (git checkout, a copy of the store), or approve again",
            )
        return data

    def record(self, decisions: Iterable[tuple[Decision, bytes]]) -> None:
        """Write `decisions`, each with the bytes decided on (nothing for an undo): all, or none.

        The files come first; the index is replaced in one step while nobody else may write it.
        """
        decisions = tuple(decisions)
        for decision, data in decisions:
            if data:
                self._keep(decision.sha256, data)
        with self._locked():
            standings = self.standings()
            old = (self.folder / INDEX).read_bytes() if (self.folder / INDEX).exists() else b""
            new = "".join(_line(_dated(decision, standings)) for decision, _ in decisions)
            files.save(self.folder / INDEX, old + new.encode())

    def _keep(self, sha: str, data: bytes) -> None:
        """Put a file into the store under its hash. What is there and whole stays, what is damaged is mended."""
        try:
            self.read(sha)
        except BaselineError:
            stores.put(self._path(sha), data)

    def _path(self, sha: str) -> str:
        root = self.objects.rstrip("/") or str(self.folder.absolute() / "objects")
        return f"{root}/{sha[:2]}/{sha}.pdf"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # given back when the process ends, however it ends
            yield
        finally:
            os.close(handle)


@dataclass(frozen=True, slots=True)
class _Reading:
    baselines: Baselines
    sha256: str

    def __call__(self) -> bytes:
        return self.baselines.read(self.sha256)


def refuse_in_ci() -> None:
    """Raise BaselineError where no person can be deciding: continuous integration says CI=true."""
    if os.environ.get("CI", "").lower() in ("true", "1", "yes"):
        raise BaselineError(
            "nothing is approved in continuous integration", hint="approve on a desk, and commit the baselines"
        )


def approval(comparison: Comparison, pair: Pair, *, pages: Iterable[int] = ()) -> Decision:
    """The decision to accept `pages` of the candidate, or all of it; who, when and why are still to be filled in.

    Where nothing is open beside these pages and those approved before, all of it is accepted. Where there is no
    candidate, the baseline goes.
    """
    candidate = pair.candidate
    if candidate is None:
        assert pair.baseline is not None
        return Decision(
            Act.WITHDRAW, str(pair.key), pair.baseline.sha256, by="", when="", why="", name=pair.baseline.name
        )
    pages = tuple(sorted(set(pages)))
    accepted = comparison.accepted | frozenset(pages)
    rest = replace(comparison, accepted=accepted, rejected="").open
    whole = not pages or (comparison.state is not State.NEW and not rest)
    return Decision(
        Act.APPROVE,
        str(comparison.key),
        candidate.sha256,
        by="",
        when="",
        why="",
        name=Path(candidate.name).name,
        pages=() if whole else pages,
        versions={"producer": producer(candidate.read()), "masthead": importlib.metadata.version("masthead")},
    )


def undo(baselines: Baselines, key: Key, *, by: str, when: str, why: str) -> None:
    """Take back the last decision on a document that is not taken back yet. Raises BaselineError when there is none."""
    effective = _effective(_by_document(baselines.decisions()).get(str(key), ()))
    if not effective:
        raise BaselineError(f"there is no decision on {key} to undo")
    last = effective[-1]
    baselines.record([(Decision(Act.UNDO, str(key), last.sha256, by, when, why, last.name), b"")])


def _by_document(decisions: Iterable[Decision]) -> dict[str, tuple[Decision, ...]]:
    documents: dict[str, tuple[Decision, ...]] = {}
    for decision in decisions:
        documents[decision.document] = (*documents.get(decision.document, ()), decision)
    return documents


def _effective(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that stand: each undo takes the last one before it away."""
    standing: list[Decision] = []
    for decision in decisions:
        if decision.act is not Act.UNDO:
            standing.append(decision)
        elif standing:
            standing.pop()
    return standing


def _standing(decisions: Iterable[Decision]) -> Standing:
    """What follows from a document's decisions. A later decision on one candidate stands instead of an earlier."""
    standing = Standing()
    for decision in _effective(decisions):
        rejected = tuple(each for each in standing.rejected if each[0] != decision.sha256)
        if decision.act is Act.WITHDRAW:
            standing = Standing()
        elif decision.act is Act.REJECT:
            standing = replace(standing, rejected=(*rejected, (decision.sha256, decision.why or "no reason given")))
        elif decision.pages:
            pages = standing.pages | {(decision.sha256, page) for page in decision.pages}
            standing = replace(standing, pages=pages, rejected=rejected)
        else:
            standing = Standing(baseline=decision, rejected=rejected)
    return standing


def _dated(decision: Decision, standings: dict[str, Standing]) -> Decision:
    baseline = standings.get(decision.document, Standing()).baseline
    return replace(decision, previous=baseline.sha256 if baseline else "")


def _line(decision: Decision) -> str:
    return json.dumps(asdict(decision), ensure_ascii=False) + "\n"


def _decision(line: str, where: str) -> Decision:
    try:
        entry: dict[str, Any] = json.loads(line)
        entry.update(act=Act(entry["act"]), pages=tuple(map(int, entry.get("pages", ()))))
        decision = Decision(**entry)
        if not HASH.fullmatch(decision.sha256) or not all(isinstance(entry[key], str) for key in ("document", "by")):
            raise ValueError("no hash")
        return decision
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(where, f"not a decision: {error}") from error


def _damaged(where: Path | str, why: str) -> BaselineError:
    return BaselineError(
        f"the index of baselines is damaged: {why}",
        where=str(where),
        hint="nothing was changed; restore the file from git, the objects beside it are whole",
    )
