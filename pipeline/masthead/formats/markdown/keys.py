"""The keys of the front matter of Markdown: one table that the reader obeys and from which the JSON Schema is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from masthead.document import (
    Digits,
    DocumentType,
    Language,
    LineBreaking,
    NotePlace,
    OrderError,
    Organ,
    Pagination,
    organizations,
    symbols,
    terms,
)
from masthead.formats.opening_lines import CATEGORIES

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: a description for editors, whether every document needs it, and what its value may be."""

    holds: str
    required: bool = False
    choices: Iterable[StrEnum] | Iterable[terms.Name] | None = None
    pattern: str = r"\S"
    examples: tuple[str, ...] = ()
    is_list: bool = False
    is_tree: bool = False

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        if self.is_tree:
            return {"description": self.holds, "$ref": "#/$defs/elements"}
        patterns = {"symbol": symbols.whole, "job": terms.job_pattern}  # those that the organization decides
        pattern = f"^{patterns[self.pattern]()}$" if self.pattern in patterns else self.pattern
        text: dict[str, Any] = {"type": "string", "pattern": pattern}
        if self.choices:
            text = {"enum": [str(choice) for choice in self.choices]}
        if self.examples:
            text["examples"] = list(self.examples)
        if self.is_list:
            text = {"type": "array", "items": text}
        return {"description": self.holds, **text}


class Truth(StrEnum):
    """A boolean. Front matter has texts only, so YAML's own booleans are read as these words."""

    TRUE = "true"
    FALSE = "false"


ENTRIES, TEXT = "entries", "text"
"""The keys of an element of the metadata that are not its attributes: the elements in it, and its text."""

KEYS: Mapping[str, Key] = {
    "type": Key("what kind of document it is", required=True, choices=DocumentType),
    "language": Key("the language of the document", required=True, choices=Language),
    "organ": Key("the organ that issues it", required=True, choices=Organ),
    "organ-name": Key("the name of the organ in the masthead, if it is another"),
    "number": Key("session or year, then serial: 64/293", pattern=f"^{terms.RESOLUTION_NUMBER}$"),
    "symbol": Key("needed if it does not follow from a resolution's number: A/104/96", pattern="symbol"),
    "job": Key("job number with the letter of the language, then any dates", required=True, pattern="job"),
    "distribution": Key(
        "the category only: General",
        required=True,
        examples=tuple(dict.fromkeys(chain.from_iterable(CATEGORIES.values()))),
    ),
    "date": Key("date of issue, as the masthead prints it", required=True),
    "original": Key(
        "the original language, as the masthead prints it",
        examples=("Arabic", "Chinese", "English", "French", "Russian", "Spanish"),
    ),
    "translation": Key("true for a translation", choices=Truth),
    "restriction": Key(
        "the languages in which the document is issued if not in all, as the masthead prints it",
        examples=("English only", "English, French and Spanish only"),
    ),
    "bodies": Key("subsidiary bodies", is_list=True),
    "session": Key("the session, as printed"),
    "place": Key("where and when the body met"),
    "agenda-item": Key("the agenda item, as printed"),
    "agenda-title": Key("the title of the agenda item"),
    "adoption": Key("the line with the organ and the date of adoption"),
    "basis": Key("the bracketed line, without its brackets"),
    "sponsors": Key("the whole line above the title of a draft"),
    "title": Key("the title"),
    "subtitle": Key("the subtitle"),
    "divisions": Key("part, section and programme of a larger work: Section 10 | Its title", is_list=True),
    "closing": Key("the lines at the end: meeting and date, or the signature of a letter", is_list=True),
    "digits": Key("the digits that an Arabic document prints, if not the usual ones", choices=Digits),
    "pagination": Key(
        "whether pages end at the marked page ends (source) or where they are full (flow)", choices=Pagination
    ),
    "lines": Key(
        "whether lines are filled one after the other (first-fit), have the most even spaces (best-fit), or the same "
        "with words divided at line ends (hyphenated)",
        choices=LineBreaking,
    ),
    "notes": Key(
        "whether numbered notes are at the foot of the page (page) or after all text (end)", choices=NotePlace
    ),
    "variables": Key(
        "texts that repeat: “name = text” is printed wherever the source has {{name}}",
        pattern=r"^[a-z][a-z0-9-]* *= *\S",
        is_list=True,
    ),
    "metadata": Key("keywords, votes, drafts and other metadata of Akoma Ntoso, which no page prints", is_tree=True),
}


def required() -> tuple[str, ...]:
    """Return the keys that every document of the organization needs."""
    organization = organizations.current()
    free = {*(key for key in organizations.FRONT_KEYS if key not in organization.mandatory)}
    free |= {"organ"} if len(Organ) == 1 else set()
    return tuple(name for name, key in KEYS.items() if key.required and name not in free)


def needed(kind: DocumentType, organ: Organ) -> tuple[str, ...]:
    """Return the keys that such a document needs in addition to those that are `required`.

    A resolution of the Security Council prints its number in place of a title, and needs a number or a symbol; its
    drafts and statements may have none. A document with metadata has what its file has.
    """
    if kind.entry.needs is not None:
        if unknown := next((key for key in kind.entry.needs if key not in KEYS), ""):
            where, hint = organizations.current().place("types", kind, "needs"), organizations.suggestion(unknown, KEYS)
            raise OrderError(f"type {kind} needs an unknown key: {unknown}", where=where, hint=hint)
        return kind.entry.needs
    if kind.like is not DocumentType.RESOLUTION:
        return ("symbol",) if organ is Organ.SECURITY_COUNCIL else ("title", "symbol")
    if organ is Organ.SECURITY_COUNCIL:
        return ()
    return ("title", "number", "session", "agenda-item", "adoption")


def check_needs() -> None:
    """Raise OrderError if a type of the organization needs a key that front matter does not have."""
    for kind in DocumentType:
        needed(kind, Organ.first())


def front_matter_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter, for editors."""
    properties = {name: key.schema() for name, key in KEYS.items()}
    properties["translation"]["enum"] += [True, False]  # what YAML makes of these words without quotes
    is_resolution = _is("type", DocumentType.RESOLUTION)
    other = needed(DocumentType.RESOLUTION, Organ.GENERAL_ASSEMBLY)
    either = {"anyOf": [{"required": ["number"]}, {"required": ["symbol"]}]}
    letters = [
        {"if": _is("language", each), "then": {"properties": {"job": {"pattern": rf"\({each.letter}\)"}}}}
        for each in Language
    ]
    return {
        "$schema": SCHEMA,
        "title": "Front matter of a Masthead document",
        "type": "object",
        "properties": properties,
        "$defs": _metadata_schema(),
        "required": list(required()),
        "additionalProperties": False,
        "if": {"anyOf": [_is("organ", Organ.SECURITY_COUNCIL), {"required": ["metadata"]}]},
        "then": either,
        "else": {
            "if": is_resolution,
            "then": {"required": list(other)},
            "else": {"required": list(needed(DocumentType.REPORT, Organ.GENERAL_ASSEMBLY))},
        },
        "allOf": letters,
    }


def _metadata_schema() -> dict[str, Any]:
    """Return the definitions of a list of elements: each a mapping of its name to its attributes, text and entries."""
    text = {"type": "string"}
    element = {
        "type": "object",
        "properties": {ENTRIES: {"$ref": "#/$defs/elements"}, TEXT: text},
        "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    }
    named = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": element}
    return {"elements": {"type": "array", "items": named}}


def _is(name: str, value: str) -> dict[str, Any]:
    return {"properties": {name: {"const": str(value)}}}
