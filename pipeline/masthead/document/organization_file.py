"""What `organization.toml` says: the languages, organs and types of an organization, its symbols and its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from masthead.document import files, toml
from masthead.document.errors import OrderError
from masthead.document.symbol_grammar import GENERAL, SERIES
from masthead.document.toml_places import line_of, suggestion

_PAPERS = ("A4", "Letter")
GUIDE = "docs/organizations.md explains each entry"
FRONT_KEYS = ("job", "distribution", "date")
"""The keys of the front matter that an organization may leave out, besides those that follow from a type."""

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """A language of the organization.

    `name` is in English, `letter` comes after a job number, `alpha3` is the code in Akoma Ntoso (ISO 639-2), `digits`
    the numbering system of documents that do not name one, `official` the name of the organization.
    """

    name: str
    letter: str
    alpha3: str
    digits: str = "latn"
    official: str = ""


@dataclass(frozen=True, slots=True)
class OrganEntry:
    """An organ: what its symbols begin with, its names by language, and the organ that its masthead names."""

    series: str
    names: Mapping[str, str]
    parent: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A type of document.

    `like` is the bundled type whose structure it has. `symbol` is what its symbols contain, `new` the form of a new
    symbol after the series. `akn` are its type, subtype and name in Akoma Ntoso, `needs` the keys that it must have.
    """

    like: str
    symbol: str = ""
    new: str = ""
    akn: tuple[str, str, str] | None = None
    needs: tuple[str, ...] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class OrganizationEntries:
    """All that the file of an organization says.

    `symbol` is the pattern of its symbols, empty for the general grammar with the series of its organs; `job` that of
    its job numbers, empty if it has none. `address` is the form of a document's address, `sites` are the hosts that
    have its documents. `sheets` are linked on every page; `paper` is A4 or Letter, empty if the job number decides it.
    `exempt` are the rules that it does not apply, by room, with reasons.
    """

    name: str
    languages: Mapping[str, LanguageEntry]
    organs: Mapping[str, OrganEntry]
    types: Mapping[str, TypeEntry]
    symbol: str
    symbol_example: str
    job: str
    job_example: str
    address: str
    sites: tuple[str, ...]
    sheets: tuple[str, ...]
    paper: str
    mandatory: tuple[str, ...]
    exempt: Mapping[str, tuple[tuple[str, str], ...]]


