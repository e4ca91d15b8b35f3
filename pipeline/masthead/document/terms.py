"""The basic values: languages, organs, symbols, job numbers, resolution numbers, dates.

A value parses from its printed form and prints back to it: `Symbol.parse(str(symbol)) == symbol`.
"""

from __future__ import annotations

import re
import string
import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import quote, unquote

from masthead.document import organizations, symbols
from masthead.document.organization_file import LanguageEntry, OrganEntry, TypeEntry
from masthead.document.symbol_grammar import GROUP

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

SEARCHABLE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\u2011": "-"})
"""Replaces the kinds of space and hyphen, one for one, by the plain ones that patterns are written with."""


def replacing(table: Mapping[int, Any]) -> Callable[[str], str]:
    """Return what `str.translate` does with a table of characters, faster: most texts have few of them or none."""
    replaced = {chr(char): new if isinstance(new, str) else chr(new) for char, new in table.items()}
    places = re.compile(f"[{re.escape(''.join(replaced))}]")
    return lambda text: places.sub(lambda found: replaced[found[0]], text)


as_western = replacing(WESTERN)
"""Returns a text with Western digits."""
as_arabic_indic = replacing(ARABIC_INDIC)
"""Returns a text with Arabic-Indic digits."""
as_searchable = replacing(SEARCHABLE)
"""Returns a text with plain spaces and hyphens, as patterns are written with."""

NO_JOB = "00-00000"
"""Stands for the job number of a document whose source does not state one."""

# The printed forms, as regular expressions.
_UN_ADDRESS = r"https?://(?:www\.)?(?:undocs|docs\.un)\.org/(?:(?:ar|ch|en|es|fr|ru|sp|zh)/)?([^?#]+)"
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
        return (as_arabic_indic if self is Digits.ARABIC_INDIC else as_western)(str(number))


_Member = TypeVar("_Member", bound="Name")
_names: dict[tuple[type, str], Name] = {}  # so that equal names are identical; it only grows


class _Names(type):
    """The class of names: iterates over those that the current organization has, in their order."""

    def __iter__(cls: type[_Member]) -> Iterator[_Member]:  # type: ignore[misc]  # as typeshed has it for enumerations
        return map(cls.known, cls.entries())

    def __contains__(cls: type[_Member], name: object) -> bool:  # type: ignore[misc]
        return name in cls.entries()

    def __len__(cls: type[_Member]) -> int:  # type: ignore[misc]
        return len(cls.entries())


