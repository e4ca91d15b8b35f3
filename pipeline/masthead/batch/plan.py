"""What a run has to make, and why: an edition of each source for each of the options."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from masthead.batch import outputs
from masthead.batch.inputs import Inputs
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.record import EditionRecord, RunRecord
from masthead.batch.tasks import Answer, Identity
from masthead.document import Finding, MastheadError, OrderError, Severity, files, terms
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

    def folders(self, roots: Iterable[Path] = ()) -> tuple[Path, ...]:
        """Return the folders that workers must open: those of the sources and of what links lead to, and `roots`."""
        folders = dict.fromkeys(source.parent for source in self.sources)
        links = (source for source in self.sources if source.is_symlink())
        # `Path.resolve` refuses a circle of links
        found = (path for folder in folders for path in (folder.absolute(), Path(os.path.realpath(folder))))
        linked = (Path(os.path.realpath(path)).parent for path in links)
        return tuple(dict.fromkeys([*found, *linked, *(root.resolve() for root in roots)]))

    def failed_only(self, record: RunRecord) -> Batch:
        """Return the batch with only those sources that failed when they were last tried."""
        variants = [each.variant for each in self.options]
        failed = (source for source in self.sources if any(record.failure(source, each) for each in variants))
        return Batch(tuple(failed), self.output, self.pattern, self.options)


@dataclass(frozen=True, slots=True)
class Target:
    """One edition of a batch: `digest` is that of its source, `name` the path of its file in the output folder.

    `reasons` say why it must be made; they are empty if it need not be. `recorded` is what was made last. `notes` are
    for people.
    """

    source: Path
    options: Options
    digest: str
    identity: Identity
    name: str
    output: Path
    reasons: tuple[str, ...] = ()
    recorded: EditionRecord | None = None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, batch: Batch, pattern: str, source: Path, options: Options, digest: str, identity: Identity) -> Target:
        """Return the target of one source by one of the batch's options, named by `pattern`, without reasons."""
        name = pattern.format(variant=options.variant, stem=source.stem, **identity._asdict())
        return cls(source, options, digest, identity, name, batch.output / name)

    @property
    def variant(self) -> str:
        return str(self.options.variant)

    def outcome(self, state: OutcomeState, report: Mapping[str, Any] | None = None, seconds: float = 0.0) -> Outcome:
        """Return what became of this target."""
        values = (self.source, self.variant, state, self.output, self.reasons, report, None, seconds, self.notes)
        return Outcome(*values, _misplaced(self.source, self.identity.lang))


class Planner:
    """Names the outputs of a batch and finds out what must be made, source by source in their order.

    If two sources have the same output, the first one has it. The other one is a duplicate if its bytes are the same;
    else it is named by its own file. Raises OrderError if the pattern is invalid or cannot tell variants apart.
    """

    def __init__(self, batch: Batch, record: RunRecord, inputs: Inputs) -> None:
        outputs.check_pattern(batch.pattern, FIELDS, (".pdf",))
        if len(batch.options) > 1 and "{variant}" not in batch.pattern:
            message = "editions of one source have the same output"
            raise OrderError(message, where=batch.pattern, hint="distinguish them in the pattern by {variant}")
        self._batch, self._record, self._inputs = batch, record, inputs
        self._sources = {outputs.folded(source) for source in batch.sources}
        self._owners: dict[str, Target] = {}
        self._answers: dict[int, Answer | MastheadError] = {}
        self._next = 0

    def add(self, number: int, answer: Answer | MastheadError) -> Iterator[Target | Outcome]:
        """Take the answer about the source with this number; yield the targets and outcomes that can now be planned.

        A target without reasons is up to date; an outcome is final. Each source waits for those before it.
        """
        self._answers[number] = answer
        while self._next in self._answers:
            source, known = self._batch.sources[self._next], self._answers.pop(self._next)
            self._next += 1
            for options in self._batch.options:
                try:
                    if isinstance(known, MastheadError):
                        raise known
                    yield self._named(source, options, known)
                except MastheadError as error:
                    yield Outcome(source, str(options.variant), OutcomeState.FAILED, error=error)

    def _named(self, source: Path, options: Options, answer: Answer) -> Target | Outcome:
        """The target, with its reasons, or the outcome if another source has its file."""
        identity = answer.identity or self._recorded(source, options)
        own_name = self._batch.pattern.replace("{symbol}", "{stem}")
        others: list[Target] = []
        for pattern in dict.fromkeys((self._batch.pattern, own_name)):
            target = Target.of(self._batch, pattern, source, options, answer.digest, identity)
            key = outputs.folded(target.output)
            if key in self._sources:
                raise OrderError("the output would replace a source", where=str(target.output), hint="name another -o")
            if key not in self._owners:
                self._owners[key] = target
                notes = tuple(
                    f"named after its source, because {each.source} has the name {each.name}" for each in others
                )
                entry, failure = self._record.known(source, target.variant)
                due = reasons(target, entry, failure, self._inputs)
                return replace(target, reasons=due, recorded=entry, notes=notes)
            others.append(self._owners[key])
            if others[-1].digest == target.digest:
                note = f"identical to {others[-1].source}; published once"
                twin = replace(target, output=others[-1].output, reasons=(), notes=(note,))
                return twin.outcome(OutcomeState.DUPLICATE)
        message = f"{others[-1].source} has the same output"
        hint = f"distinguish them in the pattern by {outputs.listed(FIELDS)}"
        raise OrderError(message, where=str(others[-1].output), hint=hint)

    def _recorded(self, source: Path, options: Options) -> Identity:
        """The identity of a source whose digest is recorded for one of the batch's variants."""
        entries = (self._record.entry(source, str(each.variant)) for each in (options, *self._batch.options))
        return next(entry.identity for entry in entries if entry)


