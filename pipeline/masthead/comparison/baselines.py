"""Baselines: the PDFs that somebody has accepted, and the index of who did so, when and why.

A folder holds the index, `index.jsonl`, with one decision a line, to which lines are only added. The files are in a
store under the hash of their bytes (`objects/ab/abcd….pdf`): in the same folder, for git, or at an fsspec address. The
baseline of a document follows from its decisions alone, so undoing an approval only adds a decision.
"""

from __future__ import annotations

import fcntl
import importlib.metadata
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from masthead.comparison.pairing import Pair, PdfFile, page_count, producer
from masthead.comparison.results import Comparison, DocumentKey, State
from masthead.document import BaselineError, OrderError, files, stores

INDEX = "index.jsonl"
_HASH = re.compile(r"[0-9a-f]{64}")


class Act(StrEnum):
    """What somebody decided."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"  # the document is deleted
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the index.

    `document` is its symbol and language, `sha256` the hash of the candidate decided on, `previous` that of the
    baseline before, `pages` the pages approved (empty: all of them), `versions` what made the file, `name` that of the
    file. `when` is ISO 8601.
    """

    act: Act
    document: str
    sha256: str
    by: str = ""
    when: str = ""
    why: str = ""
    name: str = ""
    previous: str = ""
    pages: tuple[int, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from the decisions on a document: its baseline, and the pages and rejections of later candidates.

    `pages` are pairs of a candidate's hash and an approved page, `rejected` maps a candidate's hash to the reason.
    `undoable` says that there is a decision to undo.
    """

    baseline: Decision | None = None
    pages: frozenset[tuple[str, int]] = frozenset()
    rejected: dict[str, str] = field(default_factory=dict)
    undoable: bool = False

    def applied(self, comparison: Comparison) -> Comparison:
        """Return `comparison` with what is decided on its candidate: approved pages, or the reason for a rejection."""
        candidate = comparison.candidate.sha256 if comparison.candidate else ""
        pages = frozenset(page for sha256, page in self.pages if sha256 == candidate)
        return replace(comparison, accepted=pages, rejected=self.rejected.get(candidate, ""))


@dataclass(frozen=True, slots=True)
class Baselines:
    """The baselines in `folder`. `objects` is the place of their files: a folder, or an fsspec address."""

    folder: Path
    objects: str = ""

    def pdf_files(self) -> tuple[PdfFile, ...]:
        """Return all baselines; their bytes are checked against their hash when they are read."""
        kept = (standing.baseline for standing in self.standings().values() if standing.baseline)
        return tuple(PdfFile(each.name, each.sha256, partial(self.read, each.sha256)) for each in kept)

    def standings(self) -> dict[str, Standing]:
        """Return the standing of each document. Raises BaselineError if the index is damaged."""
        return {document: _standing(decisions) for document, decisions in self._effective().items()}

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision, the oldest first. Raises BaselineError if the index is damaged."""
        index = self.folder / INDEX
        try:
            text = index.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ()
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(str(index), str(error)) from error
        *lines, rest = text.split("\n")
        if rest:
            raise _damaged(f"{index}:{len(lines) + 1}", "the last line is cut off")
        return tuple(_decision(line, f"{index}:{number}") for number, line in enumerate(lines, 1))

    def read(self, sha256: str) -> bytes:
        """Return the file with that hash. Raises BaselineError if it is lost or damaged."""
        path = self._path(sha256)
        try:
            data = stores.get(path)
        except FileNotFoundError as error:
            hint = "restore it, or approve again"
            raise BaselineError("the baseline's file is missing", where=path, hint=hint) from error
        except Exception as error:  # stores raise errors of their own
            hint = "check the address, the network and your permissions"
            raise BaselineError(f"the store of baselines cannot be read: {error}", where=path, hint=hint) from error
        if files.sha256(data) != sha256:
            hint = "restore the file (git checkout, a copy of the store), or approve again"
            raise BaselineError("the baseline's bytes are not those that were approved", where=path, hint=hint)
        return data

    def record(self, decisions: Iterable[tuple[Decision, bytes]]) -> None:
        """Write all `decisions` or none, each with the bytes decided on (none for an undo).

        The files are written first; then the index is replaced in one step under a lock.
        """
        decisions = tuple(decisions)
        for decision, data in decisions:
            if data:
                self._keep(decision.sha256, data)
        with self._locked():
            standings = self.standings()
            index = self.folder / INDEX
            new = "".join(_line(decision, standings.get(decision.document)) for decision, _ in decisions)
            files.save(index, (index.read_bytes() if index.exists() else b"") + new.encode())

    def undo(self, key: DocumentKey, *, by: str, when: str, why: str) -> None:
        """Undo the last decision on a document that is not yet undone. Raises BaselineError if it has no decision."""
        effective = self._effective().get(str(key))
        if not effective:
            raise BaselineError(f"no decision on {key} to undo")
        last = effective[-1]
        self.record([(Decision(Act.UNDO, str(key), last.sha256, by, when, why, last.name), b"")])

    def collect(self) -> tuple[str, ...]:
        """Delete the files that no decision can make a baseline again: rejected ones, and those of no decision.

        Files that an undo can bring back are kept. Returns the addresses of what was deleted. Raises BaselineError.
        """
        with self._locked():
            kept = {each.sha256 for each in self.decisions() if each.act is not Act.REJECT}
            try:
                garbage = [
                    address
                    for address in stores.listed(self._root)
                    if _HASH.fullmatch(_stored(address)) and _stored(address) not in kept
                ]
                for address in garbage:
                    stores.delete(address)
            except Exception as error:
                raise BaselineError(f"files of the baselines cannot be deleted: {error}", where=self._root) from error
        return tuple(garbage)

    def _effective(self) -> dict[str, list[Decision]]:
        """The decisions on each document that count: an undo cancels the last one before it, and itself."""
        documents: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.decisions():
            effective = documents[decision.document]
            if decision.act is not Act.UNDO:
                effective.append(decision)
            elif effective:
                effective.pop()
        return documents

    def _keep(self, sha256: str, data: bytes) -> None:
        """Put a file into the store under its hash. A damaged one is replaced."""
        try:
            self.read(sha256)
        except BaselineError:
            path = self._path(sha256)
            try:
                stores.put(path, data)
            except Exception as error:
                hint = "nothing was recorded; check the address, the network and your permissions"
                raise BaselineError(
                    f"the store of baselines cannot be written: {error}", where=path, hint=hint
                ) from error

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}.pdf"

    @property
    def _root(self) -> str:
        return self.objects.rstrip("/") or str(self.folder.absolute() / "objects")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # released when the process ends, even by a crash
            yield
        finally:
            os.close(handle)


