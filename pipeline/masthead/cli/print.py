"""The printers' commands: `masthead print`, `masthead printers`, `masthead queue` and `masthead ticket`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from masthead.cli.console import JsonLines, argument, complain, option, people, print_json, takes, warn
from masthead.cli.print_options import PrintOptions, QueueOptions
from masthead.document import PrintError, SourceError, files

if TYPE_CHECKING:
    from masthead.press.printing import Journal, JournalEntry, Patience, Printed, Printer, PrintOrder, PrintRun, Tickets

# As in `masthead.cli.app`, each command imports what it needs.

commands = typer.Typer()

_NAMED = 10  # files that one message names


@commands.command("print")
@takes(PrintOptions)
def print_(asked: PrintOptions) -> None:
    """Send each PDF to a printer once, and wait until all are printed.

    Ctrl-C cancels the files that are not printed yet. If the printer asks for a password, it is the value of
    MASTHEAD_PRINT_PASSWORD, or that of --user in the keyring. `masthead printers` lists printers.
    """
    from masthead.press import printing
    from masthead.press.printing import ticket as print_ticket

    tickets = print_ticket.read(asked.ticket) if asked.ticket else printing.Tickets()
    printers = [asked.login.printer(each) for each in asked.to]
    for name in sorted(set(tickets.files) - {path.name for path in asked.pdfs}):
        warn(f"{asked.ticket}: no file is named {name}, so its part of the ticket is not used")
    orders = _orders(asked.pdfs, tickets, asked.profile)
    if asked.copies:
        orders = [replace(order, ticket=replace(order.ticket, copies=asked.copies)) for order in orders]
    waiting = printing.Patience(limit=asked.patience, say=_log)
    if asked.dry_run:
        _dry_run(orders, printers, waiting)
        return
    journal, run = _journal(asked.journal), printing.PrintRun(orders, asked.report)
    listed: set[int | None] = set()

    def noted(entry: JournalEntry) -> None:
        run.note(entry)
        if entry.stage is printing.Stage.COMPLETED:
            listed.add(entry.id)
            _list([entry], asked.as_json)
        elif entry.stage not in (printing.Stage.OPENED, printing.Stage.CREATED, printing.Stage.SENDING):
            _log(_line(entry))

    settings = {"again": asked.again, "patience": waiting, "report": noted}
    found = _submit(orders, printers, journal, run, settings)
    for problem in dict.fromkeys(each.error for each in found):  # that of a printer is the same for many files
        if problem:
            complain(problem)
    entries = [each.entry for each in found if each.entry]
    for entry in entries:
        if entry.changed < run.begun:
            _log(f"{entry.file} was printed before and is not printed again; --again prints it")
    _list((entry for entry in entries if entry.id not in listed), asked.as_json)
    missing = [each.order.file for each in found if not each.entry or each.entry.stage is not printing.Stage.COMPLETED]
    if missing and len(orders) > 1:
        others = f" and {len(missing) - _NAMED} others" if len(missing) > _NAMED else ""
        _log(f"not printed, as far as is known: {', '.join(missing[:_NAMED])}{others}")
    done = sum(entry.stage is printing.Stage.COMPLETED for entry in entries)
    _log(f"{done} of {len(orders)} files are printed")
    raise typer.Exit(7 if done < len(orders) else 0)


def _dry_run(orders: Sequence[PrintOrder], printers: Sequence[Printer], waiting: Patience) -> None:
    """Print what each printer would do. Raises PrintError for what it would not accept."""
    from masthead.press import printing

    for printer in printers:
        for order, template in zip(orders, printing.check(orders, printer, patience=waiting), strict=True):
            asked = printing.described(template)
            print(files.printable(f"{order.file}  {order.digest[:12]}  “{order.name}”  {asked}"))


def _submit(
    orders: Sequence[PrintOrder],
    printers: Sequence[Printer],
    journal: Journal,
    run: PrintRun,
    settings: dict[str, Any],
) -> tuple[Printed, ...]:
    """Print the files on one printer, or on several that share them; end the run in any case."""
    from masthead.press import printing

    found: tuple[Printed, ...] = ()
    failed: PrintError | None = None
    try:
        if len(printers) == 1:
            found = printing.submit(orders, printers[0], journal, **settings)
        else:
            found = printing.distribute(orders, printers, journal, **settings)
    except PrintError as error:
        failed = error
        raise
    finally:
        run.end(found, failed)
    return found


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
@takes(QueueOptions)
def queue(asked: QueueOptions) -> None:
    """List the files that Masthead sent to printers. With --to, list the jobs that wait at one printer."""
    from masthead.press import printing

    if asked.to is None:
        if asked.hold or asked.release or asked.cancel:
            raise typer.BadParameter("give the printer: --to")
        entries = _journal(asked.journal).entries()
        _list(entries, asked.as_json)
        if not entries:
            _log("nothing was sent to a printer yet")
        return
    printer = asked.login.printer(asked.to)
    steering = ((printer.hold, asked.hold), (printer.release, asked.release), (printer.cancel, asked.cancel))
    for operation, number in steering:
        if number:
            printing.steer(printer, operation, number)
    jobs = printing.waiting_jobs(printer)
    if not jobs:
        _log("no job waits there")
    for job in jobs:
        if asked.as_json:
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
