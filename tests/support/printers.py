"""Real printers for the tests: CUPS' own ippeveprinter, and a CUPS server, on the loopback, on free ports.

ippeveprinter wants a message bus to announce itself on; a private one, with nobody on it, is enough.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import parse_http_list, parse_keqv_list

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from masthead.press.printing import Printer
from masthead.press.printing.ipp import Unanswered, Unreachable

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""

# What the printer does with a document: it keeps it with the job's attributes, and obeys files of these names.
_COMMAND = """#!/bin/sh
cd '{folder}' || exit 1
env | grep ^IPP_ > "job.$IPP_JOB_ID.txt"
cp "$1" "job.$IPP_JOB_ID.pdf"
[ -e empty ] && echo 'STATE: +media-empty' >&2
while [ -e empty ] || [ -e slow ]; do sleep 0.05; done
echo 'STATE: -media-empty' >&2
[ ! -e fail ]
"""

_FINISHER = """ATTR integer copies-default 1
ATTR rangeOfInteger copies-supported 1-99
ATTR mimeMediaType document-format-default application/pdf
ATTR mimeMediaType document-format-supported application/pdf
ATTR enum finishings-default 3
ATTR enum finishings-supported 3,8,20,22,50,52
ATTR keyword media-default iso_a4_210x297mm
ATTR keyword media-supported iso_a4_210x297mm,iso_a3_297x420mm
ATTR collection media-size-supported {MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700}
ATTR integer job-password-supported 6
ATTR keyword job-password-encryption-supported none,sha2-256
ATTR integer number-up-supported 1,2,4
ATTR keyword presentation-direction-number-up-supported toleft-tobottom,toright-tobottom
ATTR enum print-quality-default 4
ATTR enum print-quality-supported 3,4,5
ATTR keyword sides-default one-sided
ATTR keyword sides-supported one-sided,two-sided-long-edge,two-sided-short-edge
ATTR keyword urf-supported V1.4
ATTR keyword job-creation-attributes-supported copies,finishings,media,number-up,presentation-direction-number-up,sides
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        return int(listener.getsockname()[1])


@dataclass
class Lab:
    """A running ippeveprinter, and the folder that it writes what it got into."""

    folder: Path
    port: int
    bus: Path
    finisher: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def printer(self) -> Printer:
        return Printer.at(f"ipp://localhost:{self.port}/ipp/print", "tester", timeout=30)

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        command = self.folder / "command"
        command.write_text(_COMMAND.format(folder=self.folder))
        command.chmod(0o755)
        kind = ["-2", "-f", "application/pdf", "-F", "application/pdf"]
        if self.finisher:
            (self.folder / "finisher.conf").write_text(_FINISHER)
            kind = ["-a", str(self.folder / "finisher.conf")]
        self.process = subprocess.Popen(
            ["/usr/sbin/ippeveprinter", *kind, "-r", "off", "-p", str(self.port), "-n", "localhost", "-c", str(command),
             "-d", str(self.folder), "Masthead test"],
            env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.bus}"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait(self._answers, "ippeveprinter does not start")

    def _answers(self) -> bool:
        try:
            return bool(self.printer.describe())
        except (Unreachable, Unanswered):
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        """Stop it, and let end what it is at."""
        self.stop()
        for mood in ("slow", "empty"):
            (self.folder / mood).unlink(missing_ok=True)

    def set(self, mood: str, on: bool = True) -> None:
        """Make it `slow`, `empty` of paper, or `fail`."""
        path = self.folder / mood
        path.touch() if on else path.unlink(missing_ok=True)

    @property
    def received(self) -> list[bytes]:
        """The documents that were printed or begun, in the order of their jobs."""
        found = self.folder.glob("job.*.pdf")
        return [path.read_bytes() for path in sorted(found, key=lambda path: int(path.name.split(".")[1]))]

    def attributes(self, job: int) -> dict[str, str]:
        lines = (self.folder / f"job.{job}.txt").read_text().splitlines()
        return dict(line.removeprefix("IPP_").split("=", 1) for line in lines)


