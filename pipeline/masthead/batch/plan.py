"""What a run has to make, and why: sources by variants, each with its output, none of which may be another's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from masthead.batch import outputs
from masthead.batch.inputs import Inputs, digest
from masthead.batch.record import Entry, Record
from masthead.batch.tasks import Identity, Options
from masthead.document import Variant

PATTERN = "{symbol}.{lang}.pdf"
FIELDS = ("symbol", "lang", "type", "variant", "stem")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: editions of these sources in these variants, under `output` as `pattern` names them."""

    sources: tuple[Path, ...]
    output: Path
    pattern: str = PATTERN
    variants: tuple[Variant, ...] = (Variant.ARCHIVE,)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Target:
    """One edition. `text` is the digest of its source, `name` its path below the output folder.

    `reasons` say why it must be made; there are none where it need not be.
    """

    source: Path
    variant: Variant
    text: str
    identity: Identity
    name: str
    output: Path
    reasons: tuple[str, ...]


def check_pattern(pattern: str) -> None:
    """Raise OrderError where `pattern` cannot name outputs."""
    outputs.check_pattern(pattern, FIELDS, (".pdf",))


def check_outputs(targets: Iterable[Target]) -> None:
    """Raise OrderError where two targets have one output, or one would replace a source."""
    outputs.check_outputs([(f"{each.source} ({each.variant})", each.source, each.output) for each in targets], FIELDS)


def target(order: Order, source: Path, variant: Variant, known: tuple[str, Identity]) -> Target:
    """Return what is to be made of a source whose digest and identity are `known`, for no reason as yet."""
    text, identity = known
    name = order.pattern.format(variant=variant, stem=source.stem, **asdict(identity))
    return Target(source, variant, text, identity, name, order.output / name, ())


def reasons(target: Target, record: Record, inputs: Inputs, options: Mapping[str, str]) -> tuple[str, ...]:
    """Return why the target must be made: nothing where its file is what would be made."""
    entry = record.entry(target.source, target.variant)
    if entry is None:
        failed = record.failed(target.source, target.variant)
        return (f"failed before: {failed}" if failed else "never made",)
    asked = [_option(key, options) for key in options if options[key] != entry.options.get(key)]
    source = ["the source changed"] if target.text != entry.text else []
    return (*source, *_changes(entry, inputs), *asked, *_file(target, entry))


def described(options: Options) -> dict[str, str]:
    """The options as the record keeps them."""
    emblem = digest(options.emblem.data) if options.emblem else ""
    return {"pagination": str(options.pagination or ""), "profile": options.profile, "emblem": emblem}


def _option(key: str, options: Mapping[str, str]) -> str:
    return "another emblem" if key == "emblem" else f"{key} is {options[key] or 'its own'} now"


def _changes(entry: Entry, inputs: Inputs) -> list[str]:
    changes = []
    for name in sorted({*entry.inputs, *inputs.engines}):
        before = entry.inputs.get(name, "")
        now = inputs.engines[name] if name in inputs.engines else inputs.files.get(name, "")
        if before != now and name in inputs.engines and len(now) < 64:
            changes.append(f"{name} {before or 'none'} is {now or 'none'} now")
        elif before != now:
            changes.append(f"{name} {'changed' if now else 'is gone'}")
    return changes


def _file(target: Target, entry: Entry) -> list[str]:
    if target.name != entry.output:
        return ["its output has another name now"]
    try:
        with target.output.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ["its output is not there"]
    return [] if content == entry.content else ["its output is not what was made"]
