"""What the command line says to `masthead publish`: sources, editions, workers, and what is printed."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from masthead.cli import streams
from masthead.cli.console import PROFILE_NAMES, PROFILES, READ_FORMS, SETTINGS, JsonLines, argument, completed, option
from masthead.cli.house import use
from masthead.document import LineBreaking, OrderError, Pagination, Variant
from masthead.publication import DEFAULTS, Options

if TYPE_CHECKING:
    from masthead.batch import Batch, Executor


class RecordPlace(StrEnum):
    """Where the record of the runs into a folder is."""

    BESIDE = "beside"
    INSIDE = "inside"


def _configure(context: typer.Context, path: Path | None) -> Path | None:
    """Make the settings file the default for what neither the command line nor the environment sets."""
    from masthead.document import settings

    found = path or settings.find(Path.cwd())
    if found:
        values: dict[str, Any] = {**settings.read(found)}
        if path and "organization" in values:
            use(context, Path(values["organization"]))
        values.pop("organization", None)
        if "variants" in values:
            values["variant"] = values.pop("variants")
        context.default_map = {**(context.default_map or {}), **values}
    return found


_READING = "archive: PDF/A-3a and PDF/UA-1; archive-4: PDF/A-4 and PDF/UA-2; plain: PDF without a standard"
_VARIANTS = f"{_READING}; press: PDF/X-4; press-x1a: PDF/X-1a; press-x6: PDF/X-6. Repeatable."
_SOURCES = "Documents (.txt, .md, …), folders, globs, manifests (.jsonl), or - for standard input."
_OUTPUT = "Folder for the PDFs, the PDF file of a single document, or - for standard output."
_PAGINATION = "Where pages end: where those of the printed original did (source), or where they are full (flow)."
_LINES = "How lines are broken: as in print (first-fit), with even spaces (best-fit), or so with hyphens (hyphenated)."
_DEFAULT_PATTERN = "{symbol}.{lang}.pdf"
_PATTERN = "Names of the PDFs, with the fields {symbol}, {lang}, {type}, {variant} and {stem}."
_PROFILE = f"{PROFILES}. Default: the profile of the variant."
_RECORD = "Where the record of earlier runs is kept: beside the output folder or inside it."
_TIMEOUT = "CPU time limit for a small document, in seconds. It increases with the size of the source."
_MEMORY = "Memory limit for a small document, in MiB. It increases with the size of the source."
_UNENCRYPTED = "Allow a tcp:// scheduler on another machine: for networks that only your machines can reach."
_INK = "For press: the only ink besides black. black, or its name and percentages: 'PANTONE 300 U=100,44,0,0'."
_STORE = "Folder or s3://… address through which a cluster exchanges files."
_EMBLEM = "Emblem to print: an SVG or PNG file."
_PRUNE = "Delete PDFs from the folder if their source no longer exists."
_PICTURES = "Another folder from which pictures may be read. Repeatable."
_RETRIES = "How many times a document is tried again if its worker process ends unexpectedly."
_REPORT = "Write a report of the run: .html, .json or .xml (JUnit). Repeatable."
_JOBS = option("Number of processes.", "--jobs", "-j", variable="JOBS", min=1, show_default="number of cores")


class EditionOptions(NamedTuple):
    """How each edition is made, and in which variants."""

    pagination: Annotated[Pagination | None, option(_PAGINATION)] = DEFAULTS.pagination
    lines: Annotated[LineBreaking | None, option(_LINES)] = DEFAULTS.lines
    variant: Annotated[list[Variant], option(_VARIANTS, "--for", "--variant", metavar="NAME")] = [DEFAULTS.variant]  # noqa: RUF012 (Typer copies it)
    profile: Annotated[str, option(_PROFILE, metavar="NAME", autocompletion=completed(PROFILE_NAMES))] = (
        DEFAULTS.profile
    )
    emblem: Annotated[Path | None, option(_EMBLEM, exists=True, dir_okay=False)] = None
    ink: Annotated[str, option(_INK)] = DEFAULTS.ink

    def of_each_variant(self) -> tuple[Options, ...]:
        """Return the options of each variant. Raises OrderError if they contradict one another."""
        own = None
        if self.ink:
            from masthead.press import SpotInk

            SpotInk.parse(self.ink)  # what is wrong is said before anything is made
            if not any(each.for_press for each in self.variant):
                raise OrderError("only press copies have inks", hint="use --for press, or leave out --ink")
        if self.emblem:
            from masthead.page import Emblem

            own = Emblem.load(self.emblem)
        return tuple(Options(each, self.pagination, own, self.profile, self.lines, self.ink) for each in self.variant)


class WorkerOptions(NamedTuple):
    """Which workers make the editions, what each may take, and how they reach files."""

    jobs: Annotated[int | None, _JOBS] = None
    timeout: Annotated[float, option(_TIMEOUT, variable="TIMEOUT", min=0.1)] = 120
    memory: Annotated[int, option(_MEMORY, variable="MEMORY", min=64)] = 2048
    pictures: Annotated[list[Path] | None, option(_PICTURES, exists=True, file_okay=False)] = None
    retries: Annotated[int, option(_RETRIES, variable="RETRIES", min=0)] = 1
    cluster: Annotated[str | None, option("Scheduler of a Dask cluster: tcp://host:port.", variable="CLUSTER")] = None
    unencrypted: Annotated[bool, option(_UNENCRYPTED, "--unencrypted", variable="UNENCRYPTED")] = False
    store: Annotated[str, option(_STORE, variable="STORE")] = ""

    def start(self, asked: "Batch", drafts: Path | None, *, can_fork: bool) -> "AbstractContextManager[Executor]":
        """Return the workers of a batch, a context manager; `can_fork` says whether this process has no threads."""
        from masthead import batch

        limits = batch.Limits(self.timeout, self.memory)
        folders = asked.folders(self.pictures or ())
        width = self.jobs or min(batch.cores(), len(asked.sources))
        if self.cluster:
            return batch.Cluster(self.cluster, limits, self.store, folders, unencrypted=self.unencrypted)
        if width == 1 and can_fork and batch.can_fork():
            return batch.SingleWorker(limits, folders, drafts)
        return batch.Pool(width, limits, folders, drafts)


class PublishOptions(NamedTuple):
    """All that the command line says to `masthead publish`."""

    sources: Annotated[list[str] | None, argument(_SOURCES, "SOURCE…")] = None
    output: Annotated[Path, option(_OUTPUT, "--output", "-o", variable="OUTPUT")] = Path("output")
    pattern: Annotated[str, option(_PATTERN, variable="PATTERN")] = _DEFAULT_PATTERN
    editions: EditionOptions = EditionOptions()
    record: Annotated[RecordPlace, option(_RECORD)] = RecordPlace.BESIDE
    prune: Annotated[bool, option(_PRUNE, "--prune")] = False
    workers: WorkerOptions = WorkerOptions()
    fail_fast: Annotated[bool, option("Stop at the first document that fails.", "--fail-fast")] = False
    only_failed: Annotated[bool, option("Publish only the documents that failed last time.", "--only-failed")] = False
    dry_run: Annotated[bool, option("Print what would be made, and write nothing.", "--dry-run", "-n")] = False
    explain: Annotated[bool, option("Print the reason why each document is made.", "--explain")] = False
    report: Annotated[list[Path] | None, option(_REPORT)] = None
    form: Annotated[str, option(streams.FROM, "--from", metavar="FORM", autocompletion=completed(READ_FORMS))] = "md"
    settings: Annotated[Path | None, option(SETTINGS, callback=_configure, is_eager=True)] = None
    timings: Annotated[bool, option("Print the CPU time of each stage at the end.", "--timings")] = False
    log: Annotated[Path | None, option("Log file; a line of JSON is added for each event.", variable="LOG")] = None
    live: Annotated[bool, option("Show the progress of the run in the browser.", "--live")] = False
    as_json: JsonLines = False

    @property
    def to_stream(self) -> bool:
        return str(self.output) == streams.STREAM

    @property
    def file(self) -> Path | None:
        """The output, if it is one PDF file and not a folder."""
        return self.output if self.output.suffix.lower() == ".pdf" and not self.output.is_dir() else None

    def batch(self, options: tuple[Options, ...]) -> "Batch":
        """Return what is published. Raises OrderError if the output is one file, but there would be several."""
        from masthead import batch, formats

        output, pattern = self.output, self.pattern
        if self.file:
            if self.pattern != _DEFAULT_PATTERN or self.prune:
                given = "--prune" if self.prune else "--pattern"
                hint = f"name a folder: -o {output.parent}"
                raise OrderError(f"{given} needs a folder", where=str(output), hint=hint)
            pattern = output.name.replace("{", "{{").replace("}", "}}")
            output = output.parent
        elif output.suffix.lower() in formats.WRITABLE and not output.is_dir():
            hint = f"write -o {output.with_suffix('.pdf')}; masthead convert writes {output.suffix}"
            raise OrderError("publish writes PDFs", where=str(output), hint=hint)
        found = batch.gather(self.sources or ())
        if self.file:
            self._check_is_one(len(found), len(options))
        return batch.Batch(found, output, pattern, options)

    def _check_is_one(self, documents: int, variants: int) -> None:
        for count, what, also in (
            (documents, "documents", "; --pattern gives names to the files in it"),
            (variants, "variants", ", and --pattern '{symbol}.{lang}.{variant}.pdf'"),
        ):
            if count > 1:
                message = f"the output is one file, but there are {count:,} {what}"
                raise OrderError(message, where=str(self.output), hint=f"name a folder{also}")
