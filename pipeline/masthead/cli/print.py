"""The print shop's commands: from `separate` and `impose` by `print` and `queue` to `sign` and `verify`."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.markup import escape

from masthead.cli.console import JsonLines, argument, complain, option, people, print_json, print_path, renamed, warn
from masthead.document import MastheadError, OrderError, PrintError, SourceError, files

if TYPE_CHECKING:
    from masthead.press import KeyFile, Token
    from masthead.press.imposition import PlainScheme, Scheme
    from masthead.press.printing import Journal, JournalEntry, Printer, PrintOrder, Tickets
    from masthead.typesetting import Pdf

# As in `masthead.cli.app`, each command imports what it needs.

commands = typer.Typer()

SchemeName = Literal["saddle", "perfect", "cover", "n-up", "cut-and-stack", "step-and-repeat", "booklet"]
TurningName = Literal["head-to-head", "head-to-toe"]
_PREVIEWS = ".svg", ".html"
_NAMED = 10  # files that one message names
_PREVIEW = "Draw the sheets with their page numbers to this .svg file, or to an .html file that shows the folds too."
_BOTTLING = "Millimetres by which the head of each nested leaf of a folded sheet is turned to the spine."
_BLANKS = "Where blank pages fill the last sheet: at the end, or before the last page, which is then at the back."
_BINDING = "Binding edge; by default right for publications that are read from right to left, else left."
_CREEP = "Millimetres by which each nested leaf is pushed out; pages are moved towards the spine by as much."
_SECTION = "saddle, perfect: pages of a folded sheet, instead of --folds: 4, 8, 12, 16 or 24."
_WORK = "Print both sides with one plate: turn or tumble the sheet in between, and cut it into two copies."
_PRINTERS = "Printer: ipps://host/ipp/print, ipp://…, or the name of a CUPS queue. Several printers share the files."
_REPORT = "File for a report, .html or .json, written again and again while the run goes on."
_DRY_RUN = "Ask the printer whether it would accept the jobs, and send nothing."
_TRUST = "PEM file with a certificate that you trust, such as that of a root authority. Repeatable."
_TRUST_TO_SIGN = f"{_TRUST} With it the level is B-LTA, which outlasts the certificate."
_PASSPHRASE = "Passphrase or PIN of the key. If it is not given, Masthead asks for it."

UserName = Annotated[str, option("Name to log in with; by default that of the user.", variable="PRINT_USER")]
Authority = Annotated[
    Path | None,
    option("PEM file with the certificate of the printer, or of the authority that signed it.", variable="PRINT_CA"),
]
ClientCertificate = Annotated[
    Path | None, option("PEM file with your certificate and its key.", variable="PRINT_CERTIFICATE")
]
Fingerprint = Annotated[
    str, option("SHA-256 of the printer's certificate: no other is accepted.", variable="PRINT_FINGERPRINT")
]
JournalPath = Annotated[
    Path | None, option("Journal of what was sent to printers; by default each user has one.", "--journal")
]


@commands.command(context_settings=renamed(**{"dry-run": "preview", "cut-stack": "cut-and-stack"}))
def impose(
    pdfs: Annotated[list[Path], argument("One publication, or several that are imposed one after the other.", "PDF…")],
    scheme: Annotated[SchemeName, option("Arrangement of the pages on the sheets.")],
    output: Annotated[
        Path | None, option("File for the sheets, or a folder for those of each publication.", "--output", "-o")
    ] = None,
    preview: Annotated[Path | None, option(_PREVIEW)] = None,
    binding: Annotated[Literal["left", "right"] | None, option(_BINDING)] = None,
    sheets: Annotated[int | None, option("perfect: number of sheets in a signature.")] = None,
    folds: Annotated[int | None, option("saddle, perfect: number of folds of a sheet, 1 to 3.")] = None,
    section: Annotated[int | None, option(_SECTION)] = None,
    columns: Annotated[int | None, option("n-up, cut-and-stack, step-and-repeat: pages side by side.")] = None,
    rows: Annotated[int | None, option("n-up, cut-and-stack, step-and-repeat: pages one above the other.")] = None,
    paper: Annotated[str | None, option("Paper: A3, SRA3, letter …, or its size in mm, such as 450x320.")] = None,
    gutter: Annotated[float, option("Distance between trimmed pages, in millimetres.")] = 0.0,
    spine: Annotated[float, option("perfect: width that is milled off. cover: thickness. In millimetres.")] = 0.0,
    spine_text: Annotated[str, option("cover: text on the spine.", "--spine-text")] = "",
    creep: Annotated[float, option(_CREEP)] = 0.0,
    bottling: Annotated[float, option(_BOTTLING)] = 0.0,
    blanks: Annotated[Literal["end", "before-last"], option(_BLANKS)] = "end",
    blank_after: Annotated[
        list[int] | None, option("Page that a blank page follows. Repeatable.", "--blank-after")
    ] = None,
    work: Annotated[Literal["turn", "tumble"] | None, option(_WORK)] = None,
    turning: Annotated[TurningName, option("How the printing machine turns the sheet.")] = "head-to-head",
    marks: Annotated[bool, option("Draw crop, fold and collating marks.")] = True,
    controls: Annotated[bool, option("Draw registration marks, a colour bar and a slug line.", "--controls")] = False,
) -> None:
    """Arrange pages on sheets for folding, cutting and binding.

    If --output is a folder, each publication is imposed separately into a file of its own name.
    """
    from masthead.press import imposition

    if output is None and preview is None:
        raise typer.BadParameter("give --output or --preview")
    if preview and preview.suffix not in _PREVIEWS:
        raise typer.BadParameter(f"give a file ending in {' or '.join(_PREVIEWS)}", param_hint="'--preview'")
    plain = _scheme(scheme, {"sheets": sheets, "folds": folds, "section": section, "columns": columns, "rows": rows})
    chosen: Scheme = imposition.Worked(plain, tumble=work == "tumble") if work else plain
    size = imposition.Paper.parse(paper) if paper else None
    turned = imposition.Turning(turning)
    options = imposition.SheetOptions(size, gutter, spine, creep, marks, controls, turned, bottling, spine_text)
    filled = imposition.Blanks(tuple(blank_after or ()), blanks == "before-last")
    edge = imposition.Edge(binding) if binding else None
    if preview:
        arranged = imposition.arrange(pdfs, chosen, options=options, binding=edge, blanks=filled)
        drawn = imposition.preview_html if preview.suffix == ".html" else imposition.preview_svg
        files.save(preview, drawn(arranged).encode("utf-8", "backslashreplace"))
        print_path(preview)

    def imposed(pdfs: Sequence[Path]) -> Pdf:
        return imposition.impose(pdfs, chosen, options=options, binding=edge, blanks=filled)

    if output and _is_file(output):
        if any(output.exists() and pdf.exists() and output.samefile(pdf) for pdf in pdfs):
            raise OrderError("the output would replace a PDF", where=str(output), hint="give another file or folder")
        imposed(pdfs).save(output)
        print_path(output)
    elif output:
        _each_into(output, pdfs, lambda pdf: imposed([pdf]).data)


@commands.command()
def separate(
    pdfs: Annotated[list[Path], argument("Finished PDFs, made by any program.", "PDF…")],
    output: Annotated[Path, option("Folder for the press copies, or the file of one.", "--output", "-o")],
    variant: Annotated[
        Literal["press", "press-x1a", "press-x6"], option("PDF/X-4, PDF/X-1a or PDF/X-6.", "--for")
    ] = "press",
    ink: Annotated[str, option('Ink of the job, black or "NAME=C,M,Y,K" besides black; by default four.')] = "",
    condition: Annotated[Path | None, option("ICC profile of press and paper; by default FOGRA47, uncoated.")] = None,
) -> None:
    """Make press copies of finished PDFs: colours as inks, page boxes, bleed and printer's marks.

    Documents are better published with `--for press`: their backgrounds then reach into the bleed.
    """
    from masthead import press
    from masthead.document import Variant
    from masthead.typesetting import Pdf

    if len(pdfs) > 1 and _is_file(output):
        raise typer.BadParameter(f"give a folder for {len(pdfs)} press copies", param_hint="'--output'")
    standard = press.STANDARDS[Variant(variant)]

    def separated(pdf: Path) -> bytes:
        return press.separate(Pdf.load(pdf).data, standard, ink=ink, condition=condition)

    _one_or_each(output, pdfs, separated)


@commands.command()
def proof(
    pdf: Annotated[Path, argument("A press copy, or imposed sheets.", "PDF")],
    output: Annotated[Path, option("File for the proof, .html.", "--output", "-o")],
    condition: Annotated[Path | None, option("ICC profile of press and paper, instead of that of the file.")] = None,
    resolution: Annotated[int, option("Dots per inch of the pictures.", min=20, max=300)] = 72,
) -> None:
    """Show each page as it will look on its paper, and each of its plates, in one HTML file."""
    from masthead import press
    from masthead.typesetting import Pdf

    if output.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter("give a file ending in .html", param_hint="'--output'")
    shown = press.proof_html(Pdf.load(pdf).data, str(pdf), condition=condition, resolution=resolution)
    files.save(output, shown.encode("utf-8", "backslashreplace"))
    print_path(output)


@commands.command("print")
def print_(
    pdfs: Annotated[list[Path], argument("Finished PDFs, printed in this order.", "PDF…")],
    to: Annotated[list[str], option(_PRINTERS)],
    ticket: Annotated[Path | None, option("Print ticket, TOML or JSON.")] = None,
    journal: JournalPath = None,
    profile: Annotated[
        str | None, option("Check the files first, by the profile of this name (see `masthead check`).")
    ] = None,
    patience: Annotated[float, option("Seconds to wait for a printer that is busy or unreachable.")] = 60.0,
    again: Annotated[bool, option("Print files even if they were printed before.", "--again")] = False,
    copies: Annotated[int | None, option("Number of copies, instead of that of the ticket.", min=1, max=9999)] = None,
    user: UserName = "",
    ca: Authority = None,
    certificate: ClientCertificate = None,
    fingerprint: Fingerprint = "",
    report: Annotated[Path | None, option(_REPORT)] = None,
    dry_run: Annotated[bool, option(_DRY_RUN, "--dry-run")] = False,
    as_json: JsonLines = False,
) -> None:
    """Send each PDF to a printer once, and wait until all are printed.

    Ctrl-C cancels the files that are not printed yet. If the printer asks for a password, it is the value of
    MASTHEAD_PRINT_PASSWORD, or that of --user in the keyring. `masthead printers` lists printers.
    """
    from masthead.press import printing
    from masthead.press.printing import ticket as print_ticket

    tickets = print_ticket.read(ticket) if ticket else printing.Tickets()
    printers = [_printer(each, user, ca, certificate, fingerprint) for each in to]
    for name in sorted(set(tickets.files) - {path.name for path in pdfs}):
        warn(f"{ticket}: no file is named {name}, so its part of the ticket is not used")
    orders = _orders(pdfs, tickets, profile)
    if copies:
        orders = [replace(order, ticket=replace(order.ticket, copies=copies)) for order in orders]
    waiting = printing.Patience(limit=patience, say=_log)
    if dry_run:
        for printer in printers:
            for order, template in zip(orders, printing.check(orders, printer, patience=waiting), strict=True):
                asked = print_ticket.described(template)
                print(files.printable(f"{order.file}  {order.digest[:12]}  “{order.name}”  {asked}"))
        return
    prints, run = _journal(journal), printing.PrintRun(orders, report)
    listed: set[int | None] = set()

    def noted(entry: JournalEntry) -> None:
        run.note(entry)
        if entry.stage is printing.Stage.COMPLETED:
            listed.add(entry.id)
            _list([entry], as_json)
        elif entry.stage not in (printing.Stage.OPENED, printing.Stage.CREATED, printing.Stage.SENDING):
            _log(_line(entry))

    settings: dict[str, Any] = {"again": again, "patience": waiting, "report": noted}
    found: tuple[printing.Printed, ...] = ()
    failed: PrintError | None = None
    try:
        if len(printers) == 1:
            found = printing.submit(orders, printers[0], prints, **settings)
        else:
            found = printing.distribute(orders, printers, prints, **settings)
    except PrintError as error:
        failed = error
        raise
    finally:
        run.end(found, failed)
    for problem in dict.fromkeys(each.error for each in found):  # that of a printer is the same for many files
        if problem:
            complain(problem)
    entries = tuple(each.entry for each in found if each.entry)
    for entry in entries:
        if entry.changed < run.begun:
            _log(f"{entry.file} was printed before and is not printed again; --again prints it")
    _list((entry for entry in entries if entry.id not in listed), as_json)
    done = sum(entry.stage is printing.Stage.COMPLETED for entry in entries)
    missing = [each.order.file for each in found if not each.entry or each.entry.stage is not printing.Stage.COMPLETED]
    if missing and len(orders) > 1:
        others = f" and {len(missing) - _NAMED} others" if len(missing) > _NAMED else ""
        _log(f"not printed, as far as is known: {', '.join(missing[:_NAMED])}{others}")
    _log(f"{done} of {len(orders)} files are printed")
    raise typer.Exit(7 if done < len(orders) else 0)


def _printer(address: str, user: str, ca: Path | None, certificate: Path | None, fingerprint: str) -> Printer:
    """The printer at an address, used by `user`. The keyring is asked for the password of a user that was named."""
    from masthead.press import printing

    name = user or getpass.getuser()
    password = os.environ.get("MASTHEAD_PRINT_PASSWORD", "")
    if user and not password:
        password = printing.kept_password(address, user)
    if fingerprint and not re.fullmatch(r"(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}", fingerprint):
        raise typer.BadParameter("give 64 hexadecimal digits (SHA-256)", param_hint="'--fingerprint'")
    login = printing.Login(name, password, ca, certificate, fingerprint)
    return printing.Printer.at(address, name, login=login)


def _orders(pdfs: Sequence[Path], tickets: Tickets, profile: str | None) -> list[PrintOrder]:
    """The orders to print some files. Nothing is printed if one cannot be; what is wrong with each is said."""
    orders, errors = [], []
    for path in pdfs:
        try:
            orders.append(_order(path, tickets, profile))
        except SourceError as error:
            error.where = error.where or str(path)
            errors.append(error)
    if errors:
        _log("nothing was printed")
    SourceError.raise_all(errors)
    return orders


def _order(path: Path, tickets: Tickets, profile: str | None) -> PrintOrder:
    """The order to print a file. Exits with 1 if it does not pass the profile."""
    from masthead import preflight
    from masthead.press import printing
    from masthead.press.imposition import Edge, open_pdf, reading_direction
    from masthead.typesetting import Pdf

    data = Pdf.load(path).data
    with open_pdf(data, str(path)) as pdf:
        binding, ticket = Edge.of(reading_direction(pdf)), printing.ticket.with_sides(tickets.of(path.name), pdf)
    # The bytes in memory are checked, as the file could change before it is sent.
    report = preflight.check(data, profile=profile) if profile else None
    if report and report.failed:
        for finding in report.findings:
            _log(f"{path}: {finding.severity}: {finding.message} [{finding.rule}]")
        raise typer.Exit(1)
    pin = os.environ.get("MASTHEAD_PRINT_PIN", "")
    return printing.PrintOrder(path.name, data, ticket, binding, pin)


@commands.command()
def printers(
    seconds: Annotated[float, option("Seconds to wait for announcements.", min=0.1, max=60)] = 3.0,
    interface: Annotated[
        list[str] | None, option("Address of this machine on the network to search; by default all. Repeatable.")
    ] = None,
    as_json: JsonLines = False,
) -> None:
    """List the printers of the local network that announce themselves (DNS-SD), with their addresses for --to."""
    from masthead.press import printing

    found = printing.discover(seconds, interfaces=interface or ())
    for printer in found:
        print_json(asdict(printer)) if as_json else print("\n".join(map(files.printable, str(printer).splitlines())))
    if not found:
        _log(f"no printer announced itself in {seconds:g} s; those of other networks must be given by their address")


@commands.command()
def queue(
    to: Annotated[str | None, option("Printer whose waiting jobs are listed instead.")] = None,
    hold: Annotated[int | None, option("Number of a job to hold, at the printer --to.")] = None,
    release: Annotated[int | None, option("Number of a held job to print.")] = None,
    cancel: Annotated[int | None, option("Number of a job to cancel.")] = None,
    journal: JournalPath = None,
    user: UserName = "",
    ca: Authority = None,
    certificate: ClientCertificate = None,
    fingerprint: Fingerprint = "",
    as_json: JsonLines = False,
) -> None:
    """List the files that Masthead sent to printers. With --to, list the jobs that wait at one printer."""
    from masthead.press import printing

    if to is None:
        if hold or release or cancel:
            raise typer.BadParameter("give the printer: --to")
        entries = _journal(journal).entries()
        _list(entries, as_json)
        if not entries:
            _log("nothing was sent to a printer yet")
        return
    printer = _printer(to, user, ca, certificate, fingerprint)
    for operation, number in ((printer.hold, hold), (printer.release, release), (printer.cancel, cancel)):
        if number:
            printing.steer(printer, operation, number)
    jobs = printing.waiting_jobs(printer)
    if not jobs:
        _log("no job waits there")
    for job in jobs:
        if as_json:
            print_json(asdict(job))
        else:
            print(f"job {job.number}  {job.state}  {job.user}  {job.name}  {', '.join(job.reasons)}")


@commands.command()
def ticket(
    file: Annotated[Path | None, argument("A print ticket, TOML or JSON.", "TICKET")] = None,
) -> None:
    """Check a print ticket and print it as JSON. Without a ticket, print the JSON Schema of tickets."""
    from masthead.press.printing import ticket as print_ticket

    values = asdict(print_ticket.read(file)) if file else print_ticket.schema()
    print_json(values, indent=2)


@commands.command()
def sign(
    pdfs: Annotated[list[Path], argument("Finished reading copies.", "PDF…")],
    output: Annotated[Path, option("File for the signed PDF, or a folder for several.", "--output", "-o")],
    certificate: Annotated[Path | None, option("File with the key and the certificate (PKCS #12: .p12, .pfx).")] = None,
    pkcs11: Annotated[
        Path | None, option("Instead, the PKCS #11 library of a card or security module.", "--pkcs11")
    ] = None,
    key: Annotated[str, option("--pkcs11: the name of the key and of its certificate.")] = "",
    token: Annotated[str, option("--pkcs11: the name of the token, where there are several.")] = "",
    reason: Annotated[str, option("Reason for signing.")] = "",
    timestamp: Annotated[str, option("Address of a time-stamping authority: the level is B-T.", "--timestamp")] = "",
    trust: Annotated[list[Path] | None, option(_TRUST_TO_SIGN)] = None,
    passphrase: Annotated[str | None, option(_PASSPHRASE, variable="SIGN_PASSPHRASE")] = None,
) -> None:
    """Sign PDFs (PAdES). Sign last: any later change to a file breaks its signature."""
    from masthead import press
    from masthead.typesetting import Pdf

    if trust and not timestamp:
        raise typer.BadParameter("--trust needs --timestamp")
    if len(pdfs) > 1 and _is_file(output):
        raise typer.BadParameter(f"give a folder for {len(pdfs)} signed PDFs", param_hint="'--output'")
    if (certificate is None) == (pkcs11 is None) or bool(pkcs11) != bool(key):
        raise typer.BadParameter("give either --certificate, or --pkcs11 with --key")
    if certificate:
        press.check_certificate(certificate)
    if passphrase is None:
        passphrase = _asked("PIN" if pkcs11 else "passphrase")
    locked: KeyFile | Token
    if certificate:
        locked = press.KeyFile(certificate, passphrase)
    else:
        assert pkcs11
        locked = press.Token(pkcs11, key, passphrase, token)
    witness = press.Witness(timestamp, tuple(trust or ())) if timestamp else None
    with press.unlocked(locked) as unlocked:

        def signed(pdf: Path) -> bytes:
            return press.sign(Pdf.load(pdf).data, unlocked, reason=reason, witness=witness)

        _one_or_each(output, pdfs, signed)


@commands.command()
def verify(
    pdfs: Annotated[list[Path], argument("Signed PDFs.", "PDF…")],
    trust: Annotated[list[Path] | None, option(_TRUST)] = None,
    at: Annotated[datetime | None, option("Moment to judge by, instead of now.", formats=["%Y-%m-%d"])] = None,
    as_json: JsonLines = False,
) -> None:
    """Verify the signatures of PDFs by what the files themselves prove.

    The exit code is 1 if a file has no signature, was changed or added to, or is not valid by what is trusted.
    """
    from masthead.pdf import signatures
    from masthead.typesetting import Pdf

    is_good, failed = True, 0
    moment = at.replace(tzinfo=UTC) if at else None
    for path in pdfs:
        try:
            found = signatures.verify(Pdf.load(path).data, trust=tuple(trust or ()), at=moment)
        except SourceError as error:  # one that cannot be read does not stop the others
            error.where = error.where or str(path)
            complain(error)
            failed = error.exit_code
            continue
        is_good &= bool(found)
        if not found and not as_json:
            print(f"{path}: not signed")
        for each in found:
            is_good &= each.intact and each.whole and each.trusted is not False
            times = {
                name: time and time.isoformat() for name, time in (("stamped", each.stamped), ("dated", each.dated))
            }
            values = asdict(each) | {"file": str(path)} | times
            print_json(values) if as_json else print(f"{path}: {each}")
    raise typer.Exit(failed or (0 if is_good else 1))


def _asked(secret: str) -> str:
    """Ask for a secret: a person, or the first line of the standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt(secret.capitalize(), default="", hide_input=True, show_default=False, err=True))
    if line := sys.stdin.readline():
        return line.rstrip("\r\n")
    raise OrderError(f"the {secret} of the key is missing", hint="set MASTHEAD_SIGN_PASSPHRASE")


