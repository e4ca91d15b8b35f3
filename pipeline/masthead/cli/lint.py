"""The editor's commands: `refs`, `lint`, `concord` and `lsp`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli import streams
from masthead.cli.console import READ_FORMS, AsJson, argument, completed, option, print_json, warn
from masthead.document import OrderError, Severity, files

if TYPE_CHECKING:
    from masthead.document import Finding

commands = typer.Typer()

_READ = "Documents in any form that Masthead reads, or - for standard input."
_SINCE = "An earlier version in one of the languages: what changed since then must be the same. May be repeated."
_CONFIG = "File with severities and exemptions; by default masthead-lint.toml."


@commands.command()
def refs(
    source: Annotated[Path, argument("A document in any form that Masthead reads.", "SOURCE")],
    as_json: AsJson = False,
) -> None:
    """List the references in a document: where each is, what it refers to, and the address of that."""
    from masthead import formats
    from masthead.editing import lint, references, text_of

    file = streams.source_file(source)
    document, text = formats.parse(file.data, file.name), text_of(file.data, file.name)
    entries = tuple(references(document, text))
    slips = [slip for slip in lint.check_document(document, file.name, text) if slip.rule in lint.CITING]
    if as_json:
        values = {"references": [asdict(entry) for entry in entries], "slips": [lint.plain(slip) for slip in slips]}
        print_json(values, indent=2)
    else:
        for entry in entries:
            where = f"{source}:{entry.position.line}:{entry.position.column}" if entry.position else str(source)
            print("\t".join(filter(None, (where, entry.citation.in_full, entry.place, entry.text, entry.address))))
        for slip in slips:
            print(lint.line(slip), file=sys.stderr)
    _exit(slips)


@commands.command()
def lint(
    sources: Annotated[list[Path], argument(_READ, "SOURCE…")],
    fix: Annotated[bool, option("Show the corrections that are certain, as a diff.", "--fix")] = False,
    write: Annotated[bool, option("With --fix: also write the corrections into the documents.", "--write")] = False,
    config: Annotated[Path | None, option(_CONFIG, "--config")] = None,
    all_rules: Annotated[bool, option("Apply every rule, without exemptions.", "--all")] = False,
    form: Annotated[str, option(streams.FROM, "--from", metavar="FORM", autocompletion=completed(READ_FORMS))] = "md",
    sarif: Annotated[Path | None, option("Also write a report as SARIF.", "--sarif")] = None,
    as_json: AsJson = False,
) -> None:
    """Check documents against the rules in docs/lint.md. Findings are printed as file:line:column."""
    from masthead.editing import lint

    if write and not fix:
        raise OrderError("--write needs --fix", hint="add --fix")
    if fix and as_json:
        raise OrderError("--fix and --json cannot be used together", hint="leave one of them out")
    path = config or Path(lint.FILE)
    configuration = lint.configure(path) if config or path.is_file() else lint.Configuration()
    if all_rules:
        configuration = replace(configuration, exemptions=())
    streamed = Path(streams.STREAM) in sources
    if streamed and fix:
        raise OrderError("--fix needs a file", hint="name a file in place of -")
    read = (streams.source_file(source, form) for source in sources)
    slips = [slip for source in read for slip in lint.check_source(source.data, source.name, configuration)]
    if sarif:
        files.save(sarif, lint.to_sarif(slips, configuration).encode())
    if fix:
        for source in sources:
            _fix(source, [slip for slip in slips if slip.file == str(source)], write=write)
    elif as_json:
        print_json(lint.to_dict(slips, configuration), indent=2)
    else:
        for slip in slips:
            print(lint.line(slip))
        for exemption in configuration.reasons:
            if exemption not in lint.Configuration().reasons:
                print(f"not applied: {exemption.rule}: {exemption.reason}", file=sys.stderr)
    _exit(slips)


def _fix(source: Path, slips: Sequence[Finding], *, write: bool) -> None:
    """Show the corrections of one document as a diff, and write them if asked to."""
    from masthead.editing import lint

    changes = lint.edits(slips)
    if not changes:
        return
    before = source.read_bytes().decode("utf-8")
    after = lint.apply(before, changes)
    sys.stdout.write(lint.diff(before, after, str(source)))
    if write and after != before:
        files.save(source, after.encode())


@commands.command()
def renumber(
    sources: Annotated[list[Path], argument("Documents in Markdown.", "SOURCE…")],
    write: Annotated[bool, option("Write the corrections into the documents.", "--write")] = False,
) -> None:
    """Show as a diff how numbers would be in order: of paragraphs, headings, tables, annexes and notes.

    References in the text to these numbers follow. Those that are not certain are listed.
    """
    from masthead import formats
    from masthead.editing import lint
    from masthead.editing import renumber as put_in_order

    doubts: tuple[str, ...] = ()
    for source in sources:
        data = formats.load(source)
        result = put_in_order(data, str(source))
        doubts += result.doubts
        before = formats.decode(data, str(source))
        sys.stdout.write(lint.diff(before, result.text, str(source), "renumbered"))
        if write and result.text != before:
            files.save(source, result.text.encode())
    for doubt in doubts:
        warn(doubt)
    raise typer.Exit(int(bool(doubts)))


@commands.command()
def concord(
    sources: Annotated[list[Path], argument("Two to six language versions, in any form, or their PDFs.", "SOURCE…")],
    page: Annotated[Path | None, option("Write an HTML page with the versions side by side.", "--html")] = None,
    since: Annotated[list[Path] | None, option(_SINCE, "--since")] = None,
    as_json: AsJson = False,
) -> None:
    """Print where the language versions of a document disagree."""
    from masthead.editing import concordance

    before = [concordance.read_version(source) for source in since or ()]
    earlier = {version.language: version.document for version in before}
    result = concordance.concord([concordance.read_version(source) for source in sources], earlier)
    if page:
        files.save(page, concordance.to_html(result).encode())
    if as_json:
        print_json(concordance.to_dict(result), indent=2)
    else:
        for each in result.disagreements:
            print(concordance.line(result, each))
    raise typer.Exit(int(bool(result.disagreements)))


@commands.command()
def lsp() -> None:
    """Answer a text editor as a language server, over standard input and output (docs/editors.md)."""
    try:
        import pygls  # noqa: F401
    except ImportError:
        raise OrderError("the language server is not installed", hint="pip install 'masthead[lsp]'") from None
    from masthead.editing import assistance

    assistance.serve()


def _exit(slips: Sequence[Finding]) -> None:
    raise typer.Exit(int(any(slip.severity is Severity.ERROR for slip in slips)))
