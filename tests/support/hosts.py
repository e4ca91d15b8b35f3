"""Hosts of our own on this machine: network namespaces, each joined to this one by a cable (veth) of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Host:
    """Where a process runs: `prefix` puts a command there, `outside` is this machine's address as seen from there."""

    prefix: tuple[str, ...]
    outside: str
    inside: str


HERE = Host((), "127.0.0.1", "127.0.0.1")


@contextmanager
def host(number: int) -> Iterator[Host]:
    """A host with a network of its own; this machine itself where we may not make one."""
    name, cable = f"mh{os.getpid() % 100000}n{number}", f"mh{os.getpid() % 100000}c{number}"
    net = f"10.{64 + os.getpid() % 64}.{number}"
    made = [
        ["ip", "netns", "add", name],
        ["ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name],
        ["ip", "address", "add", f"{net}.1/24", "dev", cable],
        ["ip", "link", "set", cable, "up"],
        ["ip", "-n", name, "address", "add", f"{net}.2/24", "dev", "eth0"],
        ["ip", "-n", name, "link", "set", "eth0", "up"],
        ["ip", "-n", name, "link", "set", "lo", "up"],
    ]
    try:
        yield Host(("ip", "netns", "exec", name), f"{net}.1", f"{net}.2") if all(map(_does, made)) else HERE
    finally:
        _does(["ip", "netns", "del", name])


def _does(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
