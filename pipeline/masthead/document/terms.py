"""The basic values: languages, organs, symbols, job numbers, resolution numbers, dates.

A value parses from its printed form and prints back to it: `Symbol.parse(str(symbol)) == symbol`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from urllib.parse import unquote

from masthead.document import symbols

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

SEARCHABLE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2011": "-"})
"""Replaces the kinds of space and hyphen, one for one, by the plain ones that patterns are written with."""

NO_JOB = "00-00000"
"""Stands for the job number of a document whose source does not state one."""

# The printed forms, as regular expressions.
SYMBOL = symbols.WHOLE
JOB_NUMBER = r"((?:GE\.|V\.)?\d\d-\d{5}\*?)\s*\(([ACEFRS])\)((?:\s+\d{6})*)"
ADDRESS = r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:(?:ar|ch|en|es|fr|ru|sp|zh)/)?([^?#]+)"
RESOLUTION_NUMBER = r"([0-9٠-٩]{1,4})/([0-9٠-٩]{1,4})"


class Direction(StrEnum):
    """The base direction of a text, named as in HTML."""

    LTR = "ltr"
    RTL = "rtl"


class Digits(StrEnum):
    """The digits that a document prints for numbers, named like the numbering systems of CLDR."""

    WESTERN = "latn"
    ARABIC_INDIC = "arab"

    def shape(self, number: int | str) -> str:
        """Return `number` in these digits."""
        text = str(number)
        if not re.search(r"\d", text):  # faster: most paragraphs have no digits
            return text
        return text.translate(ARABIC_INDIC if self is Digits.ARABIC_INDIC else WESTERN)


class Language(StrEnum):
    """The six official languages of the United Nations, by ISO 639-1 code."""

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
        """The digits that its documents printed in 2017: the default of a document."""
        return Digits.ARABIC_INDIC if self is Language.ARABIC else Digits.WESTERN

    @property
    def letter(self) -> str:
        """The letter after a job number: `17-12889 (A)`."""
        return {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}[self.value]

    @classmethod
    def of_letter(cls, letter: str) -> Self:
        return next(language for language in cls if language.letter == letter)


class Variant(StrEnum):
    """The kind of PDF file that is made."""

    ARCHIVE = "archive"  # PDF/A-3a and PDF/UA-1
    ARCHIVE_4 = "archive-4"  # PDF/A-4f and PDF/UA-2
    PLAIN = "plain"  # without tags and attachments
    PRESS = "press"  # PDF/X-4
    PRESS_X1A = "press-x1a"

    @property
    def for_press(self) -> bool:
        return self in (Variant.PRESS, Variant.PRESS_X1A)


class Organ(StrEnum):
    """An organ that issues documents. Its names are in the locales."""

    GENERAL_ASSEMBLY = "general-assembly"
    ECONOMIC_AND_SOCIAL_COUNCIL = "economic-and-social-council"
    SECURITY_COUNCIL = "security-council"
    HUMAN_RIGHTS_COUNCIL = "human-rights-council"

    @property
    def series(self) -> str:
        """What its symbols begin with (UN Editorial Manual: symbols)."""
        series = {"general-assembly": "A", "economic-and-social-council": "E", "security-council": "S"}
        return series.get(self.value, "A/HRC")

    @property
    def parent(self) -> Organ:
        """The organ that its masthead names: for a subsidiary organ, the organ to which it reports."""
        return Organ.GENERAL_ASSEMBLY if self is Organ.HUMAN_RIGHTS_COUNCIL else self


class DutyStation(StrEnum):
    """Where a document is produced, which decides its page size: Letter in New York, A4 in Geneva."""

    NEW_YORK = "new-york"
    GENEVA = "geneva"


@dataclass(frozen=True, slots=True)
class ResolutionNumber:
    """The number of a resolution: the session or year, then the serial number (`64/293`)."""

    session: int
    serial: int

    def __str__(self) -> str:
        return f"{self.session}/{self.serial}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `64/293`, in Western or Arabic-Indic digits. Raises ValueError."""
        match = re.fullmatch(RESOLUTION_NUMBER, text)
        if not match:
            raise ValueError(f"not a resolution number: {text!r}")
        return cls(int(match[1]), int(match[2]))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A document symbol, `E/RES/2017/18`. It is the same in every language, and always left to right."""

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a symbol: the series of a body, then parts separated by slashes. Raises ValueError."""
        text = re.sub("[\u00a0\u202f]", " ", text)
        text = re.sub(r"(?<=\d) ?(?=\(\d{4}\)\*?$)", " ", text)  # S/RES/2254(2015) is often written
        if not re.fullmatch(SYMBOL, text):
            raise ValueError(f"not a document symbol: {text!r}")
        return cls(text)

    @classmethod
    def at(cls, address: str) -> Self | None:
        """Return the symbol of the document at a UN web address, or None if the address has another form."""
        found = re.fullmatch(ADDRESS, unquote(address).strip(), re.IGNORECASE)
        if found is None:
            return None
        text = re.sub(r" +(?=\(\d{4}\)$)", " ", found[1].strip("/ "))
        text = re.sub(r"^[a-z]+/(?:res/)?", lambda start: start[0].upper(), text, flags=re.IGNORECASE)
        with suppress(ValueError):
            return cls.parse(_spaced(text))
        return None

    @property
    def series(self) -> str:
        """The part before the first slash, which the masthead prints larger."""
        return self.text.partition("/")[0]

    @property
    def rest(self) -> str:
        """The part from the first slash on."""
        return self.text[len(self.series) :]

    @property
    def organ(self) -> Organ | None:
        """The organ to whose series the symbol belongs, None if that is not known."""
        # Subsidiary organs come last in Organ, and their series begin with that of their parent.
        return next((organ for organ in reversed(Organ) if f"{self}/".startswith(f"{organ.series}/")), None)

    @property
    def file_name(self) -> str:
        """The symbol for use in file names, without the asterisk of a reissue: `E_RES_2017_18`."""
        return re.sub(r"[/ –]", "_", self.text.rstrip("*"))

    @property
    def address(self) -> str:
        """The web address of the document, as in its QR code and in links. Of two symbols the first is enough."""
        first = re.split(symbols.JOINT, self.text.rstrip("*"))[0]
        return f"https://undocs.org/{first.replace(' ', '')}"