@contextmanager
def message_bus(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "bus.conf"
    configuration.write_text(_BUS.format(folder=folder))
    process = subprocess.Popen(["dbus-daemon", f"--config-file={configuration}", "--nofork"], stderr=subprocess.DEVNULL)
    try:
        wait(lambda: (folder / "bus").exists(), "dbus-daemon does not start")
        yield folder / "bus"
    finally:
        process.kill()
        process.wait()


@contextmanager
def cups(printer: str) -> Iterator[tuple[Printer, Path]]:
    """A CUPS server with one queue to `printer`: the queue, and the folder where it spools."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # its programs run as another user, who must come in
        yield from _cups(Path(folder), printer)


def _cups(folder: Path, printer: str) -> Iterator[tuple[Printer, Path]]:
    port = free_port()
    for name in ("cache", "spool/tmp", "state", "root", "log"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(
        f"Listen localhost:{port}\nBrowsing Off\nDefaultAuthType None\nWebInterface No\nPreserveJobFiles Yes\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n"
    )
    (folder / "cups-files.conf").write_text(
        f"ServerRoot {folder}/root\nCacheDir {folder}/cache\nRequestRoot {folder}/spool\nTempDir {folder}/spool/tmp\n"
        f"StateDir {folder}/state\nAccessLog {folder}/log/access\nErrorLog {folder}/log/error\n"
        f"PageLog {folder}/log/page\n"
    )
    process = subprocess.Popen(
        ["/usr/sbin/cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    )
    try:
        wait(lambda: _listens(port), "cupsd does not start")
        subprocess.run(
            ["/usr/sbin/lpadmin", "-h", f"localhost:{port}", "-p", "lab", "-E", "-v", printer, "-m", "everywhere"],
            check=True, capture_output=True,
        )  # fmt: skip
        yield Printer.at(f"ipp://localhost:{port}/printers/lab", "tester", timeout=30), folder / "spool"
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("localhost", port)) == 0


def wait(ready: Callable[[], object], otherwise: str, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


class Line:
    """A bad line to a printer: it passes everything on, but breaks the first `Send-Document` where it is told to.

    `swallow` lets the document through and loses the answer; else the document itself is lost.
    """

    def __init__(self, port: int, *, swallow: bool) -> None:
        self._port, self._swallow, self.broken = port, swallow, 0
        self._listener = socket.create_server(("localhost", 0))
        self.address = f"ipp://localhost:{self._listener.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, socket.create_connection(("localhost", self._port)) as printer:
                request = _message(client)
                sending = b"\r\n\r\n\x02\x00\x00\x06" in request and not self.broken
                if sending and not self._swallow:
                    self.broken += 1
                    continue
                printer.sendall(request)
                answer = _message(printer)
                if sending and self._swallow:
                    self.broken += 1
                    continue
                client.sendall(answer)


def _message(connection: socket.socket) -> bytes:
    """One message of HTTP, by its length or its chunks."""
    data = b""
    while b"\r\n\r\n" not in data or not _complete(data):
        more = connection.recv(65536)
        if not more:
            break
        data += more
    return data


def _complete(data: bytes) -> bool:
    head, _, body = data.partition(b"\r\n\r\n")
    if b"HTTP/1.1 100" in head:
        return _complete(body) if b"\r\n\r\n" in body else False
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return len(body) >= int(value)
    return body.endswith(b"0\r\n\r\n")


@contextmanager
def door(port: int, folder: Path, *, scheme: str = "Basic", authority: bytes | None = None) -> Iterator[str]:
    """An encrypted way to the printer at `port`, for `layla` with `س3cret`: its address.

    `authority` is a certificate that those must have who come in. That of the door is `door.pem` in the folder.
    """
    certificate, key = certified("localhost", folder / "door.pem")

    class Doorkeeper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if scheme and not _is_let_in(self.headers.get("Authorization", ""), self.path):
                self.send_response(401)
                self.send_header(
                    "WWW-Authenticate", f'{scheme} realm="press", nonce="n0nce", qop="auth", algorithm=MD5'
                )
                self.end_headers()
                return
            inner = http.client.HTTPConnection("localhost", port)
            inner.request("POST", self.path, body, {"Content-Type": "application/ipp"})
            answer = inner.getresponse().read()
            inner.close()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Doorkeeper)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    if authority:
        context.verify_mode = ssl.CERT_REQUIRED
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(cadata=authority.decode())
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"ipps://localhost:{server.server_port}/ipp/print"
    finally:
        server.shutdown()
        server.server_close()


def _is_let_in(answer: str, path: str) -> bool:
    scheme, _, rest = answer.partition(" ")
    if scheme == "Basic":
        return base64.b64decode(rest).decode() == "layla:س3cret"
    if scheme != "Digest":
        return False
    said = parse_keqv_list(parse_http_list(rest))

    def digest(*parts: str) -> str:
        return hashlib.md5(":".join(parts).encode()).hexdigest()

    first, second = digest("layla", "press", "س3cret"), digest("POST", path)
    return said["response"] == digest(first, "n0nce", said["nc"], said["cnonce"], "auth", second)


def certified(name: str, path: Path) -> tuple[Path, Path]:
    """Write a certificate for `name`, signed by itself, and its key, both also into one file: `path`."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = path.with_suffix(".crt"), path.with_suffix(".key")
    certificate_file.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.write_bytes(certificate_file.read_bytes() + key_file.read_bytes())
    return certificate_file, key_file
