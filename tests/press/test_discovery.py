"""Printers that announce themselves on the loopback interface are found, each once, with their safest address."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner
from zeroconf import ServiceInfo, Zeroconf

from masthead.cli.app import app
from masthead.document import OrderError, PrintError
from masthead.press.printing import AnnouncedPrinter, discover
from masthead.press.printing import discovery as discovery

HERE = "127.0.0.1"
OURS = f"test {os.getpid()}"  # other processes may test at the same time, on the same interface
IPP, IPPS = "_ipp._tcp.local.", "_ipps._tcp.local."


def announcement(kind: str, name: str, port: int, **said: str) -> ServiceInfo:
    address = socket.inet_aton(HERE)
    return ServiceInfo(
        kind, f"{OURS} {name}.{kind}", port, addresses=[address], server="nowhere.local.", properties=said
    )


PDF = "image/urf,application/pdf"
OFFICE = {"rp": "ipp/print", "ty": "Practice 100", "note": "Room 3", "Color": "T", "Duplex": "T", "Staple": "F"}


@pytest.fixture(scope="module")
def network() -> Iterator[None]:
    """Three printers: one that offers encryption too, one with a login, one that takes no PDF."""
    zeroconf = Zeroconf(interfaces=[HERE])
    for each in (
        announcement(IPP, "Reading Room", 631, UUID=OURS, pdl=PDF, **OFFICE),
        announcement(IPPS, "Reading Room", 8443, UUID=OURS, pdl=PDF, **OFFICE),
        announcement(IPP, "مطبعة", 8631, rp="/printers/press", pdl=PDF, air="username,password"),
        announcement(IPP, "Labels", 631, rp="ipp/print", pdl="image/pwg-raster"),
    ):
        zeroconf.register_service(each)
    yield
    zeroconf.close()


def test_printers_are_found_each_once_with_what_they_can_do(network):
    labels, room, press = (each for each in discover(1.5, interfaces=[HERE]) if each.name.startswith(OURS))
    assert room == AnnouncedPrinter(
        f"{OURS} Reading Room", f"ipps://{HERE}:8443/ipp/print", "Practice 100", "Room 3", OURS,
        ("colour", "two-sided", "AirPrint", "PDF"), True,
    )  # fmt: skip
    assert press.address == f"ipp://{HERE}:8631/printers/press" and press.login == "user and password"
    assert labels.address == f"ipp://{HERE}/ipp/print" and labels.takes_pdf is False
    assert "takes no PDF" in str(labels) and "asks for user and password" in str(press)


def test_the_command_lists_them_for_people_and_programs(network):
    for_people = CliRunner().invoke(app, ["printers", "--seconds", "1.5", "--interface", HERE])
    assert for_people.exit_code == 0
    assert f"{OURS} Reading Room  ipps://{HERE}:8443/ipp/print\n    Practice 100 · Room 3 · colour" in for_people.stdout
    listed = CliRunner().invoke(app, ["printers", "--seconds", "1.5", "--interface", HERE, "--json"])
    names = [json.loads(line)["name"] for line in listed.stdout.splitlines()]
    ours = [name.removeprefix(f"{OURS} ") for name in names if name.startswith(OURS)]
    assert ours == ["Labels", "Reading Room", "مطبعة"]


def test_a_network_with_no_printer_is_reported(monkeypatch):
    monkeypatch.setattr(discovery, "_SCHEMES", {"_nothing-prints._tcp.local.": "ipp"})
    found = CliRunner().invoke(app, ["printers", "--seconds", "0.1", "--interface", HERE])
    assert found.exit_code == 0 and found.stdout == "" and "no printer announced itself" in found.stderr


def test_a_missing_network_and_a_missing_library_are_errors_with_a_hint(monkeypatch):
    with pytest.raises(PrintError, match="cannot be searched") as caught:
        discover(0.1, interfaces=["192.0.2.1"])
    assert "--to" in caught.value.hint
    monkeypatch.setitem(sys.modules, "zeroconf", None)
    with pytest.raises(OrderError, match="zeroconf") as missing:
        discover(0.1)
    assert "masthead[print]" in missing.value.hint