def _is_file(output: Path) -> bool:
    """Return whether an output is a PDF file, and not a folder for several."""
    return output.suffix.lower() == ".pdf" and not output.is_dir()


def _one_or_each(output: Path, pdfs: Sequence[Path], made: Callable[[Path], bytes]) -> None:
    """Make the file `output` of the only PDF, or a file of each in the folder `output`."""
    if _is_file(output):
        _make(output, pdfs[0], made)
    else:
        _each_into(output, pdfs, made)


def _each_into(folder: Path, pdfs: Sequence[Path], made: Callable[[Path], bytes]) -> None:
    """Make a file of each PDF in a folder, under its name. One that fails does not stop the others."""
    for name, number in Counter(pdf.name for pdf in pdfs).items():
        if number > 1:
            raise OrderError(f"{number} PDFs are named {name}", hint="give them folders of their own")
    failed = 0
    for pdf in pdfs:
        try:
            _make(folder / pdf.name, pdf, made)
        except MastheadError as error:
            complain(error)
            failed = failed or error.exit_code
    raise typer.Exit(failed)


def _make(path: Path, pdf: Path, made: Callable[[Path], bytes]) -> None:
    """Make a file of a PDF, which it must not replace. Errors name the PDF."""
    try:
        if path.exists() and pdf.exists() and path.samefile(pdf):
            raise OrderError("the output would replace the PDF itself", hint="give another file or folder")
        files.save(path, made(pdf))
    except MastheadError as error:
        error.where = error.where or str(pdf)
        raise
    print_path(path)


