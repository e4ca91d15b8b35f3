"""The Internet Printing Protocol: messages as values (RFC 8010), and one request over HTTP.

Unlike general clients, this module reports whether a failed request was never sent, or was sent and not answered. Only
the former can be repeated without the risk of printing twice.
"""

from __future__ import annotations

import base64
import hashlib
import http
import http.client
import io
import secrets
import ssl
import struct
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

CHUNK = 65536  # bytes of a document that are sent at once
_LEAST_VALUE_TAG = 0x10  # lower tags delimit groups


class IppOperation(IntEnum):
    """The operations that are requested of a printer (RFC 8011, 5.4.15)."""

    VALIDATE_JOB = 0x04
    CREATE_JOB = 0x05
    SEND_DOCUMENT = 0x06
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B
    HOLD_JOB = 0x0C
    RELEASE_JOB = 0x0D


class IppTag(IntEnum):
    """Tags of attribute groups and of value syntaxes (RFC 8010, 3.5)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    UNSUPPORTED = 0x05
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    TEXT_LANGUAGE = 0x35
    NAME_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


class Range(NamedTuple):
    """A range of integers, including both ends."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a request: its name, and its values, which have one syntax. A collection is its members."""

    name: str
    tag: IppTag
    values: tuple[int | str | bool | bytes | Range | Members, ...]

    def __str__(self) -> str:
        """The attribute for people; what is secret is not shown."""
        return f"{self.name} {', '.join('…' if isinstance(each, bytes) else str(each) for each in self.values)}"


class Members(tuple[Attribute, ...]):
    """The members of a collection (RFC 8010, 3.1.6)."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{{{'; '.join(map(str, self))}}}"


Group = Mapping[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, and its attribute groups in order. A list of jobs has a group tagged JOB for each."""

    status: int
    groups: tuple[tuple[int, Group], ...]

    def all(self, tag: IppTag) -> tuple[Group, ...]:
        """Return the groups with this tag."""
        return tuple(group for each, group in self.groups if each == tag)

    def first(self, tag: IppTag) -> Group:
        """Return the first group with this tag, or an empty one."""
        return next(iter(self.all(tag)), {})

    @property
    def message(self) -> str:
        """The message of the printer, or else its status code."""
        words = self.first(IppTag.OPERATION).get("status-message", ())
        return str(words[0]) if words else f"status 0x{self.status:04x}"


class Unreachable(Exception):
    """The request was not sent: no connection could be made."""


class Untrusted(Unreachable):
    """The request was not sent: whoever answered did not prove to be the printer."""


class Unanswered(Exception):
    """The request was sent in part or in full (`sent` bytes of its document), and no response came."""

    def __init__(self, reason: str, sent: int) -> None:
        super().__init__(reason)
        self.sent = sent


class Rejected(Exception):
    """The server answered with an HTTP error: it does not speak IPP at this address, or requires a login.

    `challenge` says how to log in (RFC 9110, 11.6.1).
    """

    def __init__(self, status: int, reason: str, challenge: str = "") -> None:
        super().__init__(f"HTTP {status} {reason}")
        self.status, self.challenge = status, challenge


class NotIpp(Exception):
    """The response is not an IPP message."""


# --- messages ---------------------------------------------------------------------------------------------------------


def encode(operation: IppOperation, groups: Sequence[tuple[IppTag, Sequence[Attribute]]]) -> bytes:
    """Encode an IPP 2.0 request. Its identifier is always 1, as each connection carries one request."""
    parts = [struct.pack(">BBHI", 2, 0, operation, 1)]
    for tag, attributes in groups:
        parts.append(struct.pack(">B", tag))
        parts += (_encode_attribute(attribute, attribute.name) for attribute in attributes)
    return b"".join(parts) + struct.pack(">B", IppTag.END)


def _encode_attribute(attribute: Attribute, name: str) -> bytes:
    """Encode an attribute, or with an empty name the values of a member of a collection."""
    parts = []
    for index, value in enumerate(attribute.values):
        parts.append(_encode_field(attribute.tag, b"" if index else name.encode(), _encode_value(attribute.tag, value)))
        if isinstance(value, Members):
            for member in value:
                parts.append(_encode_field(IppTag.MEMBER_NAME, b"", member.name.encode()))
                parts.append(_encode_attribute(member, ""))
            parts.append(_encode_field(IppTag.END_COLLECTION, b"", b""))
    return b"".join(parts)