def _spaced(symbol: str) -> str:
    """Return a symbol from an address with the spaces that addresses leave out: `A/81/6 (Sect. 10)/Part A`."""
    symbol = re.sub(
        rf" *\(({symbols.GROUP})\)", lambda found: f" ({re.sub(r'(?<=[.a-z])(?=[0-9IVXA-Z])', ' ', found[1])})", symbol
    )
    return re.sub(r"/Part(?=[A-Z0-9]{1,3}(?:/|$))", "/Part ", symbol)


@dataclass(frozen=True, slots=True)
class JobNumber:
    """A job number with its language, `17-12889 (A)`, and the dates after it, `DDMMYY`, if any."""

    number: str
    language: Language
    dates: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `17-12889 (A)`, `18-18418 (E)    071118` or `GE.19-13879(E)`. Raises ValueError."""
        match = re.fullmatch(JOB_NUMBER, text.strip())
        if not match:
            raise ValueError(f"not a job number: {text!r}")
        return cls(match[1], Language.of_letter(match[2]), tuple(match[3].split()))

    def __str__(self) -> str:
        return f"{self.number} ({self.language.letter})"

    @property
    def is_known(self) -> bool:
        """Whether the source has a job number. Pages print no other."""
        return self.number != NO_JOB

    @property
    def duty_station(self) -> DutyStation:
        return DutyStation.GENEVA if self.number.startswith("GE.") else DutyStation.NEW_YORK

    @property
    def barcode(self) -> str:
        """The seven digits of the Code 39 barcode."""
        return re.sub(r"\D", "", self.number)


def find_formatted_date(text: str, form: str, months: Sequence[str]) -> date | None:
    """Return the first date in `text` that is written like `form`, with one of `months`, or None.

    `form` comes from a locale: `{day} {month} {year}`. The digits may be Western or Arabic-Indic.
    """
    pattern = re.escape(form).replace(r"\{day\}", r"(?P<day>\d{1,2})(?:er)?").replace(r"\{year\}", r"(?P<year>\d{4})")
    pattern = pattern.replace(r"\{month\}", f"(?P<month>{'|'.join(map(re.escape, months))})").replace(r"\ ", r"\s+")
    for match in re.finditer(pattern, unicodedata.normalize("NFC", text).translate(WESTERN)):
        with suppress(ValueError):
            return date(int(match["year"]), months.index(match["month"]) + 1, int(match["day"]))
    return None
