"""`masthead serve`: the desk, a server on which a section works."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.console import argument, option, people
from masthead.cli.review import person
from masthead.document import OrderError, files

if TYPE_CHECKING:
    from masthead.batch import Executor
    from masthead.service.desk import TokenFile

commands = typer.Typer()

_PORT, _BURST = 8321, 200
_TOKENS = "File of tokens. Without one, the address that is printed has a token for you alone."
_NEW = "Add a token for somebody to the file of tokens, print it, and exit."
_ROLE = "Role of the new token: reader, editor, approver, printer. Repeatable."
_HOST = "Name under which browsers reach the server; others than localhost are refused. Repeatable."
_PROXY = "Address of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed. Repeatable."
_RATE = "Requests a second that one user may send."
_LOG = "File for a line of JSON about each request; - for standard error."
_PRINTER = "Printer for what is approved: ipp://… or the name of a CUPS queue."
_CLUSTER = "Address of a Dask scheduler whose workers make the editions (docs/scale.md)."
_BACKUP = "Write a backup of the folder into this file, also while it is served, and exit."


@commands.command()
def serve(
    folder: Annotated[Path, argument("Folder of the desk; it is made if it does not exist.", "FOLDER")] = Path("desk"),
    port: Annotated[int, option("Port; 0 means any free one.", min=0, max=65535)] = _PORT,
    bind: Annotated[str, option("Address to listen on.")] = "127.0.0.1",
    tokens: Annotated[Path | None, option(_TOKENS, variable="TOKENS")] = None,
    host: Annotated[list[str] | None, option(_HOST)] = None,
    proxy: Annotated[list[str] | None, option(_PROXY)] = None,
    jobs: Annotated[
        int | None, option("Processes that make editions.", "--jobs", "-j", min=1, show_default="number of cores")
    ] = None,
    timeout: Annotated[float, option("CPU time limit for a small document, in seconds.", min=1)] = 120,
    memory: Annotated[int, option("Memory limit for a small document, in MiB.", min=64)] = 2048,
    rate: Annotated[float, option(_RATE, min=0.1)] = 50,
    log: Annotated[str, option(_LOG, "--log", variable="SERVE_LOG")] = "",
    printer: Annotated[str, option(_PRINTER)] = "",
    cluster: Annotated[str, option(_CLUSTER)] = "",
    store: Annotated[str, option("Folder or s3://… address through which a cluster exchanges files.")] = "",
    new_token: Annotated[str, option(_NEW, "--new-token", metavar="NAME")] = "",
    role: Annotated[list[str] | None, option(_ROLE)] = None,
    backup: Annotated[Path | None, option(_BACKUP)] = None,
) -> None:
    """Serve the desk: a page on which a section submits, sees, compares, approves and prints documents, and its API.

    What was submitted survives a stop, and is made when the server runs again (docs/desk.md).
    """
    if not all(find_spec(name) for name in ("starlette", "uvicorn", "prometheus_client")):
        raise OrderError("the desk needs additional packages", hint="pip install 'masthead[desk]'")
    from masthead import batch
    from masthead.press.printing import Printer
    from masthead.service import desk, listen

    if new_token:
        _add_token(tokens, new_token, role or ["reader"])
        return
    if role:
        raise typer.BadParameter("--role belongs to --new-token")
    if backup:
        count = desk.write_backup(desk.DeskFolder(folder), backup)
        people.print(f"{count:,} files are in {backup}", soft_wrap=True)
        return
    if bind not in ("127.0.0.1", "::1", "localhost") and not tokens:
        raise OrderError("a server that others reach needs tokens", hint="name the file of tokens: --tokens FILE")
    place, limits = desk.DeskFolder(folder), batch.Limits(timeout, memory)
    users, own = _users(tokens)
    handed = Printer.at(printer, person()) if printer else None
    with ExitStack() as stack:
        stack.enter_context(place.held())
        makers: Executor = (
            stack.enter_context(batch.Cluster(cluster, limits, store))
            if cluster
            else stack.enter_context(batch.Pool(jobs or batch.cores(), limits))
        )
        viewers = stack.enter_context(batch.Pool(1, limits))
        lines = (
            sys.stderr if log == "-" else stack.enter_context(Path(log).open("a", encoding="utf-8")) if log else None
        )
        try:
            listening = stack.enter_context(listen(port, bind))
        except OSError as error:
            hint = "name another --port"
            raise OrderError(f"port {port} is not available: {files.reason(error)}", hint=hint) from error
        settings = desk.DeskSettings(tuple(host or ()), rate, max(_BURST, round(4 * rate)), lines, handed)
        shown = f"[{bind}]" if ":" in bind else bind
        print(f"http://{shown}:{listening.getsockname()[1]}/{own}  (stop with Ctrl-C)", flush=True)
        desk.serve(desk.application(place, users, makers, viewers, settings), listening, proxy or ())


def _users(tokens: Path | None) -> tuple[TokenFile, str]:
    """The users in the file, or this person alone, whose token is then part of the address."""
    import secrets

    from masthead.service import desk

    if tokens:
        return desk.TokenFile(tokens), ""
    token = secrets.token_urlsafe(32)
    own = desk.DeskUser(person(), frozenset(desk.DeskRole))
    return desk.TokenFile(None, [(token, own)]), f"#token={token}"


def _add_token(path: Path | None, name: str, roles: list[str]) -> None:
    from masthead.service.desk import DeskRole, add_token

    if path is None:
        raise OrderError("name the file of tokens", hint="--tokens FILE")
    if unknown := [each for each in roles if each not in set(DeskRole)]:
        raise OrderError(f"unknown role: {unknown[0]}", hint=f"the roles are {', '.join(DeskRole)}")
    print(add_token(path, name, map(DeskRole, roles)))
    people.print(f"this token is shown once; {path} has its hash", soft_wrap=True)
