"""Tables of cases in text files: each input with all that is expected of it, word for word.

An input is a line. What is expected of it are the lines below it, each indented by four spaces. Lines that begin with
`% ` and empty lines are for readers. In an input `⏎` is the end of a line, and `⟨U+200B⟩` a character that is not seen;
in what is expected, such characters are shown so.

A test module that has a table says what an input gives (`outcome`), and rewrites its table if it is run itself: look at
the difference line by line before you keep it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

_HIDDEN = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")
_INDENT = "    "


def read(path: Path) -> list[tuple[str, list[str]]]:
    """Return each input as it is written, and the lines that are expected of it."""
    cases: list[tuple[str, list[str]]] = []
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith(_INDENT):
            cases[-1][1].append(line.removeprefix(_INDENT))
        elif line and not line.startswith("% "):
            cases.append((line, []))
    return cases


def meant(text: str) -> str:
    """Return an input with the characters that it names."""
    return _HIDDEN.sub(lambda found: chr(int(found[1], 16)), text.replace("⏎", "\n"))


def shown(text: str) -> str:
    """Return a text on one line, with the numbers of characters that are not seen."""
    return "".join(char if char.isprintable() else "⏎" if char == "\n" else f"⟨U+{ord(char):04X}⟩" for char in text)


def rewrite(path: Path, outcome: Callable[[str], Iterable[str]]) -> None:
    """Write below each input of a table what it gives now."""
    kept = [line for line in path.read_text("utf-8").split("\n") if not line.startswith(_INDENT)]
    lines: list[str] = []
    for line in kept:
        lines.append(line)
        if line and not line.startswith("% "):
            lines += [f"{_INDENT}{each}" for each in outcome(line)]
    path.write_text("\n".join(lines), "utf-8")
    print(f"{path}: {sum(1 for _ in read(path))} cases", file=sys.stderr)