def _encode_field(tag: IppTag, name: bytes, data: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(data)) + data


def _encode_value(tag: IppTag, value: int | str | bool | bytes | Range | Members) -> bytes:
    match value:
        case Members():
            return b""
        case Range(low, high):
            return struct.pack(">ii", low, high)
        case bytes():
            return value
        case str():
            return value.encode()
    return struct.pack(">?" if tag is IppTag.BOOLEAN else ">i", value)


def decode(data: bytes) -> Response:
    """Decode a response. Raises NotIpp."""
    try:
        _, _, status, _ = struct.unpack_from(">BBHI", data)
        return Response(status, tuple(_groups(io.BytesIO(data[8:]))))
    except (struct.error, UnicodeDecodeError) as error:
        raise NotIpp(str(error)) from error


def _groups(stream: io.BytesIO) -> Iterator[tuple[int, Group]]:
    kind, group, name = 0, dict[str, tuple[object, ...]](), ""
    while True:
        tag = _number(stream, 1)
        if tag < _LEAST_VALUE_TAG:
            if kind:
                yield kind, group
            if tag == IppTag.END:
                return
            kind, group = tag, {}
            continue
        name = _field(stream).decode() or name  # a further value of an attribute has no name
        value = _value(tag, stream)
        group[name] = (*group.get(name, ()), value)  # some printers send an attribute twice


def _value(tag: int, stream: io.BytesIO) -> object:
    raw = _field(stream)
    return _collection(stream) if tag == IppTag.BEGIN_COLLECTION else _decode_value(tag, raw)


def _collection(stream: io.BytesIO) -> Group:
    members, name = dict[str, tuple[object, ...]](), ""
    while True:
        tag, _ = _number(stream, 1), _field(stream)
        value = _value(tag, stream)
        if tag == IppTag.END_COLLECTION:
            return members
        if tag == IppTag.MEMBER_NAME:
            name = str(value)
        else:
            members[name] = (*members.get(name, ()), value)


def _field(stream: io.BytesIO) -> bytes:
    return _take(stream, _number(stream, 2))


def _number(stream: io.BytesIO, size: int) -> int:
    return int.from_bytes(_take(stream, size))


def _take(stream: io.BytesIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise struct.error("the response is truncated")
    return data


def _decode_value(tag: int, raw: bytes) -> object:
    if tag < 0x20:  # out-of-band values: unknown, no-value, unsupported
        return None
    if tag in (IppTag.INTEGER, IppTag.ENUM):
        return int.from_bytes(raw, signed=True)
    if tag == IppTag.BOOLEAN:
        return raw != b"\0"
    if tag == IppTag.RANGE:
        return Range(*struct.unpack(">ii", raw))
    if tag in (IppTag.TEXT_LANGUAGE, IppTag.NAME_LANGUAGE):
        (length,) = struct.unpack_from(">H", raw)
        return raw[4 + length :].decode()
    return raw.decode() if tag >= IppTag.TEXT else raw


# --- one request ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Login:
    """Who prints, and whom to trust.

    `authority` is a PEM file with the certificate of the printer or of who signed it, instead of the authorities that
    this machine knows; `certificate` is a PEM file with the certificate of who prints and its key. The `fingerprint` of
    the printer's certificate (SHA-256, hexadecimal) pins it: no other is accepted, whatever its name and authority.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    authority: Path | None = None
    certificate: Path | None = None
    fingerprint: str = ""

    def context(self) -> ssl.SSLContext:
        """Return the settings of encrypted connections. Raises OSError for a file that cannot be used."""
        context = ssl.create_default_context(cafile=self.authority)
        if self.authority:
            context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the certificate of the printer itself will do
        if self.certificate:
            context.load_cert_chain(self.certificate)
        if self.fingerprint:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def check(self, certificate: bytes) -> None:
        """Raise Untrusted if the certificate of a printer (DER) is not the pinned one."""
        found = hashlib.sha256(certificate).hexdigest()
        if self.fingerprint and found != self.fingerprint.replace(":", "").lower():
            raise Untrusted(f"the fingerprint of the certificate is {found}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests are sent. `timeout` is in seconds, for each wait on the connection."""

    host: str
    port: int
    path: str
    secure: bool = False
    timeout: float = 30.0
    login: Login = Login()


def request(endpoint: Endpoint, message: bytes, document: bytes = b"") -> Response:
    """Send a message, followed by a document; once more with the login if the server asks for it.

    Raises Unreachable, Unanswered, Rejected or NotIpp.
    """
    try:
        return _request(endpoint, message, document)
    except Rejected as error:
        if error.status != http.HTTPStatus.UNAUTHORIZED or not (answer := _authorization(endpoint, error.challenge)):
            raise
        return _request(endpoint, message, document, {"Authorization": answer})


def _authorization(endpoint: Endpoint, challenge: str) -> str | None:
    """The answer to a challenge: Basic or Digest. None without a password, or for another scheme."""
    login = endpoint.login
    scheme, _, parameters = challenge.partition(" ")
    if not login.password:
        return None
    if scheme.casefold() == "basic":
        return "Basic " + base64.b64encode(f"{login.user}:{login.password}".encode()).decode()
    if scheme.casefold() != "digest":
        return None
    known = urllib.request.parse_keqv_list(urllib.request.parse_http_list(parameters))
    algorithm = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}.get(known.get("algorithm", "MD5").upper())
    return _digest(endpoint, known, algorithm) if algorithm else None


