"""The YAML front matter of a Markdown source: keys with a text or a list of texts, each knowing its line.

Every value is a text: no YAML type, anchor, tag or nesting has a meaning here, so none can do harm.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Any, TypeVar

import yaml

from masthead.document import SourceError
from masthead.formats.markdown.keys import KEYS, REQUIRED
from masthead.formats.source import FORBIDDEN

FENCE = "---"
LONGEST = 2**16  # characters of front matter

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a key: one text, or a list of them."""

    texts: tuple[str, ...]
    where: str

    @property
    def line(self) -> int:
        return int(self.where.split(":")[-2])

    @property
    def text(self) -> str:
        return self.texts[0]


class FrontMatter:
    """The front matter of one source, asked key by key. What is wrong is a SourceError with file, line and column."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = values

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """Return the text behind `key`, an empty one where there is no such key."""
        return self._values[key].text if key in self._values else ""

    def texts(self, key: str) -> tuple[str, ...]:
        return self._values[key].texts if key in self._values else ()

    def require(self, keys: Collection[str], reason: str) -> None:
        """Raise SourceError for the first of `keys` that is not there."""
        for key in keys:
            if key not in self._values:
                raise SourceError(
                    f"the front matter lacks {key}", where=self.where("type"), hint=f"{reason} needs {', '.join(keys)}"
                )

    def where(self, key: str) -> str:
        return self._values[key].where

    def line(self, key: str) -> int:
        return self._values[key].line

    def parse(self, key: str, parse: Callable[[str], T], example: str, default: T | None = None) -> T:
        """Return what `parse` makes of the value, `default` where there is no such key."""
        if default is not None and key not in self._values:
            return default
        try:
            return parse(self.text(key))
        except ValueError as error:
            raise SourceError(str(error), where=self.where(key), hint=f"{key} looks like this: {example}") from None

    def choose(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Return the member of `kind` that the value names, `default` where there is no such key."""
        if default is not None and key not in self._values:
            return default
        try:
            return kind(self.text(key))
        except ValueError:
            choices = [str(member.value) for member in kind]
            raise SourceError(
                f"unknown {key} “{self.text(key)}”", where=self.where(key), hint=suggestion(self.text(key), choices)
            ) from None


def split(text: str, name: str) -> tuple[FrontMatter, int]:
    """Read the front matter at the head of `text`; return it, and the offset at which the body begins."""
    start = f"{name}:1:1"
    if not text.startswith(f"{FENCE}\n"):
        hint = f"a document begins with a line {FENCE}, its keys, and {FENCE} again"
        raise SourceError("no front matter", where=start, hint=hint)
    end = text.find(f"\n{FENCE}\n", len(FENCE))
    if end > LONGEST:
        message = f"the front matter is longer than {LONGEST:,} characters"
        raise SourceError(message, where=start, hint=f"the text of the document stands behind the second line {FENCE}")
    if end < 0:
        raise SourceError("the front matter does not end", where=start, hint=f"end it with a line {FENCE}")
    try:
        values = _Events(text[len(FENCE) + 1 : end + 1], name).values()
    except yaml.MarkedYAMLError as error:
        place = _place(name, error.problem_mark) if error.problem_mark else start
        raise SourceError(
            f"the front matter is not YAML: {error.problem}", where=place, hint="quote the text"
        ) from None
    except yaml.YAMLError as error:
        raise SourceError(f"the front matter is not YAML: {error}", where=start, hint="quote the text") from None
    for key in REQUIRED:
        if key not in values:
            raise SourceError(f"the front matter lacks {key}", where=start, hint=f"it needs {', '.join(REQUIRED)}")
    return FrontMatter(values), end + len(FENCE) + 2


class _Events:
    """The events of a YAML text, which must be one mapping of texts and lists of texts."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.events = iter(yaml.parse(text, Loader=yaml.SafeLoader))

    def values(self) -> dict[str, Value]:
        """Return the value of each key. Raises SourceError for any other shape, and for unknown and repeated keys."""
        values: dict[str, Value] = {}
        self.take(yaml.StreamStartEvent)
        self.take(yaml.DocumentStartEvent)
        self.take(yaml.MappingStartEvent)
        while isinstance(key := self.take(yaml.ScalarEvent, yaml.MappingEndEvent), yaml.ScalarEvent):
            where = self.place(key)
            _check_key(key.value, values, where)
            value = self.take(yaml.ScalarEvent, yaml.SequenceStartEvent)
            texts = [value.value] if isinstance(value, yaml.ScalarEvent) else list(self.list())
            is_list = KEYS[key.value].is_list
            if is_list is isinstance(value, yaml.ScalarEvent):
                form = f"“{key.value}:”, and each text on a line behind “- ”" if is_list else f"{key.value}: text"
                raise SourceError(f"the value of {key.value} has another form", where=where, hint=f"write {form}")
            if not all(text.strip() and not FORBIDDEN.search(text) for text in texts):
                message = f"{key.value} has an empty text, or a control character in it"
                raise SourceError(message, where=where, hint="write its text, or take the key out")
            values[key.value] = Value(tuple(texts), where)
        return values

    def list(self) -> Iterator[str]:
        while isinstance(event := self.take(yaml.ScalarEvent, yaml.SequenceEndEvent), yaml.ScalarEvent):
            yield event.value

    def take(self, *kinds: type[yaml.Event]) -> yaml.Event:
        event = next(self.events)
        if not isinstance(event, kinds):
            raise SourceError(
                "front matter is keys with texts and nothing else",
                where=self.place(event),
                hint="write “key: text”, the text in quotes where it has signs of YAML",
            )
        return event

    def place(self, event: yaml.Event) -> str:
        return _place(self.name, event.start_mark)


def _place(name: str, mark: Any) -> str:
    """File, line and column of a YAML mark, counted from 1; the fence is line 1."""
    return f"{name}:{mark.line + 2}:{mark.column + 1}" if mark else f"{name}:1:1"


def _check_key(key: str, seen: Container[str], where: str) -> None:
    if key not in KEYS:
        raise SourceError(f"unknown key “{key}”", where=where, hint=suggestion(key, tuple(KEYS)))
    if key in seen:
        raise SourceError(f"the key {key} stands twice", where=where, hint="keep one of them")


def suggestion(text: str, known: Sequence[str]) -> str:
    """Return the hint at which of the `known` words was probably meant."""
    close = get_close_matches(text, known, 1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
