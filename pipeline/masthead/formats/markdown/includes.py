"""What is done to the text of a source before it is read as Markdown: other files are included in it, comments are
left out, and variables are filled in. The number of a line stays the same, or is known for lines of other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from masthead.document import ResourceError, SourceError
from masthead.formats.markdown.syntax import FENCE
from masthead.formats.pictures import named_text
from masthead.formats.record import Record
from masthead.formats.source import MAX_BYTES, decode

_INCLUDE = re.compile(r"<!-- include: (?P<address>\S(?:[^\n>]{0,998}\S)?) -->[ \t]*")
_DATA_INCLUDE = re.compile(r"<!-- include: (?P<address>data:[^\s>]{1,12000000}) -->[ \t]*")
_COMMENT = re.compile(r"(?<!\\)<!-- comment:(?:(?!<!--|-->).)*+(?P<end>-->)?", re.DOTALL)
_VARIABLE = re.compile(r"(?<!\\)\{\{(?P<name>[a-z][a-z0-9-]*)\}\}")
_SETTING = re.compile(r"(?P<name>[a-z][a-z0-9-]*) *= *(?P<text>.*\S)", re.DOTALL)
_DEEPEST = 8  # files that include each other


def expanded(text: str, first_line: int, record: Record) -> str:
    """Return the text of a body, which begins on `first_line`, with the files that it includes in their places.

    From then on the record knows the file and the line of each line. It gets an error for a file that cannot be read.
    """
    if "<!-- include: " not in text:
        return text
    lines: list[str] = []
    origins = [(record.name, number) for number in range(1, first_line)]
    size = 0
    for line, origin in _lines(text, record.name, first_line, (), record):
        lines.append(line)
        origins.append(origin)
        if (size := size + len(line) + 1) > MAX_BYTES:
            message, hint = "the source and what it includes are too large", "divide it into several documents"
            raise ResourceError(message, where=record.name, hint=hint)
    record.lines = [*record.lines[: first_line - 1], *lines]
    record.origins = origins
    return "\n".join(lines)


def _lines(
    text: str, name: str, first_line: int, outer: tuple[str, ...], record: Record
) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the lines of a file, and of those that it includes, each with its file and number."""
    for number, line in enumerate(text.split("\n"), first_line):
        found = _DATA_INCLUDE.fullmatch(line) or _INCLUDE.fullmatch(line)
        if found is None:
            yield line, (name, number)
            continue
        where = f"{name}:{number}:1"
        try:
            if len(outer) == _DEEPEST:
                message, hint = f"more than {_DEEPEST} files include each other", "write their text in fewer files"
                raise SourceError(message, where=where, hint=hint)
            file, data = named_text(found["address"], Path(record.name), where)
            shown = str(Path(record.name).parent / file)
            if file in outer:
                raise SourceError(f"{file} includes itself", where=where, hint="remove one of the marks")
            inner = decode(data, shown)
            if inner.startswith(f"{FENCE}\n"):
                hint = "an included file has only text; its facts are in the front matter of the document"
                raise SourceError(f"{file} has front matter", where=where, hint=hint)
        except SourceError as error:
            record.refuse(error)
            yield "", (name, number)
        else:
            yield from _lines(inner.rstrip("\n"), shown, 1, (*outer, file), record)


def included_texts(source: str, name: str) -> dict[str, str]:
    """Return the texts of the files that a source includes, by their names, as far as they can be read."""
    files: dict[str, dict[int, str]] = {}
    if "<!-- include: " in source:
        for line, (file, number) in _lines(source, name, 1, (), Record(name)):
            files.setdefault(file, {})[number] = line
        del files[name]
    return {file: "\n".join(lines.values()) for file, lines in files.items()}


def without_comments(text: str, first_line: int, record: Record) -> str:
    """Return a text, which begins on `first_line`, without its comments. Line ends stay: lines keep their numbers.

    The record gets an error for a comment that does not end before the next mark: it would hide the text up to there.
    """

    def left_out(comment: re.Match[str]) -> str:
        if comment["end"]:
            return "\n" * comment[0].count("\n")
        line = first_line + text.count("\n", 0, comment.start())
        opening, line_end, rest = comment[0].partition("\n")
        where, hint = record.where(line, opening), "write --> at its end; a comment cannot contain other marks"
        record.refuse(SourceError("the comment is not closed", where=where, hint=hint))
        return line_end + rest

    return _COMMENT.sub(left_out, text)


def read_variables(settings: Iterable[str], line: int, record: Record) -> dict[str, str]:
    """Return variables by name from settings such as `body = the Commission`, whose list begins on `line`.

    The record gets an error for a setting in another form, and for a name that is set twice.
    """
    variables: dict[str, str] = {}
    for setting in settings:
        found = _SETTING.fullmatch(setting)
        if found and found["name"] not in variables:
            variables[found["name"]] = " ".join(found["text"].split())
            continue
        message, hint = f"“{setting}” is no variable", "write name = text; names have small letters, digits and hyphens"
        if found:
            message, hint = f"variable {found['name']} is set twice", "keep one of them"
        at = [at for at, text in enumerate(record.lines, 1) if at > line and setting in text][:2] or [line]
        record.refuse(record.error_in(at[-1 if found else 0], message, hint, setting))
    return variables


def filled(text: str, variables: Mapping[str, str]) -> str:
    """Return a text with the values of variables in place of their names: `{{body}}`. Others stay as they are."""
    return _VARIABLE.sub(lambda found: variables.get(found["name"], found[0]), text) if variables else text


def unknown_variables(text: str, variables: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the names in a text that no variable has, each with its line, counted from 0."""
    for found in _VARIABLE.finditer(text):
        if found["name"] not in variables:
            yield found["name"], text.count("\n", 0, found.start())