def reasons(target: Target, entry: EditionRecord | None, failure: str, inputs: Inputs) -> tuple[str, ...]:
    """Return why the target must be made, given what was made last; nothing if its file is what would be made."""
    if entry is None:
        return (f"failed before: {failure}" if failure else "never made",)
    source = ["the source changed"] if target.digest != entry.source else []
    return (*source, *_changed_inputs(entry, inputs), *_changed_options(entry, target.options), *_file(target, entry))


@lru_cache(maxsize=16)  # those of a run
def described(options: Options) -> dict[str, str]:
    """Return the options as the record keeps them."""
    emblem = files.sha256(options.emblem.address.encode()) if options.emblem else ""
    return {
        "pagination": str(options.pagination or ""),
        "lines": str(options.lines or ""),
        "profile": options.profile,
        "emblem": emblem,
        "ink": options.ink,
    }


def _changed_options(entry: EditionRecord, options: Options) -> Iterator[str]:
    for key, value in described(options).items():
        if value != entry.options.get(key, ""):
            yield "another emblem" if key == "emblem" else f"{key} is now {value or 'its own'}"


def _changed_inputs(entry: EditionRecord, inputs: Inputs) -> Iterator[str]:
    names = {*entry.inputs, *inputs.engines}
    now = inputs.of(names)
    for name in sorted(name for name in names if entry.inputs.get(name, "") != now[name]):
        before, after = entry.inputs.get(name, ""), now[name]
        if name in inputs.engines and len(after) < 64:  # a version, which says something to people, not a digest
            yield f"{name} {before or 'none'} is now {after or 'none'}"
        else:
            yield f"{name} {'changed' if after else 'was removed'}"


def _file(target: Target, entry: EditionRecord) -> Iterator[str]:
    if target.name != entry.output:
        yield "the output file name has changed"
        return
    try:
        content = files.sha256(target.output.read_bytes())
    except OSError:
        yield "the output file is missing"
        return
    if content != entry.pdf:
        yield "the output file was changed"


def _misplaced(source: Path, language: str) -> tuple[Finding, ...]:
    """Return a finding if the nearest folder that names a language, `fr` or `French`, names another one."""
    folders = (part.casefold() for part in reversed(source.parts[:-1]))
    languages = {name: each for each in terms.Language for name in (each.value, each.name.casefold())}
    named = next((languages[folder] for folder in folders if folder in languages), None)
    if named is None or named == language:
        return ()
    own, other = (terms.Language(each).name.title() for each in (language, named))
    message = f"the document is in {own}, but its folder is for {other}"
    hint = f"move it, or check whether the {other} version is missing"
    return (Finding(message, where=str(source), hint=hint, rule="language-folder", severity=Severity.WARNING),)
