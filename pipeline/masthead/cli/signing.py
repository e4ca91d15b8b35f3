"""`masthead sign` and `masthead verify`: signatures of finished PDFs."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from masthead.cli.console import JsonLines, argument, complain, option, print_json, takes
from masthead.cli.outputs import is_file, one_or_each
from masthead.document import OrderError, SourceError

if TYPE_CHECKING:
    from masthead.press import KeyFile, Token, Witness

commands = typer.Typer()

_TRUST = "PEM file with a certificate that you trust, such as that of a root authority. Repeatable."
_TRUST_TO_SIGN = f"{_TRUST} With it the level is B-LTA, which outlasts the certificate."
_PASSPHRASE = "Passphrase or PIN of the key. If it is not given, Masthead asks for it."


class KeyOptions(NamedTuple):
    """The key to sign with: in a file, or on a card or in a security module."""

    certificate: Annotated[Path | None, option("File with the key and the certificate (PKCS #12: .p12, .pfx).")] = None
    pkcs11: Annotated[
        Path | None, option("Instead, the PKCS #11 library of a card or security module.", "--pkcs11")
    ] = None
    key: Annotated[str, option("--pkcs11: the name of the key and of its certificate.")] = ""
    token: Annotated[str, option("--pkcs11: the name of the token, where there are several.")] = ""
    passphrase: Annotated[str | None, option(_PASSPHRASE, variable="SIGN_PASSPHRASE")] = None

    def locked(self) -> "KeyFile | Token":
        """Return the key with its passphrase, which is asked for if it is not given."""
        from masthead import press

        if (self.certificate is None) == (self.pkcs11 is None) or bool(self.pkcs11) != bool(self.key):
            raise typer.BadParameter("give either --certificate, or --pkcs11 with --key")
        if self.certificate:
            press.check_certificate(self.certificate)
        secret = _asked("PIN" if self.pkcs11 else "passphrase") if self.passphrase is None else self.passphrase
        if self.pkcs11:
            return press.Token(self.pkcs11, self.key, secret, self.token)
        assert self.certificate
        return press.KeyFile(self.certificate, secret)


class TimeOptions(NamedTuple):
    """What proves when a file was signed."""

    timestamp: Annotated[str, option("Address of a time-stamping authority: the level is B-T.", "--timestamp")] = ""
    trust: Annotated[list[Path] | None, option(_TRUST_TO_SIGN)] = None

    def witness(self) -> "Witness | None":
        """Return the authority, if there is one, and whom to trust."""
        from masthead import press

        if self.trust and not self.timestamp:
            raise typer.BadParameter("--trust needs --timestamp")
        return press.Witness(self.timestamp, tuple(self.trust or ())) if self.timestamp else None


class SignOptions(NamedTuple):
    """All that the command line says to `masthead sign`."""

    pdfs: Annotated[list[Path], argument("Finished reading copies.", "PDF…")]
    output: Annotated[Path, option("File for the signed PDF, or a folder for several.", "--output", "-o")]
    key: KeyOptions = KeyOptions()
    reason: Annotated[str, option("Reason for signing.")] = ""
    time: TimeOptions = TimeOptions()


@commands.command()
@takes(SignOptions)
def sign(asked: SignOptions) -> None:
    """Sign PDFs (PAdES). Sign last: any later change to a file breaks its signature."""
    from masthead import press
    from masthead.typesetting import Pdf

    witness = asked.time.witness()
    if len(asked.pdfs) > 1 and is_file(asked.output):
        raise typer.BadParameter(f"give a folder for {len(asked.pdfs)} signed PDFs", param_hint="'--output'")
    with press.unlocked(asked.key.locked()) as unlocked:

        def signed(pdf: Path) -> bytes:
            return press.sign(Pdf.load(pdf).data, unlocked, reason=asked.reason, witness=witness)

        one_or_each(asked.output, asked.pdfs, signed)


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
