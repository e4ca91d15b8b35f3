"""Check the locale of an organization: its keys, the kinds of its values, and the fields of its forms.

What a locale may hold is what the bundled ones hold. Tables whose keys are names, as of organs, may hold others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from masthead.document.errors import TemplateError
from masthead.document.toml_places import line_of, suggestion

_NAMED = frozenset(("organs", "masthead_organs", "agents", "languages", "types", "verbs"))
"""The tables whose keys are names of organs, languages, types or verbs."""
_OWN = {"masthead": {"categories": [""]}, "citing": {"session": "{n}"}}
"""The keys and fields that no bundled locale has, in an example."""
_LENGTHS = {"dates.months": 12, "new.ends": 3}
_COUNTED = frozenset(("marks", "tables", "annex", "appendix", "enclosure"))
"""The tables whose forms may have the fields of any mark: `{letter}` is an entry of `marks.letters`."""
_MARKS = ("number", "roman", "numeral")
_KINDS: Mapping[type, str] = {
    str: "a text",
    list: "a list of texts",
    dict: "a table",
    float: "a number",
    int: "a number",
}

Words = Mapping[str, Any]


def check(own: Words, bundled: Sequence[Words], text: str, path: str, filled: Iterable[str]) -> None:
    """Check the words of a locale, read from `text`, against those of all bundled locales.

    `filled` are the tables whose texts are forms. Raises TemplateError with all errors, each with file and line.
    """
    errors = [
        TemplateError(message, where=f"{path}:{line_of(text, place)}", hint=hint)
        for place, message, hint in _faults(own, (*bundled, _OWN), frozenset(filled))
    ]
    if errors:
        first, *others = sorted(errors, key=lambda error: int(error.where.rpartition(":")[2]))
        raise TemplateError(first.message, where=first.where, hint=first.hint, others=others)


def _faults(own: Words, known: Sequence[Words], filled: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    marks = {key.removesuffix("s") for words in (own, *known) for key in words.get("marks", {})}
    for table, words in own.items():
        tables = [each[table] for each in known if table in each]
        if not tables:
            yield (
                (table,),
                f"unknown table {table}",
                suggestion(table, dict.fromkeys(key for each in known for key in each)),
            )
            continue
        if not isinstance(words, dict):
            yield (table,), f"{table} must be a table", f"write [{table}]"
            continue
        for key, value in words.items():
            place, examples = (table, key), [each[key] for each in tables if key in each]
            if not examples and table in _NAMED:
                examples = [""]
            if not examples:
                hint = suggestion(key, dict.fromkeys(key for each in tables for key in each))
                yield place, f"unknown key {table}.{key}", hint
            elif type(value) not in {type(each) for each in examples} or not _is_plain(value, examples):
                yield place, f"{table}.{key} must be {_KINDS.get(type(examples[0]), 'another value')}", ""
            elif isinstance(value, list) and len(value) != _LENGTHS.get(".".join(place), len(value)):
                yield place, f"{table}.{key} must have {_LENGTHS['.'.join(place)]} entries", ""
            elif table in filled:
                others = tables if table == "new" else [{key: each} for each in examples]
                fields = {field for each in others for form in each.values() for field in _fields(form)}
                yield from _form_faults(place, value, fields | ({*_MARKS, *marks} if table in _COUNTED else set()))


def _is_plain(value: Any, examples: Sequence[Any]) -> bool:
    """Return whether the entries of a list are texts, if those of the examples are."""
    lists = [each for each in examples if isinstance(each, list)]
    return not isinstance(value, list) or all(
        isinstance(entry, str) or any(type(entry) is type(other) for each in lists for other in each) for entry in value
    )


def _form_faults(place: tuple[str, ...], value: Any, fields: set[str]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    hint = (
        f"available fields: {', '.join(f'{{{field}}}' for field in sorted(fields))}" if fields else "it has no fields"
    )
    try:
        unknown = [field for field in _fields(value) if field not in fields]
    except ValueError as error:
        yield place, f"the braces of {'.'.join(place)} do not match: {error}", hint
        return
    for field in unknown:
        yield place, f"unknown field {{{field}}} in {'.'.join(place)}", hint


def _fields(value: Any) -> Iterator[str]:
    """Yield the names of the fields in a text, or in the texts of a list or a table. Raises ValueError."""
    if isinstance(value, str):
        yield from (field for _, field, _, _ in Formatter().parse(value) if field is not None)
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _fields(each)
