"""Printers that announce themselves on the local network by DNS-SD (RFC 6763, PWG 5100.14), found by zeroconf (extra
`print`).

An announcement says where a printer is and roughly what it can do; `masthead print --dry-run` asks the printer itself.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from masthead.document import OrderError, PrintError
from masthead.press.printing.printers import FORMAT

if TYPE_CHECKING:
    from zeroconf import ServiceInfo

_SCHEMES = {"_ipps._tcp.local.": "ipps", "_ipp._tcp.local.": "ipp"}  # the safest first
_ANSWER = 2000  # milliseconds for a printer that was found to say more of itself
# Keys of an announcement that are `T` or `F`, in words (PWG 5100.14, 4.2.3, and Bonjour Printing 1.2.1).
_ABLE = {"Color": "colour", "Duplex": "two-sided", "Staple": "staple", "Punch": "punch", "Fold": "fold", "Bind": "bind"}
_FORMATS = {
    FORMAT: "PDF",
    "image/urf": "AirPrint",
    "image/pwg-raster": "PWG raster",
    "application/postscript": "PostScript",
}
_LOGINS = {"username,password": "user and password", "certificate": "a certificate", "negotiate": "Kerberos"}


@dataclass(frozen=True, slots=True)
class AnnouncedPrinter:
    """A printer as it announces itself.

    `address` is encrypted if the printer offers that. `can` is what it is able to do, `login` what it asks of whoever
    prints. `takes_pdf` is None if it does not say which formats it takes.
    """

    name: str
    address: str
    model: str = ""
    location: str = ""
    uuid: str = ""
    can: tuple[str, ...] = ()
    takes_pdf: bool | None = None
    login: str = ""

    @classmethod
    def of(cls, info: ServiceInfo) -> Self:
        """Read an announcement."""
        said = {name: value or "" for name, value in info.decoded_properties.items()}
        scheme = _SCHEMES[info.type]
        path = said.get("rp", "").lstrip("/")
        port = "" if info.port == 631 else f":{info.port}"
        formats = [each.strip() for each in said.get("pdl", "").split(",") if each.strip()]
        able = [word for key, word in _ABLE.items() if said.get(key, "").upper() == "T"]
        login = said.get("air", "none")
        return cls(
            name=info.name.removesuffix(f".{info.type}"),
            address=f"{scheme}://{_host(info)}{port}/{path}",
            model=said.get("ty", ""),
            location=said.get("note", ""),
            uuid=said.get("UUID", ""),
            can=(*able, *(_FORMATS[each] for each in formats if each in _FORMATS)),
            takes_pdf=FORMAT in formats if formats else None,
            login="" if login == "none" else _LOGINS.get(login, login),
        )

    def __str__(self) -> str:
        """The printer for people, in two lines: what to give as --to, and what it is."""
        needs = f"asks for {self.login}" if self.login else ""
        no_pdf = "takes no PDF" if self.takes_pdf is False else ""
        about = (self.model, self.location, ", ".join(self.can), needs, no_pdf)
        return "\n    ".join(filter(None, (f"{self.name}  {self.address}", " · ".join(filter(None, about)))))


def discover(seconds: float = 3.0, *, interfaces: Sequence[str] = ()) -> tuple[AnnouncedPrinter, ...]:
    """Return the printers that announce themselves within so many seconds, by name, each once.

    `interfaces` are addresses of this machine; by default all its networks are searched. Raises OrderError if zeroconf
    is not installed, PrintError if no network can be searched.
    """
    try:
        from zeroconf import InterfaceChoice, ServiceBrowser, ServiceStateChange, Zeroconf
    except ImportError as error:
        raise OrderError("looking for printers needs zeroconf", hint="pip install 'masthead[print]'") from error
    names: dict[tuple[str, str], None] = {}

    def note(*, service_type: str, name: str, state_change: ServiceStateChange, **_: object) -> None:
        if state_change is ServiceStateChange.Removed:
            names.pop((service_type, name), None)
        else:
            names[service_type, name] = None

    try:
        for interface in interfaces:
            _check_interface(interface)  # zeroconf would leave a socket open
        network = Zeroconf(interfaces=list(interfaces) or InterfaceChoice.All)
    except (OSError, RuntimeError) as error:
        hint = "check the network, or give the address of the printer to `masthead print --to`"
        raise PrintError(f"the network cannot be searched for printers: {error}", hint=hint) from error
    with closing(network):
        browser = ServiceBrowser(network, list(_SCHEMES), handlers=[note])
        time.sleep(seconds)
        browser.cancel()
        infos = [network.get_service_info(*each, timeout=_ANSWER) for each in names]
    found = [AnnouncedPrinter.of(info) for info in infos if info]
    return tuple(sorted(_once(found).values(), key=lambda printer: (printer.name.casefold(), printer.address)))


def _check_interface(address: str) -> None:
    """Raise OSError unless an address is one of this machine."""
    family, kind, _, _, place = socket.getaddrinfo(address, 0, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as probe:
        probe.bind(place)


def _once(printers: Sequence[AnnouncedPrinter]) -> Mapping[str, AnnouncedPrinter]:
    """Return each printer once, by its UUID or else its name, with its safest address."""
    known: dict[str, AnnouncedPrinter] = {}
    for printer in sorted(printers, key=lambda each: each.address.startswith("ipp:")):
        known.setdefault(printer.uuid or printer.name, printer)
    return known


def _host(info: ServiceInfo) -> str:
    """Return the host for an address: its name, by which certificates are verified, if this machine can resolve it."""
    server = (info.server or "").removesuffix(".")
    numbers = info.parsed_addresses()
    try:
        socket.getaddrinfo(server, info.port)
    except OSError:
        if numbers:
            return f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]
    return server
