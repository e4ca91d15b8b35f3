"""The YAML front matter of a Markdown source: keys, each with a text or a list of texts, and the metadata as a tree.

Every value is text. Types, anchors and tags of YAML have no meaning here, so they can do no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml

from masthead.document import (
    Digits,
    DocumentType,
    Language,
    LineBreaking,
    Metadatum,
    NotePlace,
    Organ,
    Pagination,
    SourceError,
    organizations,
    terms,
)
from masthead.formats.markdown.keys import ENTRIES, KEYS, TEXT, Truth, required
from masthead.formats.markdown.syntax import FENCE
from masthead.formats.record import Record
from masthead.formats.source import FORBIDDEN

MAX_LENGTH = 2**18  # characters
_LIKENESS = 0.7  # of a misspelled word; “question” and “resolution” have 0.67
_MAX_DEPTH = 20  # of elements in the metadata
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one of libyaml, which is much faster

_FENCE = re.compile(rf"{FENCE}[ \t]*\n")
_FENCE_AFTER = re.compile(rf"\n{FENCE}[ \t]*(?:\n|$)")
_ENTRY = re.compile(r"^\S[^\n]*\n(?:(?:[ \t-][^\n]*)?\n)*", re.MULTILINE)  # a key and what belongs to it
_TYPED = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?) ?(?P<sign>[:：=﹕])[ \t]*(?P<value>\S[^\n]*)")
_ACRONYMS = {
    "ecosoc": str(Organ.ECONOMIC_AND_SOCIAL_COUNCIL),
    "unsc": str(Organ.SECURITY_COUNCIL),
    "unga": str(Organ.GENERAL_ASSEMBLY),
}
"""What authors write in place of the names of organs."""

T = TypeVar("T")
E = TypeVar("E", Digits, LineBreaking, NotePlace, Pagination, Truth, Language, Organ, DocumentType)


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a key, or its list of texts, and the place of the key: `file:line:column`."""

    texts: tuple[str, ...]
    where: str


class FrontMatter:
    """The front matter of one source. The record gets whatever is wrong."""

    def __init__(self, parser: _Parser, record: Record) -> None:
        self._values, self.metadata, self._record = {**parser.meant, **parser.read}, parser.metadata, record
        self._refused = parser.refused
        self._unknown = set[str]()  # the keys whose value names nothing, and resembles nothing, that is known

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """Return the text of `key`, empty if the key is absent."""
        return next(iter(self.texts(key)), "")

    def texts(self, key: str) -> tuple[str, ...]:
        return self._values[key].texts if key in self._values else ()

    def fill(self, change: Callable[[str], str]) -> None:
        """Change the texts of all keys."""
        self._values = {key: Value(tuple(map(change, value.texts)), value.where) for key, value in self._values.items()}

    def where(self, key: str) -> str:
        """Return the place of a key, that of the first one if it is absent."""
        return self._values[key].where if key in self._values else f"{self._record.name}:1:1"

    def line(self, key: str) -> int:
        return int(self.where(key).split(":")[-2])

    def refuse(self, message: str, where: str, hint: str) -> None:
        self._record.refuse(SourceError(message, where=where, hint=hint))

    def require(self, keys: Collection[str], reason: str, where: str = "") -> None:
        """Refuse front matter in which one of `keys` is absent."""
        for key in keys:
            if key not in self._values and key not in self._refused:
                hint = f"{reason} needs {', '.join(keys)}"
                self.refuse(f"the front matter lacks {key}", where or self.where("type"), hint)

    def parse(self, key: str, parse: Callable[[str], T], example: str, default: T) -> T:
        """Return the parsed value of `key`, or `default` if the key is absent or refused.

        Digits, letters and signs may be of any width and script: what they are read as is printed in the usual form.
        """
        if key not in self._values:
            return default
        try:
            return parse(_western(self.text(key)))
        except ValueError as error:
            self.refuse(str(error), self.where(key), f"{key} looks like this: {example}")
        return default

    def choose(self, key: str, kind: type[E], default: E) -> E:
        """Return the member of `kind` that `key` names, the likeliest if it names none, or `default`."""
        text, known = self.text(key), [str(member) for member in kind]
        if key in self._values and text not in known:
            organization = organizations.current()
            house = f" of {organization.name}" if issubclass(kind, terms.Name) and not organization.is_bundled else ""
            self.refuse(f"unknown {key}{house} “{text}”", self.where(key), suggestion(text, known))
            text = likeliest(text, known)
            if not text:
                self._unknown.add(key)
        return kind(text) if text else default

    def is_unknown(self, key: str) -> bool:
        """Return whether the value of a key is unknown, so that nothing follows from what `choose` returned for it."""
        return key in self._unknown


def _western(text: str) -> str:
    """Return a number or a symbol with ASCII digits, letters and signs, however wide or in which digits it is typed."""
    decimals = (str(unicodedata.decimal(each, each)) for each in unicodedata.normalize("NFKC", text))
    return "".join(decimals)


