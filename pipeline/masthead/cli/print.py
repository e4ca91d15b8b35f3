"""The commands of the print shop: what `masthead` does with a finished PDF on its way to paper."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from masthead.document import SourceError, files

if TYPE_CHECKING:
    from masthead.press.imposition import Scheme
    from masthead.press.printing import Journal, JournalEntry

# As in `masthead.cli.app`, each command imports what it needs: reading and writing PDF costs a tenth of a second.

commands = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs, a line each.")]
JournalPath = Annotated[Path | None, typer.Option("--journal", help="The journal; the user's own where none is given.")]


@commands.command()
def impose(
    pdfs: Annotated[list[Path], typer.Argument(metavar="PDF…", help="One publication, or several for one run.")],
    scheme: Annotated[
        Literal["saddle", "perfect", "n-up", "cut-stack", "booklet"], typer.Option(help="How pages go on sheets.")
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The imposed PDF.")] = None,
    dry_run: Annotated[
        Path | None, typer.Option(help="Draw the sheets with page numbers in this SVG, and impose nothing.")
    ] = None,
    binding: Annotated[
        Literal["left", "right"] | None,
        typer.Option(help="The binding edge; each publication's own where none is given."),
    ] = None,
    sheets: Annotated[int | None, typer.Option(help="perfect: sheets in a signature.")] = None,
    folds: Annotated[int | None, typer.Option(help="saddle, perfect: folds of a sheet, 1 to 3.")] = None,
    columns: Annotated[int | None, typer.Option(help="n-up, cut-stack: pages side by side.")] = None,
    rows: Annotated[int | None, typer.Option(help="n-up, cut-stack: pages below each other.")] = None,
    paper: Annotated[str | None, typer.Option(help="A3, SRA3, letter … or 450x320 (mm).")] = None,
    gutter: Annotated[float, typer.Option(help="Millimetres between trimmed pages.")] = 0.0,
    spine: Annotated[float, typer.Option(help="Millimetres between pages at a spine, for the mill.")] = 0.0,
    creep: Annotated[float, typer.Option(help="Millimetres that each nested leaf pushes out.")] = 0.0,
    turning: Annotated[
        Literal["head-to-head", "head-to-toe"], typer.Option(help="How the machine turns the sheet.")
    ] = "head-to-head",
    marks: Annotated[bool, typer.Option(help="Draw crop, fold and collating marks.")] = True,
) -> None:
    """Put pages on sheets for folding, cutting and binding."""
    from masthead.press import imposition

    if (output is None) == (dry_run is None):
        raise typer.BadParameter("give either --output or --dry-run")
    plan = _scheme(scheme, {"sheets": sheets, "folds": folds, "columns": columns, "rows": rows})
    size = imposition.Paper.parse(paper) if paper else None
    forme = imposition.Forme(size, gutter, spine, creep, marks, imposition.Turning(turning))
    edge = imposition.Edge(binding) if binding else None
    data = [read(path) for path in pdfs]
    if dry_run:
        sheets_drawn = imposition.preview_svg(imposition.arrange(data, plan, forme=forme, binding=edge))
        files.save(dry_run, sheets_drawn.encode())
    elif output:
        files.save(output, imposition.impose(data, plan, forme=forme, binding=edge))
    print(dry_run or output)


@commands.command("print")
def print_(
    pdfs: Annotated[list[Path], typer.Argument(metavar="PDF…", help="Finished files, printed in this order.")],
    to: Annotated[str, typer.Option(help="ipp://host/ipp/print, ipps://…, or the name of a CUPS queue.")],
    ticket: Annotated[Path | None, typer.Option(help="The print ticket, TOML or JSON.")] = None,
    journal: JournalPath = None,
    profile: Annotated[str | None, typer.Option(help="Send only what passes this profile of `check`.")] = None,
    patience: Annotated[float, typer.Option(help="Seconds to wait for a printer that is busy or away.")] = 60.0,
    again: Annotated[bool, typer.Option("--again", help="Print even what was handed over before.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask the printer whether it can, and send nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check PDFs and send them to a printer, each once, and follow them until they are printed.

    Interrupted, it cancels what is not printed yet.
    """
    from masthead.press import printing
    from masthead.press.imposition import Edge, originals
    from masthead.press.printing import ticket as press_ticket

    tickets = press_ticket.read(ticket) if ticket else printing.Tickets()
    printer = printing.Printer.at(to, getpass.getuser())
    orders = []
    for path in pdfs:
        data = read(path)
        binding = Edge.of(originals.direction(originals.open_pdf(data, str(path))))
        if profile:
            _insist_on(profile, path, data)
        orders.append(printing.PrintOrder(path.name, data, tickets.of(path.name), binding))
    waiting = printing.Patience(limit=patience)
    if dry_run:
        for order, template in zip(orders, printing.check(orders, printer, patience=waiting), strict=True):
            said = "; ".join(f"{a.name} {', '.join(map(str, a.values))}" for a in template)
            print(f"{order.file} {order.digest[:12]} as {order.name!r}: {said}")
        return
    entries = printing.submit(
        orders, printer, _journal(journal), again=again, patience=waiting, report=lambda entry: _say(_line(entry))
    )
    _list(entries, as_json)
    raise typer.Exit(7 if any(entry.stage is not printing.Stage.COMPLETED for entry in entries) else 0)


