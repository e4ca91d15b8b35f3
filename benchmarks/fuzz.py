"""Changes sources at random and reports what the readers do not expect: exceptions, hangs, vast memory.

    python benchmarks/fuzz.py [--minutes 10] [--seed N] [--keep FOLDER] [SOURCE …]

The corpus is every example in every form, and SOURCE: put there what once went wrong. A change takes, repeats, moves or
replaces bytes, lines or tokens, or joins two sources; inside a Word file it is made in one of its parts. A reader must
return a document or raise a MastheadError that names a place. Exit code 1 if it did anything else; each such source is
kept in FOLDER, the smallest of each kind.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from masthead import formats
from masthead.batch import Limits, Pool
from masthead.document import MastheadError
from masthead.publication import SourceFile

ROOT = Path(__file__).parent.parent
FORMS = (".md", ".akn", ".docx")
LIMITS = Limits(10, 1024)
CHANGES = 3  # at most, in one source
_TOKENS = re.compile(rb"<[^<>]{0,200}>|\w+|\s+|.", re.S)
_SPECIAL = (
    *(b"\0", b"\xff", b"\xe2\x80\x8f", b"\xc2\xa0", b"\xd9\xa1", b"\n\n", b"\n---\n", b"\t", b"1" * 5000, b" " * 5000),
    *(b"(", b")", b"[", b"]", b"*", b"_", b"|", b"#", b">", b"`", b"\\", b"<", b"&", b"[^1]", b"![](x.png)"),
    *(b"(a)", b"1. ", b"- "),
)


def corpus(sources: list[Path]) -> dict[str, bytes]:
    """Return the sources to change, by name."""
    found = {path.name: path.read_bytes() for path in sources}
    for path in sorted([*(ROOT / "examples").glob("*.*"), *(ROOT / "examples" / "specimens").glob("*.md")]):
        found[path.name] = path.read_bytes()
        if path.suffix == ".md":
            document = formats.read(path)
            found |= {f"{path.stem}{form}": formats.render(document, form) for form in FORMS}
    return found


def changed(name: str, data: bytes, known: dict[str, bytes], chance: random.Random) -> bytes:
    """Return the source with some changes."""
    if name.endswith(".docx") and zipfile.is_zipfile(io.BytesIO(data)):
        return _changed_package(data, chance)
    for _ in range(chance.randint(1, CHANGES)):
        data = _change(data, known[chance.choice([other for other in known if not other.endswith(".docx")])], chance)
    return data


def _changed_package(data: bytes, chance: random.Random) -> bytes:
    """A Word file with a change in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([*parts, *["word/document.xml"] * len(parts)])
    parts[name] = _change(parts[name], parts[chance.choice(list(parts))], chance)
    with zipfile.ZipFile(buffer := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        for each, content in parts.items():
            package.writestr(each, content)
    return buffer.getvalue()


def _change(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One change: of tokens mostly, since bytes alone seldom get past the first check."""
    tokens: list[bytes] = _TOKENS.findall(data)
    if not tokens:
        return data
    at = chance.randrange(len(tokens))
    length = min(len(tokens) - at, chance.choice((1, 1, 1, 2, 5, 20, 200)))
    part = tokens[at : at + length]
    match chance.randrange(7):
        case 0:
            tokens[at : at + length] = []
        case 1:
            tokens[at:at] = part * chance.choice((1, 2, 50))
        case 2:
            tokens[at : at + length] = []
            to = chance.randrange(len(tokens) + 1)
            tokens[to:to] = part
        case 3:
            tokens[at] = chance.choice(_SPECIAL)
        case 4:
            tokens[at:at] = [chance.choice(_SPECIAL)]
        case 5:
            lines = other.split(b"\n")
            begin = chance.randrange(len(lines))
            tokens[at:at] = [b"\n".join(lines[begin : begin + chance.randint(1, 10)])]
        case _:
            byte = chance.randrange(len(data))
            return data[:byte] + bytes([chance.randrange(256)]) + data[byte + 1 :]
    return b"".join(tokens)[: formats.MAX_BYTES]


def read(source: SourceFile) -> str:
    """Read a source; return what went wrong in one line, or an empty string."""
    try:
        formats.parse(source.data, source.name)
    except MastheadError as error:
        return "" if error.where or error.hint else f"an error without place or hint: {error}"
    except MemoryError:
        raise
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        ours = [each for each in traceback.extract_tb(error.__traceback__) if "masthead" in each.filename]
        place = ours[-1] if ours else frame
        return f"{type(error).__name__} in {Path(place.filename).stem}.{place.name}:{place.lineno}: {str(error)[:80]}"
    return ""


def failures(known: dict[str, bytes], minutes: float, seed: int) -> Iterator[tuple[str, SourceFile]]:
    """Yield what went wrong with which source, until the time is over."""
    chance, end = random.Random(seed), time.monotonic() + 60 * minutes
    count = 0
    with Pool(1, LIMITS, own=True) as pool:
        while time.monotonic() < end:
            name = chance.choice(list(known))
            source = SourceFile(name, changed(name, known[name], known, chance))
            count += 1
            future = pool.submit(read, source)
            if error := future.exception():
                yield str(pool.loss(error) or repr(error)), source
            elif wrong := future.result():
                yield wrong, source
    print(f"{count:,} sources read")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    kinds: Counter[str] = Counter()
    smallest: dict[str, SourceFile] = {}
    for wrong, source in failures(corpus(arguments.sources), arguments.minutes, arguments.seed):
        kinds[wrong] += 1
        if wrong not in smallest or len(source.data) < len(smallest[wrong].data):
            smallest[wrong] = source
    for wrong, count in kinds.most_common():
        print(f"{count:5}  {wrong}  ({smallest[wrong].name})")
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            (arguments.keep / f"{abs(hash(wrong)):x}-{smallest[wrong].name}").write_bytes(smallest[wrong].data)
    return int(bool(kinds))


if __name__ == "__main__":
    sys.exit(main())
