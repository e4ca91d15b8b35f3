"""`masthead serve`: the desk, a server on which a section works."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

import sys
from contextlib import AbstractContextManager, ExitStack, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TextIO

import typer

from masthead.cli.console import argument, option, people, takes
from masthead.cli.review import person
from masthead.document import OrderError, files

if TYPE_CHECKING:
    import socket

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


class ListeningOptions(NamedTuple):
    """Where the server listens, whom it answers, and what it logs."""

    port: Annotated[int, option("Port; 0 means any free one.", min=0, max=65535)] = _PORT
    bind: Annotated[str, option("Address to listen on.")] = "127.0.0.1"
    host: Annotated[list[str] | None, option(_HOST)] = None
    proxy: Annotated[list[str] | None, option(_PROXY)] = None
    rate: Annotated[float, option(_RATE, min=0.1)] = 50
    log: Annotated[str, option(_LOG, "--log", variable="SERVE_LOG")] = ""

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the server."""
        return self.bind in ("127.0.0.1", "::1", "localhost")

    def open(self) -> "socket.socket":
        """Listen. Raises OrderError if the port is taken."""
        from masthead.service import listen

        try:
            return listen(self.port, self.bind)
        except OSError as error:
            hint = "name another --port"
            raise OrderError(f"port {self.port} is not available: {files.reason(error)}", hint=hint) from error

    def address(self, listening: "socket.socket") -> str:
        """Return the address of the page."""
        shown = f"[{self.bind}]" if ":" in self.bind else self.bind
        return f"http://{shown}:{listening.getsockname()[1]}/"

    def open_log(self) -> AbstractContextManager[TextIO | None]:
        """Return the file for a line about each request, if there is one."""
        if self.log and self.log != "-":
            return Path(self.log).open("a", encoding="utf-8")
        return nullcontext(sys.stderr if self.log else None)


class TokenOptions(NamedTuple):
    """Who may use the desk: the file of tokens, and what is added to it."""

    tokens: Annotated[Path | None, option(_TOKENS, variable="TOKENS")] = None
    new_token: Annotated[str, option(_NEW, "--new-token", metavar="NAME")] = ""
    role: Annotated[list[str] | None, option(_ROLE)] = None

    def add(self) -> None:
        """Add the new token to the file, and print it. Raises OrderError for an unknown role, or without a file."""
        from masthead.service.desk import DeskRole, add_token

        roles = self.role or ["reader"]
        if self.tokens is None:
            raise OrderError("name the file of tokens", hint="--tokens FILE")
        if unknown := [each for each in roles if each not in set(DeskRole)]:
            raise OrderError(f"unknown role: {unknown[0]}", hint=f"the roles are {', '.join(DeskRole)}")
        print(add_token(self.tokens, self.new_token, map(DeskRole, roles)))
        people.print(f"this token is shown once; {self.tokens} has its hash", soft_wrap=True)

    def users(self) -> tuple["TokenFile", str]:
        """Return the users in the file, or this person alone, whose token is then part of the address."""
        import secrets

        from masthead.service import desk

        if self.tokens:
            return desk.TokenFile(self.tokens), ""
        token = secrets.token_urlsafe(32)
        own = desk.DeskUser(person(), frozenset(desk.DeskRole))
        return desk.TokenFile(None, [(token, own)]), f"#token={token}"


class MakerOptions(NamedTuple):
    """Which processes make the editions, and what each may take."""

    jobs: Annotated[
        int | None, option("Processes that make editions.", "--jobs", "-j", min=1, show_default="number of cores")
    ] = None
    timeout: Annotated[float, option("CPU time limit for a small document, in seconds.", min=1)] = 120
    memory: Annotated[int, option("Memory limit for a small document, in MiB.", min=64)] = 2048
    cluster: Annotated[str, option(_CLUSTER)] = ""
    store: Annotated[str, option("Folder or s3://… address through which a cluster exchanges files.")] = ""

    def start(self, stack: ExitStack) -> tuple["Executor", "Executor"]:
        """Start the processes that make editions, and the one that makes what is looked at; they end with `stack`."""
        from masthead import batch

        limits = batch.Limits(self.timeout, self.memory)
        workers: AbstractContextManager[Executor] = (
            batch.Cluster(self.cluster, limits, self.store)
            if self.cluster
            else batch.Pool(self.jobs or batch.cores(), limits)
        )
        return stack.enter_context(workers), stack.enter_context(batch.Pool(1, limits))


class ServeOptions(NamedTuple):
    """All that the command line says to `masthead serve`."""

    folder: Annotated[Path, argument("Folder of the desk; it is made if it does not exist.", "FOLDER")] = Path("desk")
    listening: ListeningOptions = ListeningOptions()
    access: TokenOptions = TokenOptions()
    makers: MakerOptions = MakerOptions()
    printer: Annotated[str, option(_PRINTER)] = ""
    backup: Annotated[Path | None, option(_BACKUP)] = None


@commands.command()
@takes(ServeOptions)
def serve(asked: ServeOptions) -> None:
    """Serve the desk: a page on which a section submits, sees, compares, approves and prints documents, and its API.

    What was submitted survives a stop, and is made when the server runs again (docs/desk.md).
    """
    if not all(find_spec(name) for name in ("starlette", "uvicorn", "prometheus_client")):
        raise OrderError("the desk needs additional packages", hint="pip install 'masthead[desk]'")
    from masthead.service import desk

    place, listening, access = desk.DeskFolder(asked.folder), asked.listening, asked.access
    if access.new_token:
        access.add()
        return
    if access.role:
        raise typer.BadParameter("--role belongs to --new-token")
    if asked.backup:
        count = desk.write_backup(place, asked.backup)
        people.print(f"{count:,} files are in {asked.backup}", soft_wrap=True)
        return
    if not (listening.is_local or access.tokens):
        raise OrderError("a server that others reach needs tokens", hint="name the file of tokens: --tokens FILE")
    from masthead.press.printing import Printer

    users, own = access.users()
    printer = Printer.at(asked.printer, person()) if asked.printer else None
    with ExitStack() as stack:
        stack.enter_context(place.held())
        makers, viewers = asked.makers.start(stack)
        lines = stack.enter_context(listening.open_log())
        port = stack.enter_context(listening.open())
        burst = max(_BURST, round(4 * listening.rate))
        settings = desk.DeskSettings(tuple(listening.host or ()), listening.rate, burst, lines, printer)
        print(f"{listening.address(port)}{own}  (stop with Ctrl-C)", flush=True)
        desk.serve(desk.application(place, users, makers, viewers, settings), port, listening.proxy or ())
