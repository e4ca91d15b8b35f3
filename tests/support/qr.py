"""A reader of undamaged QR codes of versions 1 to 4, by ISO/IEC 18004: it corrects nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Dark = set[tuple[int, int]]
"""The dark modules: column and row of each."""

_LEVELS = "MLHQ"  # by the number in the format information
_FORMAT = 0b101010000010010  # what it is masked with
_BLOCKS = {"1M": (16, 1), "1Q": (13, 1), "1H": (9, 1), "2M": (28, 1), "2Q": (22, 1), "2H": (16, 1)} | {
    "3M": (44, 1), "3Q": (34, 2), "3H": (26, 2), "4M": (64, 2), "4Q": (48, 2), "4H": (36, 4),
}  # fmt: skip
"""Codewords of data, and the blocks that they are in (table 9)."""
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MASKS = (
    lambda x, y: (x + y) % 2, lambda x, y: y % 2, lambda x, y: x % 3, lambda x, y: (x + y) % 3,
    lambda x, y: (y // 2 + x // 3) % 2, lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2, lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)  # fmt: skip


def read(dark: Dark, size: int) -> tuple[str, str]:
    """Return the text of a code, and its level of error correction."""
    version = (size - 17) // 4
    places = [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8), (8, 7)] + [
        (8, y) for y in range(5, -1, -1)
    ]
    information = int("".join(str(int(place in dark)) for place in places), 2) ^ _FORMAT
    level, mask = _LEVELS[information >> 13], _MASKS[information >> 10 & 7]
    bits = [((x, y) in dark) ^ (not mask(x, y)) for x, y in _modules(size, version)]
    words = [int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    count, blocks = _BLOCKS[f"{version}{level}"]
    data = [word for block in range(blocks) for word in words[block:count:blocks]]
    return "".join(_segments("".join(f"{word:08b}" for word in data))), level


def _modules(size: int, version: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the data in their order (7.7.3)."""
    taken = {(x, y) for x in range(9) for y in range(9)} | {(x, 6) for x in range(size)} | {(6, y) for y in range(size)}
    taken |= {place for x in range(size - 8, size) for y in range(9) for place in ((x, y), (y, x))}
    if version > 1:
        taken |= {(x, y) for x in range(size - 9, size - 4) for y in range(size - 9, size - 4)}
    rows: Sequence[int] = range(size - 1, -1, -1)
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        yield from ((x, y) for y in rows for x in (right, right - 1) if (x, y) not in taken)
        rows = rows[::-1]


def _segments(bits: str) -> Iterator[str]:
    """Yield the text of each segment: digits, letters, or bytes (7.4)."""
    place = 0

    def take(length: int) -> int:
        nonlocal place
        place += length
        return int(bits[place - length : place], 2)

    while len(bits) - place >= 4 and (mode := take(4)):
        count = take({1: 10, 2: 9, 4: 8}[mode])
        if mode == 1:
            yield "".join(
                f"{take((4, 7, 10)[length - 1]):0{length}}"
                for length in [3] * (count // 3) + [count % 3] * (count % 3 > 0)
            )
        elif mode == 2:
            pairs = [divmod(take(11), 45) for _ in range(count // 2)]
            last = [take(6)] if count % 2 else []
            yield "".join(_LETTERS[each] for each in [*(each for pair in pairs for each in pair), *last])
        else:
            yield bytes(take(8) for _ in range(count)).decode("utf-8")