def split(text: str, record: Record) -> tuple[FrontMatter, int]:
    """Return the front matter at the start of `text`, and the offset of the body.

    Raises SourceError if there is none. The record gets all other errors.
    """
    start = f"{record.name}:1:1"
    opening, closing = _FENCE.match(text), None
    if opening is None:
        hint = f"a document begins with a line {FENCE}, its keys, and {FENCE} again"
        raise SourceError("no front matter", where=start, hint=hint)
    closing = _FENCE_AFTER.search(text, opening.end() - 1)
    if closing is None:
        hint = f"end it with a line {FENCE}"
        raise SourceError("the front matter does not end", where=start, hint=hint)
    if closing.start() > MAX_LENGTH:
        hint = f"the text of the document comes after the second line {FENCE}"
        raise SourceError(f"the front matter is longer than {MAX_LENGTH:,} characters", where=start, hint=hint)
    parser = _Parser(record)
    parser.parse(text[opening.end() : closing.start() + 1])
    front = FrontMatter(parser, record)
    front.require(required(), "it", start)
    return front, closing.end()


class _Parser:
    """Reads YAML by its events: they resolve no tags and no aliases, and each has its place."""

    def __init__(self, record: Record) -> None:
        self.read: dict[str, Value] = {}
        self.refused: set[str] = set()  # keys with an error, and those for which an unknown one was written
        self.meant: dict[str, Value] = {}  # the values of unknown keys, by the known keys that they resemble
        self.metadata: tuple[Metadatum, ...] = ()
        self._record = record
        self._first_line = 2

    def parse(self, text: str) -> None:
        """Read the front matter. If it is wrong as a whole, each key is read alone, so that all errors are found."""
        known = len(self._record.errors)
        try:
            self._parse(text)
        except (yaml.YAMLError, SourceError):
            del self._record.errors[known:]
            for found in (self.read, self.refused, self.meant):
                found.clear()
            for part in _ENTRY.finditer(text):
                self._first_line = 2 + text.count("\n", 0, part.start())
                self._parse_alone(part[0])

    def _parse(self, text: str) -> None:
        self._with_comments = [line for line in text.split("\n") if re.search(r"\s#", line)]
        self._events = iter(list(yaml.parse(text, Loader=_LOADER)))
        self._values()

    def _parse_alone(self, part: str) -> None:
        """Read one key, and refuse it if that fails."""
        try:
            self._parse(part)
        except (SourceError, yaml.YAMLError) as error:
            typed = _TYPED.fullmatch(part.strip())
            name = typed["key"] if typed else part.partition(":")[0].strip()
            key = name if name in KEYS else likeliest(name, tuple(KEYS))
            if isinstance(error, SourceError):
                where, message, hint = error.where, error.message, error.hint
            else:
                mark = getattr(error, "problem_mark", None)
                where = self._place(mark) if mark else f"{self._record.name}:{self._first_line}:1"
                message = f"the front matter is not YAML: {getattr(error, 'problem', error)}"
                hint = "put a text with YAML punctuation in quotes"
            if typed and key in KEYS and not KEYS[key].is_list:
                value, is_plain = typed["value"], typed["sign"] != ":"
                hint = f"write {key}: {value if is_plain else _quoted(value)}"
                self.meant[key] = Value((value,), f"{self._record.name}:{self._first_line}:1")
            self._refuse(key, message, where, hint)

    def _values(self) -> None:
        """Read the value of each key. Raises SourceError for another structure, refuses unknown or repeated keys."""
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        self._expect(yaml.MappingStartEvent)
        while isinstance(key := self._expect(yaml.ScalarEvent, yaml.MappingEndEvent), yaml.ScalarEvent):
            where, name = self._where(key), key.value
            if name in self.read:
                self._refuse(name, f"duplicate key {name}", where, "keep one of them")
            elif name not in KEYS:
                meant = likeliest(name, tuple(KEYS))
                self._refuse(meant, f"unknown key “{name}”", where, suggestion(name, tuple(KEYS)))
            elif KEYS[name].is_tree:
                self.read[name] = Value((), where)
                self._expect(yaml.SequenceStartEvent)
                self.metadata = tuple(self._elements(1))
                continue
            value = self._expect(yaml.ScalarEvent, yaml.SequenceStartEvent)
            self._check_whole(name, value)
            texts = (value.value,) if isinstance(value, yaml.ScalarEvent) else tuple(self._list(name))
            if name not in KEYS:
                if meant := likeliest(name, tuple(KEYS)):
                    self.meant[meant] = Value(texts, where)
                continue
            if name in self.read:
                continue
            if KEYS[name].is_list is isinstance(value, yaml.ScalarEvent):
                form, hint = "a single text", f"write {name}: text"
                if KEYS[name].is_list:
                    form, hint = "a list of texts", f"write “{name}:”, and each text on a line after “- ”"
                self._refuse(name, f"{name} must be {form}", where, hint)
            elif not all(text.strip() and not FORBIDDEN.search(text) for text in texts):
                message = f"{name} has an empty text or a control character in it"
                self._refuse(name, message, where, "write its text, or remove the key")
            else:
                self.read[name] = Value(texts, where)

    def _refuse(self, key: str, message: str, where: str, hint: str) -> None:
        self.refused.add(key)
        self._record.refuse(SourceError(message, where=where, hint=hint))

    def _check_whole(self, key: str, event: yaml.Event) -> None:
        """Refuse a text of which YAML leaves out a part: a word after & or !, and all after a space and #."""
        if not isinstance(event, yaml.ScalarEvent) or key not in KEYS or KEYS[key].choices:
            return
        left_out, typed = f"&{event.anchor}" if event.anchor else event.tag or "", ""
        if left_out:
            typed = f"{left_out} {event.value}"
        elif not event.style and self._with_comments:
            form = re.compile(rf"(?:{key} *:|[ \t]*-)[ \t]*(?P<text>{re.escape(event.value)}[ \t]+(?P<rest>#.*))")
            if found := next(filter(None, map(form.fullmatch, self._with_comments)), None):
                typed, left_out = found["text"].rstrip(), found["rest"].rstrip()
        if typed:
            hint = f"write the text in quotes: {_quoted(typed)}"
            hint += "; a comment has a line of its own" if left_out.startswith("# ") else ""
            self._refuse(key, f"YAML leaves out “{left_out}” of {key}", self._where(event), hint)

    def _list(self, name: str) -> Iterator[str]:
        kinds = (yaml.ScalarEvent, yaml.SequenceEndEvent, yaml.MappingStartEvent)
        while isinstance(event := self._expect(*kinds), yaml.ScalarEvent):
            self._check_whole(name, event)
            yield event.value
        if isinstance(event, yaml.MappingStartEvent):
            hint = "a variable is “- name = text”; put another text with a colon in quotes"
            raise SourceError("an entry of a list must be a text", where=self._where(event), hint=hint)

    def _elements(self, depth: int) -> Iterator[Metadatum]:
        """Yield the elements of a list, each a mapping of its name to its attributes, its text and its entries."""
        while isinstance(event := self._expect(yaml.MappingStartEvent, yaml.SequenceEndEvent), yaml.MappingStartEvent):
            if depth > _MAX_DEPTH:
                hint = "use fewer levels"
                raise SourceError(f"more than {_MAX_DEPTH} levels of metadata", where=self._where(event), hint=hint)
            name = self._plain()
            self._expect(yaml.MappingStartEvent)
            attributes: list[tuple[str, str]] = []
            text, entries = "", tuple[Metadatum, ...]()
            while isinstance(key := self._expect(yaml.ScalarEvent, yaml.MappingEndEvent), yaml.ScalarEvent):
                if key.value == ENTRIES:
                    self._expect(yaml.SequenceStartEvent)
                    entries = tuple(self._elements(depth + 1))
                elif key.value == TEXT:
                    text = self._plain()
                else:
                    attributes.append((key.value, self._plain()))
            self._expect(yaml.MappingEndEvent)
            yield Metadatum(name, tuple(attributes), text, entries)

    def _plain(self) -> str:
        """Return the text of the next scalar. Raises SourceError for a control character."""
        scalar = self._expect(yaml.ScalarEvent)
        text = str(getattr(scalar, "value", ""))
        if found := FORBIDDEN.search(text):
            message, hint = f"control character U+{ord(found[0]):04X} in the metadata", "remove the character"
            raise SourceError(message, where=self._where(scalar), hint=hint)
        return text

    def _expect(self, *kinds: type[yaml.Event]) -> yaml.Event:
        event = next(self._events)
        if not isinstance(event, kinds):
            hint = "write “key: text”, and put a text with YAML punctuation in quotes"
            raise SourceError("the front matter may hold only keys with texts", where=self._where(event), hint=hint)
        return event

    def _where(self, event: yaml.Event) -> str:
        return self._place(event.start_mark)

    def _place(self, mark: Any) -> str:
        """Return file, line and column of a YAML mark, which counts from 0 in the text that is parsed."""
        return f"{self._record.name}:{self._first_line + mark.line}:{mark.column + 1}"


def _quoted(text: str) -> str:
    """Return a text in the quotation marks of YAML that need the fewest changes to it."""
    return f"'{text}'" if "'" not in text else '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def likeliest(text: str, known: Sequence[str]) -> str:
    """Return the known word that a text probably means, empty if there is none: `Reports`, `General Assembly`, `GA`."""
    word = "-".join(text.casefold().replace("_", " ").split())
    named = {language.name.casefold(): str(language) for language in Language} | _ACRONYMS
    initials = {"".join(part[0] for part in each.split("-") if part != "and"): each for each in known if "-" in each}
    return next(iter(get_close_matches(word, known, 1, _LIKENESS)), initials.get(word, named.get(word, "")))


def suggestion(text: str, known: Sequence[str]) -> str:
    """Return a hint with the known word that was probably meant, or with all known words."""
    close = likeliest(text, known)
    return f"did you mean {close}?" if close in known else f"known are {', '.join(known)}"