def read(path: Path, folders: Sequence[Path], base: OrganizationEntries | None) -> OrganizationEntries:
    """Return what the file at `path` says; its style sheets are in one of the folders.

    What it does not say is that of the `base`, which is None for the bundled file. Raises OrderError with all errors,
    each with file and line.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise OrderError(f"the organization cannot be read: {files.reason(error)}", where=str(path)) from None
    except UnicodeDecodeError as error:
        raise OrderError(f"the file is not valid TOML: {error}", where=str(path)) from None
    return _OrganizationFile(path, text, folders, base).entries()


class _Symbols(NamedTuple):
    """What the file says about symbols."""

    table: Mapping[str, Any]
    address: str = ""
    pattern: str = ""
    sites: tuple[str, ...] = ()


class _OrganizationFile:
    """Reads one `organization.toml`. Every error has the file and the line; all of them are reported at once.

    What the file does not say is that of the `base`, which is None for the bundled file.
    """

    def __init__(self, path: Path, text: str, folders: Sequence[Path], base: OrganizationEntries | None) -> None:
        self._path, self._text, self._folders, self._base = path, text, folders, base
        self._table: Mapping[str, Any] = {}
        self._errors: dict[str, OrderError] = {}

    def entries(self) -> OrganizationEntries:
        """Return what the file says. Raises OrderError with all errors, in the order of their lines."""
        try:
            self._table = toml.loads(self._text)
        except ValueError as error:
            raise OrderError(f"the file is not valid TOML: {error}", where=str(self._path)) from None
        entries = self._read(self._entries, None)
        if entries and not self._errors:
            return entries
        first, *others = sorted(self._errors.values(), key=lambda error: int(error.where.rpartition(":")[2]))
        raise OrderError(first.message, where=first.where, hint=first.hint, others=others)

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """Keep the error that ends what is inside, and go on after it."""
        try:
            yield
        except OrderError as error:
            self._errors.setdefault(str(error), error)

    def _read(self, read: Callable[[], T], default: D) -> T | D:
        """Return what `read` returns, or the default if it ends with an error, which is kept."""
        with self._going_on():
            return read()
        return default

    def _entries(self) -> OrganizationEntries | None:
        known = ("name", "languages", "organs", "types", "symbols", "job", "pages", "mandatory", "lint", "preflight")
        self._check_keys(self._table, known)
        self._end(0)
        has_job = "job" in self._table
        name = self._read(lambda: self._text_of(self._table, "name"), "")
        languages = self._read(self._languages, {})
        organs = self._read(self._organs, {})
        types = self._read(self._types, {})
        symbols = self._symbols()
        job, job_example = self._read(lambda: self._job(has_job=has_job), ("", ""))
        mandatory = self._read(self._mandatory, FRONT_KEYS)
        sheets, paper = self._read(self._pages, ((), ""))
        exempt = {room: self._read(partial(self._exempt, room), ()) for room in ("lint", "preflight")}
        self._check_names(languages, organs, types)
        if self._errors:
            return None
        return OrganizationEntries(
            name=name,
            languages=MappingProxyType(languages),
            organs=MappingProxyType(organs),
            types=MappingProxyType(types),
            symbol=symbols.pattern,
            symbol_example=self._symbol_example(symbols, organs),
            job=job if has_job or not self._base else "",
            job_example=job_example,
            address=symbols.address,
            sites=symbols.sites or (symbols.address.split("/")[2],),
            sheets=sheets,
            paper=paper,
            mandatory=tuple(key for key in mandatory if key != "job" or has_job),
            exempt=MappingProxyType(exempt),
        )

    def _symbols(self) -> _Symbols:
        keys = ("pattern", "example", "address", "sites")
        table = self._read(lambda: self._section("symbols", keys), None)
        if table is None:
            return _Symbols({})
        address = self._read(lambda: self._address(table), "")
        pattern = self._read(lambda: self._pattern(table, "symbols"), "")
        return _Symbols(table, address, pattern, self._read(lambda: self._texts(table, "symbols", "sites"), ()))

    def _job(self, *, has_job: bool) -> tuple[str, str]:
        """Return the pattern of job numbers, and an example."""
        table = self._section("job", ("pattern", "example"))
        pattern = self._pattern(table, "job")
        return pattern, self._text_of(table, "job.example", "") if has_job else ""

    def _pages(self) -> tuple[tuple[str, ...], str]:
        """Return the style sheets of every page, and the paper of all documents."""
        table = self._section("pages", ("sheets", "paper"))
        return self._read(lambda: self._sheets(table), ()), self._paper(table)

    def _address(self, symbols: Mapping[str, Any]) -> str:
        """Return the form of the address of a document."""
        address = self._text_of(symbols, "symbols.address", self._base.address if self._base and not symbols else "")
        if not re.fullmatch(r"https://[^/{}]+/(?:[^{}]*/)?\{symbol\}", address):
            message = "symbols.address must be an address that ends in /{symbol}"
            raise self._error(message, ("symbols", "address"), "write it like https://docs.example.org/{symbol}")
        return address

    def _symbol_example(self, symbols: _Symbols, organs: Mapping[str, OrganEntry]) -> str:
        """Return the example of a symbol. Without a pattern, it has the series of an organ."""
        series = [organ.series for organ in organs.values()]
        example = self._text_of(symbols.table, "symbols.example", f"{series[0]}/2049/1")
        begins = "|".join(map(re.escape, series))
        if self._base and not symbols.pattern and not re.fullmatch(rf"(?=(?:{begins})/){GENERAL}", example):
            hint = f"write it like {series[0]}/2049/1, or add a pattern"
            raise self._error(f"the example {example} is not a symbol of an organ", ("symbols", "example"), hint)
        return example

    def _mandatory(self) -> tuple[str, ...]:
        mandatory = self._texts(self._table, "mandatory") if "mandatory" in self._table else FRONT_KEYS
        if not set(mandatory) <= set(FRONT_KEYS):
            raise self._error(f"mandatory may hold {', '.join(FRONT_KEYS)}", ("mandatory",), "")
        return mandatory

    def _sheets(self, pages: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the names of the style sheets of every page."""
        sheets = self._texts(pages, "pages", "sheets")
        for sheet in sheets:
            if not any((folder / "css" / f"{sheet}.css").is_file() for folder in self._folders):
                raise self._error(f"no style sheet css/{sheet}.css", ("pages", "sheets"), "add it to the folder css")
        return sheets

    def _check_names(
        self, languages: Mapping[str, Any], organs: Mapping[str, OrganEntry], types: Mapping[str, TypeEntry]
    ) -> None:
        """Record names of organs and types in languages that the organization does not have."""
        known = self._table["languages"] if languages else ()  # also those with an error
        named = [("organs", name, each.names) for name, each in organs.items()]
        named += [("types", name, each.names) for name, each in types.items()]
        for table, name, names in named if languages else ():
            for code in (code for code in names if code not in known):
                with self._going_on():
                    message = f"{table}.{name} has a name in {code}, which is not a language of the organization"
                    raise self._error(message, (table, name, "names"), f"remove it, or add {code} to [languages]")

    def _languages(self) -> dict[str, LanguageEntry]:
        found: dict[str, LanguageEntry] = {}
        for code, entry in self._tables("languages", ("name", "letter", "alpha3", "digits", "official")).items():
            with self._going_on():
                found[code] = self._language(code, entry)
        if not self._table.get("languages"):
            raise self._error("the organization has no languages", ("languages",), "[languages]\nar = {}")
        letters = [entry.letter for entry in found.values()]
        if twice := next((letter for letter in letters if letters.count(letter) > 1), ""):
            raise self._error(f"two languages have the letter {twice}", ("languages",), "choose another letter")
        return found

    def _language(self, code: str, entry: Mapping[str, Any]) -> LanguageEntry:
        base = self._base.languages.get(code) if self._base else None
        place = ("languages", code)
        if not re.fullmatch("[a-z]{2,3}", code):
            raise self._error(f"{code} is not a code of a language", place, "write it as in ISO 639: sw")
        needed = [key for key in ("name", "letter") if key not in entry]
        if base is None and needed:
            raise self._error(f"language {code} lacks {needed[0]}", place, 'sw = { name = "Swahili", … }')
        digits = entry.get("digits", base.digits if base else "latn")
        if digits not in ("latn", "arab"):
            raise self._error(f"unknown digits: {digits}", place, "digits are latn or arab")
        values = {key: entry.get(key, getattr(base, key, "")) for key in ("name", "letter", "alpha3", "official")}
        values["alpha3"] = values["alpha3"] or code
        return LanguageEntry(**values, digits=digits)

    def _organs(self) -> dict[str, OrganEntry]:
        entries = self._tables("organs", ("series", "parent", "names", "actor"))
        if not entries:
            raise self._error("the organization has no organs", ("organs",), '[organs.council]\nseries = "RC"')
        found: dict[str, OrganEntry] = {}
        for name, entry in entries.items():
            with self._going_on():
                found[name] = self._organ(name, entry, entries)
        return found

    def _organ(self, name: str, entry: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> OrganEntry:
        if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", name):
            raise self._error(f"{name} is not a name of an organ", ("organs", name), "write it like river-council")
        series, parent = entry.get("series", ""), entry.get("parent", "")
        if not series:
            hint = 'series = "RC", with which its symbols begin'
            raise self._error(f"organ {name} has no series", ("organs", name), hint)
        place = ("organs", name, "series")
        symbols = self._table.get("symbols")
        has_pattern = isinstance(symbols, dict) and "pattern" in symbols
        if not has_pattern and not re.fullmatch(SERIES, series):
            hint = "write it in capital letters, like RC or RC/WG, or add symbols.pattern"
            raise self._error(f"the series {series} is not one without a pattern of symbols", place, hint)
        seen = [name]
        while parent:
            place = ("organs", name, "parent")
            if parent not in others:
                raise self._error(f"unknown organ: {parent}", place, suggestion(parent, others))
            if parent in seen:
                raise self._error(f"organ {name} is its own parent: {' > '.join((*seen, parent))}", place, "remove one")
            seen.append(parent)
            parent = others[parent].get("parent", "")
        return OrganEntry(series, dict(entry.get("names", {})), entry.get("parent", ""), entry.get("actor", ""))

    def _types(self) -> dict[str, TypeEntry]:
        entries = self._tables("types", ("like", "symbol", "new", "akn", "needs", "names"))
        base = self._base.types if self._base else {}
        if not entries:
            return dict(base)
        found: dict[str, TypeEntry] = {}
        for name, entry in entries.items():
            with self._going_on():
                found[name] = self._type(name, entry, base, entries)
        return found

    def _type(
        self, name: str, entry: Mapping[str, Any], base: Mapping[str, TypeEntry], entries: Mapping[str, Any]
    ) -> TypeEntry:
        place = ("types", name)
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
            raise self._error(f"{name} is not a name of a type", place, "write it in lower case: circular")
        own = name if name in base or not self._base else ""
        like = entry.get("like", own)
        if like not in (base or entries):
            message = f"unknown type: {like}" if like else f"type {name} does not say which type it is like"
            near = get_close_matches(like or name, base, 1)
            hint = f"did you mean {near[0]}?" if like and near else f"like is one of {', '.join(base or entries)}"
            raise self._error(message, (*place, "like"), hint)
        akn = self._texts(entry, *place, "akn") or None
        if akn is not None and len(akn) != 3:
            raise self._error(
                "akn must be a type, a subtype and a name", (*place, "akn"), '["doc", "paper", "circular"]'
            )
        inherited = base[like] if own == like and base else None
        if akn is None:
            before = (base[like].akn if base else entries[like].get("akn")) or ("doc", "paper", like)
            akn = before if inherited else (before[0], before[1], name)
        symbol, new = (entry.get(key, getattr(inherited, key) if inherited else "") for key in ("symbol", "new"))
        needs = self._texts(entry, *place, "needs") if "needs" in entry else None
        return TypeEntry(like, symbol, new, akn, needs, dict(entry.get("names", {})))

    def _paper(self, pages: Mapping[str, Any]) -> str:
        """Return the paper of all documents."""
        paper = self._text_of(pages, "pages.paper", _PAPERS[0] if self._base else "")
        if paper and paper not in _PAPERS:
            raise self._error(f"unknown paper: {paper}", ("pages", "paper"), f"paper is {' or '.join(_PAPERS)}")
        return paper

    def _exempt(self, room: str) -> tuple[tuple[str, str], ...]:
        """Return the rules that are not applied, with reasons."""
        table = self._section(room, ("exempt",)).get("exempt", {})
        if not isinstance(table, dict) or not all(isinstance(reason, str) and reason for reason in table.values()):
            raise self._error("each rule needs a reason", (room, "exempt"), 'exempt = { "rule" = "reason" }')
        return tuple(table.items())

    def _section(self, name: str, known: tuple[str, ...]) -> dict[str, Any]:
        table = self._table.get(name, {})
        if not isinstance(table, dict):
            raise self._error(f"{name} must be a table", (name,), f"write [{name}]")
        errors = len(self._errors)
        self._check_keys(table, known, name)
        self._end(errors)
        return table

    def _end(self, errors: int) -> None:
        """End what is being read if there are more errors than there were: others would only follow from them."""
        if len(self._errors) > errors:
            raise next(reversed(self._errors.values()))

    def _tables(self, name: str, known: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        """Return a table of tables."""
        errors = len(self._errors)
        table = self._table.get(name, {})
        if not isinstance(table, dict):
            raise self._error(f"{name} must be a table", (name,), f"write [{name}]")
        for key, entry in table.items():
            with self._going_on():
                self._check_entry(entry, known, name, key)
        self._end(errors)
        return table

    def _check_entry(self, entry: Any, known: tuple[str, ...], name: str, key: str) -> None:
        if not isinstance(entry, dict):
            raise self._error(f"{name}.{key} must be a table", (name, key), f"write [{name}.{key}]")
        self._check_keys(entry, known, name, key)
        for each, value in entry.items():
            kind = {"names": dict, "akn": list, "needs": list}.get(each, str)
            if not isinstance(value, kind):
                words = {dict: "a table", list: "a list", str: "a text"}[kind]
                raise self._error(f"{name}.{key}.{each} must be {words}", (name, key, each), GUIDE)
            if each == "names" and not all(isinstance(text, str) and text for text in value.values()):
                raise self._error(f"{name}.{key}.names must be texts", (name, key, each), GUIDE)

    def _pattern(self, table: Mapping[str, Any], name: str) -> str:
        pattern = self._text_of(table, f"{name}.pattern", "")
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise self._error(f"{name}.pattern is not a regular expression: {error}", (name, "pattern"), "") from None
        if groups:  # which would shift those of the patterns that it becomes a part of
            raise self._error(f"{name}.pattern may not capture groups", (name, "pattern"), "write (?: … ) for ( … )")
        example = self._text_of(table, f"{name}.example", "") if pattern and self._base else ""
        if pattern and self._base and not example:
            raise self._error(f"{name} has a pattern and no example", (name, "pattern"), 'add example = "…"')
        if not example.isascii() and name != "symbols":
            raise self._error(f"{name} are in Latin letters and digits", (name, "example"), "choose another grammar")
        if example and re.search("[٠-٩]", example):
            hint = "pages print the digits of their language; symbols may be typed in either"
            raise self._error("the example has Arabic-Indic digits; write 0 to 9", (name, "example"), hint)
        if example and not re.fullmatch(pattern, example):
            raise self._error(f"the example {example} does not match {name}.pattern", (name, "example"), "correct one")
        return pattern

    def _texts(self, table: Mapping[str, Any], *place: str) -> tuple[str, ...]:
        """Return a list of texts; it is empty if the key is absent."""
        texts = table.get(place[-1], [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._error(f"{'.'.join(place)} must be a list of texts", place, f'{place[-1]} = ["…"]')
        return tuple(texts)

    def _text_of(self, table: Mapping[str, Any], place: str, default: str | None = None) -> str:
        """Return the text of a key; `place` is its dotted name."""
        value = table.get(place.rpartition(".")[2], default)
        if not isinstance(value, str):
            message = f"{place} is missing" if value is None else f"{place} must be a text"
            raise self._error(message, tuple(place.split(".")), GUIDE)
        return value

    def _check_keys(self, table: Mapping[str, Any], known: tuple[str, ...], *place: str) -> None:
        """Record unknown keys."""
        for key in table:
            if key not in known:
                with self._going_on():
                    raise self._error(f"unknown key {'.'.join((*place, key))}", (*place, key), suggestion(key, known))

    def _error(self, message: str, place: tuple[str, ...], hint: str) -> OrderError:
        return OrderError(message, where=f"{self._path}:{line_of(self._text, place)}", hint=hint)
