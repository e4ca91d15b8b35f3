"""What a desk has while it runs, and how it shows its sources."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from starlette.exceptions import HTTPException

from masthead.comparison import Baselines, Decision, Standing, baselines
from masthead.document import Direction, Language
from masthead.service.desk.gate import Gate, RequestMetrics
from masthead.service.desk.making import Making, versions_of
from masthead.service.desk.prints import DeskPrints
from masthead.service.desk.record import DeskFolder, DeskRecord, SourceState, Stamp, SubmittedSource, stamp

_TAKING = 4  # bundles that are unpacked at once


@dataclass(slots=True)
class Desk:
    """The desk: its folder and record, its workers, who may come in, its figures, and its printer, if any."""

    folder: DeskFolder
    record: DeskRecord
    making: Making
    gate: Gate
    metrics: RequestMetrics
    prints: DeskPrints | None = None
    streams: Counter[str] = field(default_factory=Counter)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_TAKING))

    _standings: tuple[Stamp, Mapping[str, Standing]] = (None, {})

    @property
    def baselines(self) -> Baselines:
        return Baselines(self.folder.baselines)

    def standings(self) -> Mapping[str, Standing]:
        """Return the standing of each document. The index is read again when it has changed."""
        now = stamp(self.folder.baselines / baselines.INDEX)
        if now != self._standings[0]:
            self._standings = now, self.baselines.standings()
        return self._standings[1]

    def found(self, id: str) -> SubmittedSource:
        """Return a source by its digest. Raises HTTPException (404)."""
        found = self.record.find(id)
        if found is None:
            raise HTTPException(404, "there is no such source")
        return found

    def made(self, id: str) -> SubmittedSource:
        """Return a source that has an edition. Raises HTTPException (404)."""
        found = self.found(id)
        if found.state is not SourceState.MADE:
            raise HTTPException(404, "this source has no edition")
        return found

    def shown(self, sources: Iterable[SubmittedSource]) -> list[dict[str, Any]]:
        """Return sources as the API shows them in lists and events."""
        standings = self.standings()
        prints = self.prints.stages() if self.prints else {}
        return [self._shown(each, standings.get(str(each.key), Standing()), prints) for each in sources]

    def _shown(self, source: SubmittedSource, standing: Standing, prints: Mapping[str, str]) -> dict[str, Any]:
        names = ("id", "name", "size", "sender", "sent", "number", "revision", "state", "symbol", "language", "type")
        values = {name: getattr(source, name) for name in (*names, "pdf", "pages", "seconds", "error")}
        if source.symbol is None:  # it has no edition
            return values
        approved, agreement = standing.baseline, self.record.agreement(source.symbol)
        languages = self.record.languages(source.symbol)
        is_known = agreement is not None and agreement[0] == versions_of(languages)
        is_right_to_left = source.language in set(Language) and Language(source.language).direction is Direction.RTL
        return values | {
            "direction": "rtl" if is_right_to_left else "ltr",
            "current": any(each.id == source.id for each in languages),
            "findings": source.findings,
            "approved": decision_shown(approved) if approved and approved.sha256 == source.pdf else None,
            "has_baseline": approved is not None,
            "undoable": standing.undoable,
            "rejected": standing.rejected.get(source.pdf or "", ""),
            "disagreements": agreement[1] if agreement and is_known else None,
            "languages": len(languages),
            "printed": prints.get(source.pdf or ""),
            "print_error": self.prints.failures.get(source.pdf or "", "") if self.prints else "",
        }


def decision_shown(decision: Decision) -> dict[str, Any]:
    """Return a decision as the API shows it."""
    return {name: getattr(decision, name) for name in ("act", "by", "when", "why", "sha256")}


def now() -> str:
    """Return the time, in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