class Name(str, metaclass=_Names):
    """A name that the organization's file lists. Equal names are identical; an unknown one raises ValueError."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def entries(cls) -> Mapping[str, object]:
        """Return what the current organization says about each of these names."""

    def __new__(cls, name: str) -> Self:
        if name not in cls.entries():
            raise ValueError(f"{name!r} is not a valid {cls.__name__}")
        return cls.known(name)

    @classmethod
    def known(cls, name: str) -> Self:
        """Return the name without asking whether the current organization has it."""
        key = (cls, name)
        made = _names[key] if key in _names else _names.setdefault(key, str.__new__(cls, name))
        assert isinstance(made, cls)
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return partial(type(self).known, str(self)), ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    @property
    def value(self) -> str:
        return str(self)


class Language(Name):
    """A language of the organization, by its ISO 639 code. The constants are the six of the United Nations."""

    ARABIC: ClassVar[Language]
    CHINESE: ClassVar[Language]
    ENGLISH: ClassVar[Language]
    FRENCH: ClassVar[Language]
    RUSSIAN: ClassVar[Language]
    SPANISH: ClassVar[Language]

    @classmethod
    def entries(cls) -> Mapping[str, LanguageEntry]:
        return organizations.current().languages

    @property
    def _entry(self) -> LanguageEntry:
        return self.entries().get(self) or organizations.bundled().languages[self]

    @property
    def name(self) -> str:
        """Its English name."""
        return self._entry.name

    @property
    def direction(self) -> Direction:
        return Direction.RTL if self in _RIGHT_TO_LEFT else Direction.LTR

    @property
    def script(self) -> str:
        """The script that it is written in, by ISO 15924: Latin unless it is known to be another."""
        return next((script for script, codes in _SCRIPTS.items() if self in codes), "Latn")

    @property
    def digits(self) -> Digits:
        """The default digits of a document: in Arabic those that the Council printed in 2017."""
        return Digits(self._entry.digits)

    @property
    def letter(self) -> str:
        """The letter after a job number: `17-12889 (A)`."""
        return self._entry.letter

    @property
    def alpha3(self) -> str:
        """Its ISO 639-2 code."""
        return self._entry.alpha3

    @classmethod
    def of_letter(cls, letter: str) -> Self:
        return next(language for language in cls if language.letter == letter)


_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
_SCRIPTS = {
    "Arab": frozenset(("ar", "ckb", "fa", "ps", "sd", "ug", "ur")),
    "Cyrl": frozenset(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "uk")),
    "Grek": frozenset(("el",)),
    "Hani": frozenset(("ja", "zh")),
    "Hebr": frozenset(("he", "yi")),
}
Language.ARABIC = Language.known("ar")
Language.CHINESE = Language.known("zh")
Language.ENGLISH = Language.known("en")
Language.FRENCH = Language.known("fr")
Language.RUSSIAN = Language.known("ru")
Language.SPANISH = Language.known("es")


class Variant(StrEnum):
    """The kind of PDF file that is made."""

    ARCHIVE = "archive"  # PDF/A-3a and PDF/UA-1
    ARCHIVE_4 = "archive-4"  # PDF/A-4f and PDF/UA-2
    PLAIN = "plain"  # without tags and attachments
    PRESS = "press"  # PDF/X-4
    PRESS_X1A = "press-x1a"
    PRESS_X6 = "press-x6"  # PDF/X-6, which is PDF 2.0

    @property
    def for_press(self) -> bool:
        return self in (Variant.PRESS, Variant.PRESS_X1A, Variant.PRESS_X6)


class Organ(Name):
    """An organ that issues documents. The constants are those of the United Nations, whose names are in the locales."""

    GENERAL_ASSEMBLY: ClassVar[Organ]
    ECONOMIC_AND_SOCIAL_COUNCIL: ClassVar[Organ]
    SECURITY_COUNCIL: ClassVar[Organ]
    HUMAN_RIGHTS_COUNCIL: ClassVar[Organ]

    @classmethod
    def entries(cls) -> Mapping[str, OrganEntry]:
        return organizations.current().organs

    @property
    def _entry(self) -> OrganEntry:
        return self.entries().get(self) or organizations.bundled().organs[self]

    @property
    def series(self) -> str:
        """What its symbols begin with (UN Editorial Manual: symbols)."""
        return self._entry.series

    @property
    def parent(self) -> Organ:
        """The organ that its masthead names: for a subsidiary organ, the organ to which it reports."""
        return Organ.known(self._entry.parent) if self._entry.parent else self

    @property
    def actor(self) -> str:
        """Its name in Akoma Ntoso."""
        return self._entry.actor or str(self)

    @classmethod
    def first(cls) -> Organ:
        """Return the organ of a document that names none."""
        return next(iter(cls))


Organ.GENERAL_ASSEMBLY = Organ.known("general-assembly")
Organ.ECONOMIC_AND_SOCIAL_COUNCIL = Organ.known("economic-and-social-council")
Organ.SECURITY_COUNCIL = Organ.known("security-council")
Organ.HUMAN_RIGHTS_COUNCIL = Organ.known("human-rights-council")


class DocumentType(Name):
    """The type of a document. It has a template of the same name, or that of the type that it is like.

    The constants are the types of the United Nations, whose structure is code. What matters to code is which of them a
    type is `like`.
    """

    RESOLUTION: ClassVar[DocumentType]
    DECISION: ClassVar[DocumentType]
    DRAFT: ClassVar[DocumentType]
    REPORT: ClassVar[DocumentType]
    NOTE: ClassVar[DocumentType]
    LETTER: ClassVar[DocumentType]
    AGENDA: ClassVar[DocumentType]
    ADDENDUM: ClassVar[DocumentType]
    CORRIGENDUM: ClassVar[DocumentType]
    REVISION: ClassVar[DocumentType]
    STATEMENT: ClassVar[DocumentType]  # by the President of the Security Council
    RECORD: ClassVar[DocumentType]  # of a meeting: verbatim or summary

    @classmethod
    def entries(cls) -> Mapping[str, TypeEntry]:
        return organizations.current().types

    @property
    def entry(self) -> TypeEntry:
        """What the organization says about it."""
        return self.entries().get(self) or organizations.bundled().types[self]

    @property
    def like(self) -> DocumentType:
        """The type of the United Nations whose structure it has."""
        return DocumentType.known(self.entry.like)

    @classmethod
    def of_archetype(cls, kind: DocumentType) -> DocumentType:
        """Return the type of this name, or the first that is like it, or the first of all.

        Types whose symbols have a mark come last: who asks has found none.
        """
        likes = sorted((each for each in cls if each.like is kind), key=lambda each: bool(each.entry.symbol))
        return kind if kind in cls.entries() else next(iter(likes), next(iter(cls)))


for _kind in organizations.bundled().types:
    setattr(DocumentType, _kind.upper(), DocumentType.known(_kind))


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
    """A document symbol, `E/RES/2017/18`. It is the same in every language.

    It is left to right, but for symbols of an organization that begin with a letter of a right-to-left script. Those
    have Western digits here; pages print the digits of their language.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a symbol: the series of a body, then parts separated by slashes. Raises ValueError."""
        text = re.sub("[\u00a0\u202f]", " ", text)
        text = re.sub(r"(?<=\d) ?(?=\(\d{4}\)\*?$)", " ", text)  # S/RES/2254(2015) is often written
        if symbols.is_right_to_left(text):
            return cls(as_western(text))
        if not re.fullmatch(symbols.whole(), text):
            raise ValueError(f"not a document symbol: {text!r}")
        return cls(text)

    @classmethod
    def at(cls, address: str) -> Self | None:
        """Return the symbol of the document at a web address, or None if the address has another form."""
        organization = organizations.current()
        if not organization.is_bundled:
            before, after = (re.escape(part) for part in organization.address.split("{symbol}"))
            own = re.fullmatch(f"{before}(.+){after}", unquote(address).strip())
            if own and symbols.is_own(own[1]):
                return cls(own[1])
        found = re.fullmatch(_UN_ADDRESS, unquote(address).strip(), re.IGNORECASE)
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
    def is_right_to_left(self) -> bool:
        """Whether its parts go from right to left."""
        return symbols.is_right_to_left(self.text)

    @property
    def organ(self) -> Organ | None:
        """The organ to whose series the symbol belongs, None if that is not known."""
        # The series of a subsidiary organ begins with that of its parent.
        named = (organ for organ in Organ if re.match(rf"{re.escape(organ.series)}(?![A-Za-z0-9])", self.text))
        return max(named, key=lambda organ: len(organ.series), default=None)

    @property
    def file_name(self) -> str:
        """The symbol for use in file names, without the asterisk of a reissue: `E_RES_2017_18`."""
        return re.sub(r"[/ –]", "_", self.text.rstrip("*"))

    @property
    def address(self) -> str:
        """The web address of the document, as in its QR code and in links. Of two symbols the first is enough."""
        first = re.split(symbols.JOINT, self.text.rstrip("*"))[0]
        organization = organizations.current()
        form = (organization if symbols.is_own(first) else organizations.bundled()).address
        return form.format(symbol=quote(first.replace(" ", ""), safe=string.punctuation))


NO_SYMBOL = Symbol("?")
"""The symbol of a document that is read although its own is missing or wrong, so that all its errors are found."""


def _spaced(symbol: str) -> str:
    """Return a symbol from an address with the spaces that addresses leave out: `A/81/6 (Sect. 10)/Part A`."""
    symbol = re.sub(
        rf" *\(({GROUP})\)", lambda found: f" ({re.sub(r'(?<=[.a-z])(?=[0-9IVXA-Z])', ' ', found[1])})", symbol
    )
    return re.sub(r"/Part(?=[A-Z0-9]{1,3}(?:/|$))", "/Part ", symbol)


def job_pattern(opening: str = r"\(", closing: str = r"\)") -> str:
    """Return the pattern of a job number with its letter and dates; `opening` and `closing` match its brackets.

    Documents of an organization without job numbers have the placeholder in forms that need one, such as Word.
    """
    organization = organizations.current()
    letters = sorted(language.letter for language in Language)
    single = all(map(str.isalpha, letters)) and max(map(len, letters)) == 1
    choice = f"[{''.join(letters)}]" if single else "|".join(map(re.escape, letters))
    return rf"({organization.job or NO_JOB})\s*{opening}({choice}){closing}((?:\s+\d{{6}})*)"


@dataclass(frozen=True, slots=True)
class JobNumber:
    """A job number with its language, `17-12889 (A)`, and the dates after it, `DDMMYY`, if any."""

    number: str
    language: Language
    dates: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `17-12889 (A)`, `18-18418 (E)    071118` or `GE.19-13879(E)`. Raises ValueError."""
        match = re.fullmatch(job_pattern(), text.strip())
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
        """The digits of the Code 39 barcode: seven at the United Nations."""
        return re.sub(r"\D", "", self.number)


def find_formatted_date(text: str, form: str, months: Sequence[str]) -> date | None:
    """Return the first date in `text` that is written like `form`, with one of `months`, or None.

    `form` comes from a locale: `{day} {month} {year}`. The digits may be Western or Arabic-Indic.
    """
    for match in _dates(form, tuple(months)).finditer(as_western(unicodedata.normalize("NFC", text))):
        with suppress(ValueError):
            return date(int(match["year"]), months.index(match["month"]) + 1, int(match["day"]))
    return None


@lru_cache(maxsize=64)  # forms of locales
def _dates(form: str, months: tuple[str, ...]) -> re.Pattern[str]:
    pattern = re.escape(form).replace(r"\{day\}", r"(?P<day>\d{1,2})(?:er)?").replace(r"\{year\}", r"(?P<year>\d{4})")
    pattern = pattern.replace(r"\{month\}", f"(?P<month>{'|'.join(map(re.escape, months))})").replace(r"\ ", r"\s+")
    return re.compile(pattern)