def _scheme(name: str, given: dict[str, int | None]) -> PlainScheme:
    """The scheme of that name with the numbers given for it; a number for another scheme is wrong usage."""
    from masthead.press.imposition import SCHEMES

    numbers = {key: value for key, value in given.items() if value is not None}
    unknown = set(numbers) - {field.name for field in fields(SCHEMES[name])}
    if unknown:
        raise typer.BadParameter(f"{name} has no --{min(unknown)}")
    return SCHEMES[name](**numbers)


def _journal(path: Path | None) -> Journal:
    from masthead.press.printing import Journal

    return Journal(path or Path(typer.get_app_dir("masthead")) / "prints.sqlite")


def _list(entries: Iterable[JournalEntry], as_json: bool) -> None:
    for entry in entries:
        print_json(asdict(entry)) if as_json else print(files.printable(_line(entry)), flush=True)


def _line(entry: JournalEntry) -> str:
    """Time, state, file, ticket, queue and job, in one line. What goes without saying is left out."""
    said = {name: value for name, value in json.loads(entry.ticket).items() if (name, value) != ("copies", 1)}
    said.pop("binding", None)
    asked = [f"{name.replace('_', ' ')} {_plain(value)}" for name, value in said.items()]
    where = f"{entry.queue}, job {entry.job}" if entry.job else entry.queue
    reasons = entry.reasons.replace("job-completed-successfully", "")
    parts = (entry.changed[:19].replace("T", " "), str(entry.stage), entry.file, ", ".join(asked), where, reasons)
    return "  ".join(filter(None, parts))


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _log(text: str) -> None:
    people.print(escape(files.printable(text)), soft_wrap=True)
