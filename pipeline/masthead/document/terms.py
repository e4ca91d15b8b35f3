"""The small values of the trade: languages, symbols, job numbers, resolution numbers, dates.

Each value parses from its printed form and prints back to it: `Symbol.parse(str(symbol)) == symbol`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from urllib.parse import unquote

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

# The grammars of what is printed, as regular expressions.
SYMBOL = r"[A-Z]{1,8}(?:/[A-Za-z0-9.\-()]+)+(?: \(\d{4}\))?\*?"  # with a year: S/RES/2254 (2015)
JOB_NUMBER = r"((?:GE\.|V\.)?\d\d-\d{5}\*?)\s*\(([ACEFRS])\)((?:\s+\d{6})*)"
ADDRESS = r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:(?:ar|en|es|fr|ru|zh)/)?([^?#]+)"
RESOLUTION_NUMBER = r"([0-9٠-٩]{1,4})/([0-9٠-٩]{1,4})"


class Direction(StrEnum):
    """The base direction of a text, in the words of HTML."""

    LTR = "ltr"
    RTL = "rtl"


class Digits(StrEnum):
    """Which digits a document prints for what is counted: CLDR's names of numbering systems."""

    WESTERN = "latn"
    ARABIC_INDIC = "arab"

    def shape(self, number: int | str) -> str:
        """Return `number` in these digits."""
        text = str(number)
        if not re.search(r"\d", text):  # quick, and most paragraphs have none
            return text
        return text.translate(ARABIC_INDIC if self is Digits.ARABIC_INDIC else WESTERN)


class Language(StrEnum):
    """One of the six official languages of the United Nations, by its ISO 639-1 code."""

    ARABIC = "ar"
    CHINESE = "zh"
    ENGLISH = "en"
    FRENCH = "fr"
    RUSSIAN = "ru"
    SPANISH = "es"

    @property
    def direction(self) -> Direction:
        return Direction.RTL if self is Language.ARABIC else Direction.LTR

    @property
    def digits(self) -> Digits:
        """The digits its documents printed in 2017; a document may say otherwise."""
        return Digits.ARABIC_INDIC if self is Language.ARABIC else Digits.WESTERN

    @property
    def letter(self) -> str:
        """The letter behind a job number: `17-12889 (A)`."""
        return {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}[self.value]

    @classmethod
    def of_letter(cls, letter: str) -> Self:
        return next(language for language in cls if language.letter == letter)


class Variant(StrEnum):
    """What kind of file a document becomes.

    PDF/A-3a that is PDF/UA-1 too, PDF/A-4 with its source attached that is PDF/UA-2 too, plain PDF, or PDF/X for the
    press.
    """

    ARCHIVE = "archive"
    ARCHIVE_4 = "archive-4"
    PLAIN = "plain"
    PRESS = "press"
    PRESS_X1A = "press-x1a"

    @property
    def for_press(self) -> bool:
        return self in (Variant.PRESS, Variant.PRESS_X1A)


class Organ(StrEnum):
    """An organ that issues documents; the words for it are the locales'."""

    GENERAL_ASSEMBLY = "general-assembly"
    ECONOMIC_AND_SOCIAL_COUNCIL = "economic-and-social-council"
    SECURITY_COUNCIL = "security-council"
    HUMAN_RIGHTS_COUNCIL = "human-rights-council"

    @property
    def series(self) -> str:
        """The head of its symbols (UN Editorial Manual: symbols)."""
        return {"general-assembly": "A", "economic-and-social-council": "E", "security-council": "S"}.get(
            self.value, "A/HRC"
        )

    @property
    def parent(self) -> Organ:
        """The organ that its masthead names: a subsidiary organ's is the one it reports to."""
        return Organ.GENERAL_ASSEMBLY if self is Organ.HUMAN_RIGHTS_COUNCIL else self


class DutyStation(StrEnum):
    """Where a document is made, and so its page: Letter in New York, A4 in Geneva."""

    NEW_YORK = "new-york"
    GENEVA = "geneva"


@dataclass(frozen=True, slots=True)
class ResolutionNumber:
    """The number of a resolution: session or year first, then the serial, in that logical order (`64/293`)."""

    session: int
    serial: int

    def __str__(self) -> str:
        return f"{self.session}/{self.serial}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `64/293` in either kind of digits. Raises ValueError."""
        match = re.fullmatch(RESOLUTION_NUMBER, text)
        if not match:
            raise ValueError(f"not a resolution number: {text!r}")
        return cls(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol, `E/RES/2017/18`: the same in every language, always left to right."""

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a symbol. Raises ValueError when `text` breaks the grammar (an organ's series, then parts by slash)."""
        if not re.fullmatch(SYMBOL, text):
            raise ValueError(f"not a document symbol: {text!r}")
        return cls(text)

    @classmethod
    def at(cls, address: str) -> Self | None:
        """Return the symbol of the document found there, whichever site of the United Nations it is; None elsewhere."""
        found = re.fullmatch(ADDRESS, unquote(address), re.IGNORECASE)
        with suppress(ValueError):
            return cls.parse(re.sub(r"(?<=\d) *(?=\(\d{4}\)$)", " ", found[1].rstrip("/ "))) if found else None
        return None

    @property
    def series(self) -> str:
        """What stands before the first slash and is enlarged in the masthead."""
        return self.text.partition("/")[0]

    @property
    def rest(self) -> str:
        """The first slash and all after it."""
        return self.text[len(self.series) :]

    @property
    def file_name(self) -> str:
        """The symbol as files bear it, without the mark of a reissue: `E_RES_2017_18`."""
        return re.sub(r"[/ ]", "_", self.text.rstrip("*"))

    @property
    def address(self) -> str:
        """Where the document is found, as its QR code and links have it."""
        return f"https://undocs.org/{self.text.rstrip('*').replace(' ', '')}"


@dataclass(frozen=True, slots=True)
class JobNumber:
    """A job number with its language: `17-12889 (A)`, and the dates behind it (`DDMMYY`), if any."""

    number: str
    language: Language
    dates: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `17-12889 (A)`, `18-18418 (E)    071118`, `GE.19-13879(E)`. Raises ValueError."""
        match = re.fullmatch(JOB_NUMBER, text.strip())
        if not match:
            raise ValueError(f"not a job number: {text!r}")
        return cls(match[1], Language.of_letter(match[2]), tuple(match[3].split()))

    def __str__(self) -> str:
        return f"{self.number} ({self.language.letter})"

    @property
    def duty_station(self) -> DutyStation:
        return DutyStation.GENEVA if self.number.startswith("GE.") else DutyStation.NEW_YORK

    @property
    def barcode(self) -> str:
        """The seven digits that the Code 39 barcode holds."""
        return re.sub(r"\D", "", self.number)


def find_formatted_date(text: str, form: str, months: Sequence[str]) -> date | None:
    """Find the first date in `text` that is written as `form` has it, with one of `months`; None where there is none.

    `form` is a locale's: `{day} {month} {year}`. Either kind of digits is understood.
    """
    pattern = re.escape(form).replace(r"\{day\}", r"(?P<day>\d{1,2})(?:er)?").replace(r"\{year\}", r"(?P<year>\d{4})")
    pattern = pattern.replace(r"\{month\}", f"(?P<month>{'|'.join(map(re.escape, months))})").replace(r"\ ", r"\s+")
    for match in re.finditer(pattern, text.translate(WESTERN)):
        with suppress(ValueError):
            return date(int(match["year"]), months.index(match["month"]) + 1, int(match["day"]))
    return None