@commands.command()
def queue(
    to: Annotated[str | None, typer.Option(help="List what waits at this printer instead.")] = None,
    journal: JournalPath = None,
    as_json: AsJson = False,
) -> None:
    """List what was handed over to printers, by the journal; or what waits at one."""
    from masthead.press import printing

    if to is None:
        _list(_journal(journal).entries(), as_json)
        return
    for job in printing.waiting_jobs(printing.Printer.at(to, getpass.getuser())):
        if as_json:
            print(json.dumps(asdict(job), ensure_ascii=False))
        else:
            print(f"job {job.number}  {job.state}  {job.user}  {job.name}  {', '.join(job.reasons)}")


@commands.command()
def ticket(
    file: Annotated[Path | None, typer.Argument(metavar="TICKET", help="A ticket to read and show.")] = None,
) -> None:
    """Read a print ticket and show it; without one, print the JSON Schema of tickets."""
    from masthead.press.printing import ticket as press_ticket

    said = asdict(press_ticket.read(file)) if file else press_ticket.schema()
    print(json.dumps(said, ensure_ascii=False, indent=2))


@commands.command()
def sign(
    pdf: Annotated[Path, typer.Argument(metavar="PDF", help="The finished reading copy.")],
    certificate: Annotated[Path, typer.Option(help="Key and certificate, a PKCS #12 file (.p12, .pfx).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The signed file.")],
    reason: Annotated[str, typer.Option(help="Why it is signed.")] = "",
    passphrase: Annotated[
        str, typer.Option(prompt=True, hide_input=True, help="Asked for where it is not given.")
    ] = "",
) -> None:
    """Sign a PDF (PAdES), last of all: whatever changes it afterwards breaks the signature."""
    from masthead.press import sign as add_signature

    files.save(output, add_signature(read(pdf), certificate, passphrase, reason=reason))
    print(output)


def read(path: Path) -> bytes:
    """The bytes of the PDF at `path`. Raises SourceError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", where=str(path)) from error


def _scheme(name: str, given: dict[str, int | None]) -> Scheme:
    """The scheme of that name with the figures given for it; figures of another scheme are wrong usage."""
    from masthead.press.imposition import SCHEMES

    figures = {key: value for key, value in given.items() if value is not None}
    strange = set(figures) - {field.name for field in fields(SCHEMES[name])}
    if strange:
        raise typer.BadParameter(f"{name} knows no --{min(strange)}")
    return SCHEMES[name](**figures)


def _insist_on(profile: str, path: Path, data: bytes) -> None:
    """Judge the very bytes that will be sent; leave with 1 where they fail."""
    from masthead import preflight

    report = preflight.check(data, profile=preflight.profile(profile))
    if report.failed:
        for finding in report.findings:
            _say(f"{path}: {finding.rule}: {finding.message}")
        raise typer.Exit(1)


def _journal(path: Path | None) -> Journal:
    from masthead.press.printing import Journal

    return Journal(path or Path(typer.get_app_dir("masthead")) / "prints.sqlite")


def _list(entries: Iterable[JournalEntry], as_json: bool) -> None:
    for entry in entries:
        print(json.dumps(asdict(entry), ensure_ascii=False) if as_json else _line(entry))


def _line(entry: JournalEntry) -> str:
    """File, hash, queue, job, ticket and state, in one line."""
    job = f"job {entry.job}" if entry.job else "no job"
    state = f"{entry.stage}" + (f" ({entry.reasons})" if entry.reasons else "")
    return f"{entry.changed}  {entry.file}  {entry.digest[:12]}  {entry.queue}  {job}  {entry.ticket}  {state}"


def _say(text: str) -> None:
    print(text, file=sys.stderr)
