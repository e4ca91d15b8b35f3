"""Ordinal numbers in words, for the names of sessions: `hundred and fourth`, `الرابعة بعد المائة`, `第一〇四`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masthead.document.locales import load
from masthead.document.organizations import per_organization
from masthead.document.terms import Language

LAST = 199
"""The highest number that has words."""


@per_organization
def spelled(language: Language) -> Mapping[int, tuple[str, ...]]:
    """Return all forms of each number from 1 to LAST, in lower case. The first form is the one to write."""
    words = load(language).words["ordinals"]
    if "numerals" in words:
        return {number: tuple(_by_place(number, words)) for number in range(1, LAST + 1)}
    endings = words.get("endings", ())
    below = {number: tuple(_expanded(_below_hundred(number, words), endings)) for number in range(1, 100)}
    exact, compound = words["hundred"]
    above = {100: tuple(_expanded(exact, endings))}
    for number in range(101, LAST + 1):
        forms = [form.replace("{rest}", rest) for form in compound.split("|") for rest in below[number - 100]]
        exception = words.get("exceptions", {}).get(str(number))
        above[number] = ((exception,) if exception else ()) + tuple(forms)
    return below | above


@per_organization
def numbers(language: Language) -> Mapping[str, int]:
    """Return the number of each form."""
    return {form: number for number, forms in spelled(language).items() for form in forms}


def _below_hundred(number: int, words: Mapping[str, Any]) -> str:
    exception = words.get("exceptions", {}).get(str(number))
    if exception:
        return str(exception)
    if number < 20:
        return str(words["units"][number - 1])
    tens = {int(ten): forms for ten, forms in words["tens"].items()}
    ten = max(ten for ten in tens if ten <= number)
    if number == ten:
        return str(tens[ten][1])
    unit = words.get("first") if number - ten == 1 else None
    units = str(unit or words["units"][number - ten - 1]).split("|")
    compound = str(words["compound"])
    return "|".join(compound.format(ten=head, unit=unit) for unit in units for head in str(tens[ten][0]).split("|"))


def _expanded(forms: str, endings: Sequence[str]) -> Iterator[str]:
    """Yield the forms separated by `|`, with each ending in place of `*`."""
    for form in forms.split("|"):
        yield from (form.replace("*", ending) for ending in endings) if "*" in form else (form,)


def _by_place(number: int, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of a number in Chinese: with the word for ten, digit by digit, and in Western digits."""
    numerals, ten = str(words["numerals"]), str(words["ten"])
    placed = "".join(numerals[int(digit)] for digit in str(number))
    tens, unit = divmod(number, 10)
    if 10 <= number < 100:
        yield (numerals[tens] if tens > 1 else "") + ten + (numerals[unit] if unit else "")
    yield placed
    yield str(number)
