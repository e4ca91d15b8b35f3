"""Does `masthead check` give a verdict on any file, and does it find what is wrong with it?

    python benchmarks/damage.py [COUNT [FILE …]]     damaged bytes: 100 copies of two specimens, unless others are named
    python benchmarks/damage.py --seeded [--table] [SPECIMEN …]    seeded damages: four languages, three kinds

Damaged bytes: prints a line for each kind of damage, and fails on the first file that gets neither a report nor a
reason within 20 s and 1 GiB. Seeded damages (`tests/support/damages.py`): prints each that the default profile does not
find, and the share that it finds; fails below 99 %, and if a file that is only saved again has a finding. `--table`
writes `tests/preflight/damages.md`.
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

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from damages import DAMAGES, HARMLESS, Inapplicable, damaged, specimens

TABLE = Path(__file__).parent.parent / "tests" / "preflight" / "damages.md"
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


def seeded(*names: str) -> tuple[dict[str, dict[str, list[str]]], bool]:
    """The rules that find each damage in each specimen, and whether enough are found. Prints what is not."""
    found: dict[str, dict[str, list[str]]] = {words: {} for words in DAMAGES}
    added = 0
    for name, pdf in specimens(*names):
        known = _findings(pdf)
        for words, save in HARMLESS.items():
            if more := _findings(save(pdf)) - known:
                added += 1
                print(f"{name}, {words}: {', '.join(sorted({rule for rule, _ in more}))} found", flush=True)
        for words, change in DAMAGES.items():
            try:
                bad = damaged(pdf, change)
            except Inapplicable:
                continue
            rules = found[words][name] = sorted({rule for rule, _ in _findings(bad) - known})
            if not rules:
                print(f"{name}: {words}: not found", flush=True)
    results = [rules for each in found.values() for rules in each.values()]
    share = sum(map(bool, results)) / len(results)
    print(f"{len(results)} seeded damages, {share:.1%} found; {added} harmless changes with findings")
    return found, share >= 0.99 and not added


def _findings(pdf: bytes) -> set[tuple[str, str]]:
    """Rules and messages; a file that cannot be read is found by its reader."""
    try:
        return {(finding.rule, finding.message) for finding in preflight.check(pdf).findings}
    except MastheadError as error:
        return {("cannot be read", str(error))}


def table(found: dict[str, dict[str, list[str]]]) -> str:
    """The damages, in how many specimens each was made, and the rules that find it in any, as Markdown."""
    lines = []
    for words, files in found.items():
        rules = sorted({rule for rules in files.values() for rule in rules})
        lines.append(f"| {words} | {len(files)} | {', '.join(f'`{rule}`' for rule in rules)} |\n")
    return (
        "# Seeded damages\n\n"
        "Each damage is done to the published PDFs of specimens, and `check` finds it with its default profile.\n"
        "`python benchmarks/damage.py --seeded --table` writes this page; `tests/preflight/test_damages.py` tests a "
        "sample.\n\n"
        "| damage | files | rules that find it |\n|---|--:|---|\n" + "".join(lines)
    )


if __name__ == "__main__":
    if "--seeded" in sys.argv:
        result, is_good = seeded(*(name for name in sys.argv[1:] if not name.startswith("-")))
        if "--table" in sys.argv:
            TABLE.write_text(table(result), "utf-8")
        sys.exit(not is_good)
    with tempfile.TemporaryDirectory() as place:
        main(int((*sys.argv, "100")[1]), [Path(name) for name in sys.argv[2:]] or published(Path(place)))
