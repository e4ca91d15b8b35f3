"""Does `masthead check` give a verdict on any file? Damaged copies of good documents, each within 20 s and 1 GiB.

    python benchmarks/damage.py [COUNT [FILE …]]     100 copies of two specimens, unless others are named

Prints a line for each kind of damage, and fails on the first file that gets neither a report nor a reason.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from masthead import preflight
from masthead.document.errors import MastheadError
from masthead.publication import publish

SPECIMENS = Path(__file__).parent.parent / "examples" / "specimens"

Mutation = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 10, 100, 1000))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def hole(data: bytes, chance: random.Random) -> bytes:
    """A part is missing."""
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(1, 20_000) :]


def zeroes(data: bytes, chance: random.Random) -> bytes:
    """A part is zeroes, as a failing disk leaves it."""
    start, size = chance.randrange(len(data)), chance.randrange(1, 20_000)
    return data[:start] + bytes(size) + data[start + size :]


def swap(data: bytes, chance: random.Random) -> bytes:
    """References lead to other objects."""
    numbers = re.findall(rb"\b(\d+) 0 R\b", data)
    wrong = chance.sample(range(len(numbers)), min(len(numbers), chance.choice((1, 5, 50))))
    places = iter(range(len(numbers)))
    return re.sub(
        rb"\b(\d+) 0 R\b",
        lambda found: chance.choice(numbers) + b" 0 R" if next(places) in wrong else found[0],
        data,
    )


def loop(data: bytes, chance: random.Random) -> bytes:
    """An object is its own parent or child."""
    found = list(re.finditer(rb"\b(\d+) 0 obj\b(.*?)endobj", data, re.DOTALL))
    target = chance.choice(found)
    body = re.sub(rb"\b\d+ 0 R\b", target[1] + b" 0 R", target[2])
    return data[: target.start(2)] + body + data[target.end(2) :]


def numbers(data: bytes, chance: random.Random) -> bytes:
    """Numbers are wild: counts, lengths, boxes."""
    wild = (b"-1", b"0", b"10000000000", b"99999999999999999999", b"1e9", b"28346457")
    return re.sub(
        rb"(?<=[\s\[])\d+(?=[\s/\]>])",
        lambda found: chance.choice(wild) if chance.random() < 0.01 else found[0],
        data,
    )


def inflate(data: bytes, chance: random.Random) -> bytes:
    """A stream unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    streams = list(re.finditer(rb"/Length \d+[^>]*>>\s*stream\r?\n(.*?)endstream", data, re.DOTALL))
    target = chance.choice(streams)
    return data[: target.start(1)] + packed + b"\n" + data[target.end(1) :]


def unpacked(data: bytes, chance: random.Random) -> bytes:
    """Bytes inside a stream are others, after unpacking: the damage reaches the parsers."""
    streams = list(re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL))
    target = chance.choice(streams)
    try:
        text = zlib.decompress(target[1])
    except zlib.error:
        return flip(data, chance)
    return data[: target.start(1)] + zlib.compress(flip(text, chance)) + data[target.end(1) :]


def garbage(data: bytes, chance: random.Random) -> bytes:
    """Not a PDF at all, but it says so."""
    return b"%PDF-1.7\n" + chance.randbytes(chance.randrange(100_000))


MUTATIONS: tuple[Mutation, ...] = (flip, cut, hole, zeroes, swap, loop, numbers, inflate, unpacked, garbage)


def verdict(path: Path) -> str:
    """`report`, or the reason why there is none."""
    try:
        preflight.check(path)
    except MastheadError as error:
        assert error.exit_code == 3, f"exit code {error.exit_code}"
        return "reason"
    return "report"


def main(count: int, files: list[Path]) -> None:
    chance = random.Random(2017)
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for mutation in MUTATIONS:
            verdicts: Counter[str] = Counter()
            slowest = 0.0
            for number in range(count // len(MUTATIONS)):
                path = Path(folder) / f"{mutation.__name__}-{number}.pdf"
                path.write_bytes(mutation(files[number % len(files)].read_bytes(), chance))
                start = time.monotonic()
                verdicts[verdict(path)] += 1
                slowest = max(slowest, time.monotonic() - start)
                path.unlink()
            worst = max(worst, slowest)
            print(f"{mutation.__name__:10} {dict(verdicts)}, slowest {slowest:.1f} s", flush=True)
    print(f"{count} files, slowest {worst:.1f} s")


def published(folder: Path) -> list[Path]:
    """Two specimens, published into a folder."""
    made = []
    for name in ("A_RES_104_12.ar", "S_2049_301.en"):
        made.append(folder / f"{name}.pdf")
        made[-1].write_bytes(publish(SPECIMENS / f"{name}.md").pdf.data)
    return made


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        main(int((*sys.argv, "100")[1]), [Path(name) for name in sys.argv[2:]] or published(Path(place)))