def refuse_in_ci() -> None:
    """Raise BaselineError in continuous integration (`CI=true`), where no person can decide."""
    if os.environ.get("CI", "").lower() in ("true", "1", "yes"):
        hint = "approve on your own machine, and commit the baselines"
        raise BaselineError("approvals are refused in continuous integration", hint=hint)


def approval(comparison: Comparison, pair: Pair, *, pages: Iterable[int] = ()) -> Decision:
    """Return the decision to accept `pages` of the candidate, or all of it; without who, when and why.

    If nothing is open besides these pages and those approved before, all of it is accepted. If there is no candidate,
    the baseline is withdrawn. Raises OrderError for a page that the candidate does not have.
    """
    candidate = pair.candidate
    if candidate is None:
        assert pair.baseline is not None
        return Decision(Act.WITHDRAW, str(pair.key), pair.baseline.sha256, name=pair.baseline.name)
    pages = tuple(sorted(set(pages)))
    data = candidate.read()
    if missing := [page for page in pages if not 1 <= page <= page_count(data)]:
        hint = f"it has pages 1 to {page_count(data)}"
        raise OrderError(f"{comparison.key} has no page {missing[0]}", where=candidate.name, hint=hint)
    rest = replace(comparison, accepted=comparison.accepted | frozenset(pages), rejected="").open
    # Of a new document there are no differences to be open, so its pages are accepted one by one.
    whole = not pages or (comparison.state is not State.NEW and not rest)
    versions = {"producer": producer(data), "masthead": importlib.metadata.version("masthead")}
    name, approved = Path(candidate.name).name, () if whole else pages
    document = str(comparison.key)
    return Decision(Act.APPROVE, document, candidate.sha256, name=name, pages=approved, versions=versions)


def rejection(pair: Pair) -> Decision:
    """Return the decision to reject the candidate, or the deletion; without who, when and why."""
    rejected = pair.candidate or pair.baseline
    assert rejected is not None
    return Decision(Act.REJECT, str(pair.key), rejected.sha256, name=rejected.name)


def _standing(decisions: Sequence[Decision]) -> Standing:
    """What follows from the decisions on a document. A later decision on a candidate replaces an earlier one."""
    standing = Standing()
    for decision in decisions:
        rejected = {sha256: why for sha256, why in standing.rejected.items() if sha256 != decision.sha256}
        if decision.act is Act.WITHDRAW:
            standing = Standing()
        elif decision.act is Act.REJECT:
            standing = replace(standing, rejected={**rejected, decision.sha256: decision.why or "no reason given"})
        elif decision.pages:
            pages = standing.pages | {(decision.sha256, page) for page in decision.pages}
            standing = replace(standing, pages=pages, rejected=rejected)
        else:
            standing = Standing(baseline=decision, rejected=rejected)
    return replace(standing, undoable=bool(decisions))


def _stored(address: str) -> str:
    """The hash in the address of a file of the store; another text for any other file."""
    return address.rpartition("/")[2].removesuffix(".pdf")


def _line(decision: Decision, standing: Standing | None) -> str:
    """A decision as a line of the index."""
    previous = standing.baseline.sha256 if standing and standing.baseline else ""
    return json.dumps({**asdict(decision), "previous": previous}, ensure_ascii=False) + "\n"


def _decision(line: str, where: str) -> Decision:
    try:
        entry: dict[str, Any] = json.loads(line)
        entry.update(act=Act(entry["act"]), pages=tuple(map(int, entry.get("pages", ()))))
        decision = Decision(**entry)
        if not _HASH.fullmatch(decision.sha256) or not all(isinstance(entry[key], str) for key in ("document", "by")):
            raise ValueError("no hash")
        return decision
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(where, f"not a decision: {error}") from error


def _damaged(where: str, why: str) -> BaselineError:
    hint = "nothing was changed; restore the file from git; the objects beside it are intact"
    return BaselineError(f"the index of baselines is damaged: {why}", where=where, hint=hint)
