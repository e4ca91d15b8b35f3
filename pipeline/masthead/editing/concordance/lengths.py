"""Texts that are much longer or shorter than in the other versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement

_SHORTER, _LONGER = 0.45, 2.2  # of the usual length
_COMPARED = 40  # letters that a text must have for its length to be significant


def usual_lengths(versions: Sequence[Version], rows: Sequence[Row]) -> list[float]:
    """For each version, the usual length of its units relative to the mean of their rows."""
    ratios: list[list[float]] = [[] for _ in versions]
    for row in rows:
        present = ((version, at) for version, at in zip(versions, row, strict=True) if at is not None)
        lengths = [version.features[at].length for version, at in present]
        mean = sum(lengths) / len(lengths)
        if len(lengths) == len(versions) and mean >= _COMPARED / 2:
            for ratio, length in zip(ratios, lengths, strict=True):
                ratio.append(length / mean)
    return [(median(ratio) if ratio else 0) or 1.0 for ratio in ratios]


def lengths(place: str, normal: Mapping[str, float], longest: Mapping[str, float], row: int) -> Iterator[Disagreement]:
    """Yield the versions whose text is much longer or shorter than the others', also with their abbreviations in full.

    `normal` has the lengths by version, `longest` those with abbreviations in full. Of two versions, only the shorter
    is reported.
    """
    for name, length in normal.items() if len(normal) > 1 else ():
        others, at_most = (median(each[key] for key in each if key != name) for each in (normal, longest))
        if max(others, length) < _COMPARED or others == 0:
            continue
        kind = ""
        if longest[name] < _SHORTER * others:
            kind = "shorter"
        elif length > _LONGER * at_most and len(normal) > 2 and length >= 2 * _COMPARED:
            kind = "longer"
        if kind:
            yield Disagreement.of(kind, place, f"{name}: {length / others:.0%} of the usual length", (name,), row)
