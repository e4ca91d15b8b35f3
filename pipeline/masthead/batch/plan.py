"""What a run has to make, and why: an edition of each source for each of the options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from masthead.batch.inputs import Inputs
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.record import EditionRecord, RunRecord
from masthead.batch.tasks import Identity
from masthead.document import files
from masthead.publication import DEFAULTS, Options

PATTERN = "{symbol}.{lang}.pdf"
FIELDS = ("symbol", "lang", "type", "variant", "stem")


@dataclass(frozen=True, slots=True)
class Batch:
    """What to publish: each source by each of `options`, into the folder `output`, its files named by `pattern`."""

    sources: tuple[Path, ...]
    output: Path
    pattern: str = PATTERN
    options: tuple[Options, ...] = (DEFAULTS,)

    def failed_only(self, record: RunRecord) -> Batch:
        """Return the batch with only those sources that failed when they were last tried."""
        variants = [each.variant for each in self.options]
        failed = (source for source in self.sources if any(record.failure(source, each) for each in variants))
        return Batch(tuple(failed), self.output, self.pattern, self.options)


@dataclass(frozen=True, slots=True)
class Target:
    """One edition of a batch: `digest` is that of its source, `name` the path of its file in the output folder.

    `reasons` say why it must be made; they are empty if it need not be.
    """

    source: Path
    options: Options
    digest: str
    identity: Identity
    name: str
    output: Path
    reasons: tuple[str, ...] = ()

    @classmethod
    def of(cls, batch: Batch, source: Path, options: Options, digest: str, identity: Identity) -> Target:
        """Return the target of one source by one of the batch's options, without reasons."""
        name = batch.pattern.format(variant=options.variant, stem=source.stem, **asdict(identity))
        return cls(source, options, digest, identity, name, batch.output / name)

    @property
    def variant(self) -> str:
        return str(self.options.variant)

    def outcome(self, state: OutcomeState, report: Mapping[str, Any] | None = None, seconds: float = 0.0) -> Outcome:
        """Return what became of this target."""
        return Outcome(self.source, self.variant, state, self.output, self.reasons, report, seconds=seconds)


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run has to do: its targets, and the failures that are known before it begins."""

    targets: tuple[Target, ...]
    failures: tuple[Outcome, ...]


def reasons(target: Target, record: RunRecord, inputs: Inputs) -> tuple[str, ...]:
    """Return why the target must be made; nothing if its file is what would be made."""
    entry = record.entry(target.source, target.variant)
    if entry is None:
        failure = record.failure(target.source, target.variant)
        return (f"failed before: {failure}" if failure else "never made",)
    source = ["the source changed"] if target.digest != entry.source else []
    return (*source, *_changed_inputs(entry, inputs), *_changed_options(entry, target.options), *_file(target, entry))


def described(options: Options) -> dict[str, str]:
    """Return the options as the record keeps them."""
    emblem = files.sha256(options.emblem.address.encode()) if options.emblem else ""
    return {"pagination": str(options.pagination or ""), "profile": options.profile, "emblem": emblem}


def _changed_options(entry: EditionRecord, options: Options) -> Iterator[str]:
    for key, value in described(options).items():
        if value != entry.options.get(key):
            yield "another emblem" if key == "emblem" else f"{key} is now {value or 'its own'}"


def _changed_inputs(entry: EditionRecord, inputs: Inputs) -> Iterator[str]:
    now: Mapping[str, str] = {**inputs.files, **inputs.engines}
    for name in sorted({*entry.inputs, *inputs.engines}):
        before, after = entry.inputs.get(name, ""), now.get(name, "")
        if before == after:
            continue
        if name in inputs.engines and len(after) < 64:  # a version, which says something to people, not a digest
            yield f"{name} {before or 'none'} is now {after or 'none'}"
        else:
            yield f"{name} {'changed' if after else 'was removed'}"


def _file(target: Target, entry: EditionRecord) -> Iterator[str]:
    if target.name != entry.output:
        yield "its output has another name now"
        return
    try:
        content = files.sha256(target.output.read_bytes())
    except OSError:
        yield "its output is missing"
        return
    if content != entry.pdf:
        yield "its output was changed"
