"""What became of each edition of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from masthead.document import FINDING_FIELDS, Finding, MastheadError


class OutcomeState(StrEnum):
    """What was done.

    `MADE`: typeset. `CHECKED`: its pages were the same, only preflight ran. `UNCHANGED`: nothing ran. `DUPLICATE`: its
    source has the bytes of another one, which has the file.
    """

    MADE = "made"
    CHECKED = "checked"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One edition of a run. `reasons` say why it was made, `output` is its file, `report` the findings of preflight.

    A failed one has an `error` instead of a report. `seconds` is the time that the work took, `stages` the CPU time of
    each stage in seconds. `notes` are for people, `placement` is a finding if the source is in the folder of another
    language.
    """

    source: Path
    variant: str
    state: OutcomeState
    output: Path | None = None
    reasons: tuple[str, ...] = ()
    report: Mapping[str, Any] | None = None
    error: MastheadError | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    placement: tuple[Finding, ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The exit code of the error; 1 if preflight found errors; else 0."""
        if self.error is not None:
            return self.error.exit_code
        return int(bool(self.report and self.report["failed"]))

    @property
    def findings(self) -> Sequence[Mapping[str, Any]]:
        """The findings about the source's place, and those of preflight, in this run or in the one before."""
        placement = [{name: getattr(finding, name) for name in FINDING_FIELDS} for finding in self.placement]
        return [*placement, *(self.report["findings"] if self.report else ())]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values: a line of `--json`, an entry of the run's report, a line of a manifest."""
        values: dict[str, Any] = {
            "source": str(self.source),
            "variant": self.variant,
            "state": str(self.state),
            "pdf": str(self.output) if self.output and self.error is None else None,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "seconds": round(self.seconds, 3),
            "stages": {stage: round(seconds, 3) for stage, seconds in self.stages.items()},
        }
        if self.error is not None:
            values["error"] = {**_plain(self.error), "others": [_plain(each) for each in self.error.others]}
        values |= self.report or {}
        return values | ({"findings": self.findings} if self.placement else {})


def _plain(error: MastheadError) -> dict[str, Any]:
    said = {name: getattr(error, name) for name in ("message", "where", "hint", "exit_code")}
    return {"kind": type(error).__name__, **said}
