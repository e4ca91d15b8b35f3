"""What the command line says to `masthead print` and `masthead queue`: the printer, the login, and the jobs."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

import getpass
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from masthead.cli.console import JsonLines, argument, option

if TYPE_CHECKING:
    from masthead.press.printing import Printer

_PRINTERS = "Printer: ipps://host/ipp/print, ipp://…, or the name of a CUPS queue. Several printers share the files."
_REPORT = "File for a report, .html or .json, written again and again while the run goes on."
_DRY_RUN = "Ask the printer whether it would accept the jobs, and send nothing."
_AUTHORITY = "PEM file with the certificate of the printer, or of the authority that signed it."
_CERTIFICATE = "PEM file with your certificate and its key."
_FINGERPRINT = "SHA-256 of the printer's certificate: no other is accepted."

JournalPath = Annotated[
    Path | None, option("Journal of what was sent to printers; by default each user has one.", "--journal")
]


class PrinterLogin(NamedTuple):
    """Who logs in to a printer, and how both are known."""

    user: Annotated[str, option("Name to log in with; by default that of the user.", variable="PRINT_USER")] = ""
    ca: Annotated[Path | None, option(_AUTHORITY, variable="PRINT_CA")] = None
    certificate: Annotated[Path | None, option(_CERTIFICATE, variable="PRINT_CERTIFICATE")] = None
    fingerprint: Annotated[str, option(_FINGERPRINT, variable="PRINT_FINGERPRINT")] = ""

    def printer(self, address: str) -> "Printer":
        """Return the printer at an address. The keyring is asked for the password of a user that was named."""
        from masthead.press import printing

        name = self.user or getpass.getuser()
        password = os.environ.get("MASTHEAD_PRINT_PASSWORD", "")
        if self.user and not password:
            password = printing.kept_password(address, self.user)
        if self.fingerprint and not re.fullmatch(r"(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}", self.fingerprint):
            raise typer.BadParameter("give 64 hexadecimal digits (SHA-256)", param_hint="'--fingerprint'")
        login = printing.Login(name, password, self.ca, self.certificate, self.fingerprint)
        return printing.Printer.at(address, name, login=login)


class PrintOptions(NamedTuple):
    """All that the command line says to `masthead print`."""

    pdfs: Annotated[list[Path], argument("Finished PDFs, printed in this order.", "PDF…")]
    to: Annotated[list[str], option(_PRINTERS)]
    ticket: Annotated[Path | None, option("Print ticket, TOML or JSON.")] = None
    journal: JournalPath = None
    profile: Annotated[
        str | None, option("Check the files first, by the profile of this name (see `masthead check`).")
    ] = None
    patience: Annotated[float, option("Seconds to wait for a printer that is busy or unreachable.")] = 60.0
    again: Annotated[bool, option("Print files even if they were printed before.", "--again")] = False
    copies: Annotated[int | None, option("Number of copies, instead of that of the ticket.", min=1, max=9999)] = None
    login: PrinterLogin = PrinterLogin()
    report: Annotated[Path | None, option(_REPORT)] = None
    dry_run: Annotated[bool, option(_DRY_RUN, "--dry-run")] = False
    as_json: JsonLines = False


class QueueOptions(NamedTuple):
    """All that the command line says to `masthead queue`."""

    to: Annotated[str | None, option("Printer whose waiting jobs are listed instead.")] = None
    hold: Annotated[int | None, option("Number of a job to hold, at the printer --to.")] = None
    release: Annotated[int | None, option("Number of a held job to print.")] = None
    cancel: Annotated[int | None, option("Number of a job to cancel.")] = None
    journal: JournalPath = None
    login: PrinterLogin = PrinterLogin()
    as_json: JsonLines = False
