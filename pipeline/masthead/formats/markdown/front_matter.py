"""The YAML front matter of a Markdown source: keys, each with a text or a list of texts, and the metadata as a tree.

Every value is text. Types, anchors and tags of YAML have no meaning here, so they can do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeVar

import yaml

from masthead.document import Metadatum, SourceError
from masthead.formats.markdown.keys import ENTRIES, KEYS, REQUIRED, TEXT
from masthead.formats.markdown.syntax import FENCE
from masthead.formats.source import FORBIDDEN

MAX_LENGTH = 2**18  # characters
_MAX_DEPTH = 20  # of elements in the metadata
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one of libyaml, which is much faster

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Value:
    """The text of a key, or its list of texts, and the place of the key: `file:line:column`."""

    texts: tuple[str, ...]
    where: str


class FrontMatter:
    """The front matter of one source. Whatever is wrong is a SourceError with file, line and column."""

    def __init__(self, values: Mapping[str, Value], metadata: tuple[Metadatum, ...] = ()) -> None:
        self._values, self.metadata = values, metadata

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """Return the text of `key`, empty if the key is absent."""
        return next(iter(self.texts(key)), "")

    def texts(self, key: str) -> tuple[str, ...]:
        return self._values[key].texts if key in self._values else ()

    def where(self, key: str) -> str:
        return self._values[key].where

    def line(self, key: str) -> int:
        return int(self.where(key).split(":")[-2])

    def require(self, keys: Collection[str], reason: str) -> None:
        """Raise SourceError for the first of `keys` that is absent."""
        for key in keys:
            if key not in self._values:
                hint = f"{reason} needs {', '.join(keys)}"
                raise SourceError(f"the front matter lacks {key}", where=self.where("type"), hint=hint)

    def parse(self, key: str, parse: Callable[[str], T], example: str, default: T | None = None) -> T:
        """Return the parsed value of `key`, or `default` if the key is absent."""
        if default is not None and key not in self._values:
            return default
        try:
            return parse(self.text(key))
        except ValueError as error:
            raise SourceError(str(error), where=self.where(key), hint=f"{key} looks like this: {example}") from None

    def choose(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return the member of `kind` that `key` names, or `default` if the key is absent."""
        if default is not None and key not in self._values:
            return default
        text = self.text(key)
        try:
            return kind(text)
        except ValueError:
            hint = suggestion(text, [str(member.value) for member in kind])
            raise SourceError(f"unknown {key} “{text}”", where=self.where(key), hint=hint) from None


def split(text: str, name: str) -> tuple[FrontMatter, int]:
    """Return the front matter at the start of `text`, and the offset of the body. Raises SourceError."""
    start = f"{name}:1:1"
    if not text.startswith(f"{FENCE}\n"):
        hint = f"a document begins with a line {FENCE}, its keys, and {FENCE} again"
        raise SourceError("no front matter", where=start, hint=hint)
    end = text.find(f"\n{FENCE}\n", len(FENCE))
    if end > MAX_LENGTH:
        hint = f"the text of the document comes after the second line {FENCE}"
        raise SourceError(f"the front matter is longer than {MAX_LENGTH:,} characters", where=start, hint=hint)
    if end < 0:
        raise SourceError("the front matter does not end", where=start, hint=f"end it with a line {FENCE}")
    try:
        parser = _Parser(text[len(FENCE) + 1 : end + 1], name)
        values = parser.values()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = _place(name, mark) if mark else start
        problem = getattr(error, "problem", error)
        raise SourceError(f"the front matter is not YAML: {problem}", where=where, hint="quote the text") from None
    for key in REQUIRED:
        if key not in values:
            raise SourceError(f"the front matter lacks {key}", where=start, hint=f"it needs {', '.join(REQUIRED)}")
    return FrontMatter(values, parser.metadata), end + len(FENCE) + 2


class _Parser:
    """Reads YAML by its events: they resolve no tags and no aliases, and each has its place."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.events = iter(yaml.parse(text, Loader=_LOADER))
        self.metadata: tuple[Metadatum, ...] = ()

    def values(self) -> dict[str, Value]:
        """Return the value of each key. Raises SourceError for any other structure, and unknown or repeated keys."""
        values: dict[str, Value] = {}
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        self._expect(yaml.MappingStartEvent)
        while isinstance(key := self._expect(yaml.ScalarEvent, yaml.MappingEndEvent), yaml.ScalarEvent):
            where = self._where(key)
            if key.value not in KEYS:
                raise SourceError(f"unknown key “{key.value}”", where=where, hint=suggestion(key.value, tuple(KEYS)))
            if key.value in values:
                raise SourceError(f"duplicate key {key.value}", where=where, hint="keep one of them")
            if KEYS[key.value].is_tree:
                values[key.value] = Value((), where)
                self._expect(yaml.SequenceStartEvent)
                self.metadata = tuple(self._elements(1))
                continue
            value = self._expect(yaml.ScalarEvent, yaml.SequenceStartEvent)
            texts = (value.value,) if isinstance(value, yaml.ScalarEvent) else tuple(self._list())
            if KEYS[key.value].is_list is isinstance(value, yaml.ScalarEvent):
                form, hint = "a single text", f"write {key.value}: text"
                if KEYS[key.value].is_list:
                    form, hint = "a list of texts", f"write “{key.value}:”, and each text on a line after “- ”"
                raise SourceError(f"{key.value} must be {form}", where=where, hint=hint)
            if not all(text.strip() and not FORBIDDEN.search(text) for text in texts):
                message = f"{key.value} has an empty text or a control character in it"
                raise SourceError(message, where=where, hint="write its text, or remove the key")
            values[key.value] = Value(texts, where)
        return values

    def _list(self) -> Iterator[str]:
        while isinstance(event := self._expect(yaml.ScalarEvent, yaml.SequenceEndEvent), yaml.ScalarEvent):
            yield event.value

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
        event = next(self.events)
        if not isinstance(event, kinds):
            hint = "write “key: text”, and put a text with YAML punctuation in quotes"
            raise SourceError("the front matter may hold only keys with texts", where=self._where(event), hint=hint)
        return event

    def _where(self, event: yaml.Event) -> str:
        return _place(self.name, event.start_mark)


def _place(name: str, mark: Any) -> str:
    """Return file, line and column of a YAML mark, which counts from 0 after the fence."""
    return f"{name}:{mark.line + 2}:{mark.column + 1}"


def suggestion(text: str, known: Sequence[str]) -> str:
    """Return a hint with the known word that was probably meant, or with all known words."""
    close = get_close_matches(text, known, 1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