def _digest(endpoint: Endpoint, known: Mapping[str, str], algorithm: Callable[[bytes], Any]) -> str:
    """The answer to a Digest challenge (RFC 7616), which the standard library gives for ASCII passwords only."""

    def digest(*parts: str) -> str:
        return str(algorithm(":".join(parts).encode()).hexdigest())

    login, realm, nonce = endpoint.login, known.get("realm", ""), known.get("nonce", "")
    count, own, path = "00000001", secrets.token_hex(8), endpoint.path
    quality = (nonce, count, own, "auth") if "qop" in known else (nonce,)
    response = digest(digest(login.user, realm, login.password), *quality, digest("POST", path))
    said = {"username": login.user, "realm": realm, "nonce": nonce, "uri": path, "response": response}
    said |= {"cnonce": own} if "qop" in known else {}
    said |= {"opaque": known["opaque"]} if "opaque" in known else {}
    quoted = ", ".join(f'{name}="{value}"' for name, value in said.items())
    plain = [f"algorithm={known['algorithm']}"] if "algorithm" in known else []
    plain += [f"qop=auth, nc={count}"] if "qop" in known else []
    return f"Digest {', '.join([quoted, *plain])}"


def _request(
    endpoint: Endpoint, message: bytes, document: bytes, headers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    connection = _connection(endpoint)
    try:
        try:
            connection.connect()
            if isinstance(connection.sock, ssl.SSLSocket):
                endpoint.login.check(connection.sock.getpeercert(binary_form=True) or b"")
        except ssl.SSLCertVerificationError as error:
            raise Untrusted("the certificate of the printer is not trusted") from error
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error
        sent = 0
        try:
            connection.putrequest("POST", endpoint.path, skip_accept_encoding=True)
            connection.putheader("Content-Type", "application/ipp")
            connection.putheader("Content-Length", str(len(message) + len(document)))
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(message)
            view = memoryview(document)
            for start in range(0, len(document), CHUNK):
                connection.send(view[start : start + CHUNK])
                sent = min(start + CHUNK, len(document))
        except OSError as error:
            # A server may refuse before it has read everything: then its response can still be read.
            return _answer(connection, sent, error)
        return _answer(connection, sent, None)
    finally:
        connection.close()


def _connection(endpoint: Endpoint) -> http.client.HTTPConnection:
    where, timeout = (endpoint.host, endpoint.port), endpoint.timeout
    if endpoint.secure:
        return http.client.HTTPSConnection(*where, timeout=timeout, context=endpoint.login.context())
    return http.client.HTTPConnection(*where, timeout=timeout)


def _answer(connection: http.client.HTTPConnection, sent: int, broken: OSError | None) -> Response:
    try:
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException) as error:
        reason = broken or error
        raise Unanswered(str(reason) or type(reason).__name__, sent) from reason
    if response.status != 200:
        raise Rejected(response.status, response.reason, response.headers.get("WWW-Authenticate", ""))
    return decode(body)
