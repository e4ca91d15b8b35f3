"""Folders of organizations: a new one that publishes at once, and what one still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from masthead import formats, page, preflight, typesetting
from masthead.document import (
    TEMPLATES,
    DocumentType,
    Finding,
    Language,
    Locale,
    MastheadError,
    OrderError,
    Organ,
    Organization,
    Severity,
    files,
    locales,
    organizations,
)
from masthead.editing import lint

_DAY = date(2049, 3, 14)
_SMALL = ("of", "for", "the", "and")  # words that an acronym leaves out
_REPEATED = re.compile(r"(?<!\w)(\w+) \1(?!\w)", re.IGNORECASE)
_PLACEHOLDER = "https://docs.example.org/{symbol}"
# Of the tables that pages print, those whose words are names: an organization has its own.
_NAMES = frozenset(("organs", "agents", "masthead_organs"))
# The lines of the Distr. block in languages whose bundled locale prints them in English. They are unverified.
_BLOCKS: Mapping[str, Mapping[str, str]] = {
    "ar": {"distribution": "التوزيع: {category}", "original": "الأصل: {language}", "only": "{language} فقط"},
    "ru": {"distribution": "Распространение: {category}", "original": "Язык оригинала: {language}"},
    "zh": {"distribution": "分发：{category}", "original": "原文：{language}"},
}
_CATEGORY = {"ar": "عام", "ru": "общее", "zh": "普遍"}
_LANGUAGES = {
    "ar": ("بالعربية", "بالصينية", "بالإنكليزية", "بالفرنسية", "بالروسية", "بالإسبانية"),
    "ru": ("арабский", "китайский", "английский", "французский", "русский", "испанский"),
    "zh": ("阿拉伯文", "中文", "英文", "法文", "俄文", "西班牙文"),
}
"""In each of these languages, the names of the bundled ones in the order of their table."""
_LETTERS = {"ar": "[\u0621-\u064a]", "ru": "[\u0410-\u044f]", "zh": "[\u4e00-\u9fff]"}
_ENGLISH = ("Organization", "Council")
_WORDS = {
    "ar": ("المنظمة", "المجلس"),
    "en": _ENGLISH,
    "es": ("Organización", "Consejo"),
    "fr": ("Organisation", "Conseil"),
    "ru": ("Организация", "Совет"),
    "zh": ("组织", "理事会"),
}
"""Placeholders for the names of the organization and its organ."""
_SETTINGS = """\
# Commands that are used in this folder publish for this organization.
organization = "."
output = "output"
"""
_SHEET = """\
/* The letterhead: what differs from the bundled pages. Logical properties let Arabic pages mirror English ones. */
:root { --house: #1f4e5f }
.masthead .organization, .masthead .organ { color: var(--house) }
.masthead::before, .masthead::after { border-top-color: var(--house) }
"""
_EMBLEM = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 50">
<rect x="10" y="5" width="40" height="40" rx="8" fill="none" stroke="#1f4e5f" stroke-width="3"/>
</svg>
"""
_HEAD = """\
# {title}, in Masthead. docs/organizations.md explains each entry; `masthead doctor` says what is missing.

name = {name}
mandatory = ["date"]  # keys that every document must have: also "job" and "distribution"

# `official` is the name of the organization as pages print it.
[languages]
{languages}

# Each organ has a series, with which its symbols begin, and its name in each language.
[organs.council]
series = "{series}"
names = {{ {names} }}

# {series}/2049/1. A pattern (a regular expression) allows other forms, with an example.
[symbols]
example = "{series}/2049/1"
address = "{address}"

[pages]
paper = "A4"  # or "Letter"
sheets = ["letterhead"]  # css/letterhead.css

# The types of documents: those of the United Nations, or types that are like one of them.
[types]
report = {{}}
letter = {{}}
decision = {{ like = "resolution", symbol = "/DEC/" }}
"""


def new_organization(folder: Path, name: str, languages: Sequence[str]) -> tuple[Path, ...]:
    """Write the folder of an organization, with a report in each language; return the paths of what was written.

    A language that Masthead does not have gets the words of English, for translation. Raises OrderError if the folder
    exists, or a language is not a code of ISO 639.
    """
    if folder.exists():
        raise OrderError("file already exists", where=str(folder), hint="name another folder, or remove this one")
    if wrong := [code for code in languages if not re.fullmatch("[a-z]{2,3}", code)]:
        raise OrderError(f"“{wrong[0]}” is not a code of a language", hint="write it as in ISO 639: ar, en, sw")
    texts = {organizations.NAME: _settings_of(name, languages), "masthead.toml": _SETTINGS}
    texts |= {"css/letterhead.css": _SHEET, "emblem.svg": _EMBLEM}
    texts |= {f"locales/{code}.toml": text for code in languages if (text := _locale_of(code))}
    written = [folder / path for path in texts]
    for path, text in texts.items():
        files.save(folder / path, text.encode())
    with Organization.load(folder).used():
        for language in Language:
            document = formats.new_document(DocumentType("report"), language, Organ.first(), _DAY)
            written.append(folder / "documents" / f"report.{language}.md")
            files.save(written[-1], formats.render(document, ".md"))
    return tuple(written)


def _settings_of(name: str, languages: Sequence[str]) -> str:
    known, letters = organizations.bundled().languages, iter("BDGHIJKLMNOPQTUVWXYZ")
    entries, quoted = [], _quoted(name)
    # A name in Arabic letters is the Arabic one, whichever language comes first; English may have one in Latin letters.
    script = next((code for code, letters in _LETTERS.items() if code in languages and re.search(letters, name)), "")
    named = {script} if script else {languages[0], *({"en"} if name.isascii() else ())}
    for code in languages:
        official = _quoted(name if code in named else _WORDS.get(code, (f"{name} {code}",))[0])
        own = "" if code in known else f'name = {_quoted(code)}, letter = "{next(letters)}", '
        entries.append(f"{code} = {{ {own}official = {official} }}")
    series = "".join(word[0] for word in re.findall("[A-Za-z]+", name) if word not in _SMALL).upper()[:4] or "ORG"
    names = ", ".join(f'{code} = "{_WORDS.get(code, _ENGLISH)[1]}"' for code in languages)
    return _HEAD.format(
        title=name, name=quoted, languages="\n".join(entries), series=series, names=names, address=_PLACEHOLDER
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _locale_of(code: str) -> str:
    """Return the locale of a language for an organization; empty if it needs none of its own."""
    if block := _BLOCKS.get(code):
        lines = [f"{key} = {_quoted(text)}" for key, text in {**block, "distribution_language": code}.items()]
        names = zip(organizations.bundled().languages, _LANGUAGES[code], strict=True)
        lines += ["", "[new]", f"distribution = {_quoted(_CATEGORY[code])}"]
        lines += ["", "[languages]", *(f"{each} = {_quoted(text)}" for each, text in names)]
        return "\n".join(["# What differs from the bundled locale: unverified.", "", "[masthead]", *lines, ""])
    if code in organizations.bundled().languages:
        return ""
    english = (TEMPLATES / "locales" / "en.toml").read_text("utf-8")
    tables = re.split(r"(?m)^(?=\[)", english)[1:]
    printed = [text for text in tables if text[1 : text.index("]")] in locales.PRINTED - _NAMES]
    new = [text for text in tables if text.startswith("[new]")]
    words = "".join([*printed, *new]).replace('distribution_language = "en"', f'distribution_language = "{code}"')
    head = "# To be translated: what pages print. Texts are read with the words of English, or of another `base`."
    return f'{head}\n\nbase = "en"\n\n{words}'


def shortcomings(organization: Organization) -> Iterator[Finding]:
    """Yield what an organization lacks: words, names, letters, files. Each type is tried in each language.

    An error prevents a document from being published, or is printed on it.
    """
    with organization.used():
        found = [*_of_house(organization)]
        if not any(finding.severity is Severity.ERROR for finding in found):  # else each language would have it too
            found += [each for language in Language for each in _of_language(language)]
    # A word or file that is wrong for one type or language is often wrong for others too.
    first: dict[tuple[str, str], Finding] = {}
    for each in found:
        first.setdefault((re.sub("^type [^:]+: ", "", each.message), each.where), each)
    yield from first.values()


def _of_house(organization: Organization) -> Iterator[Finding]:
    if organization.address == _PLACEHOLDER:
        hint = "set symbols.address to the address of your documents"
        yield _finding("QR codes and links lead to example.org", organization.where, hint, Severity.WARNING)
    if not organization.is_bundled and organization.find("art/emblem.svg").is_relative_to(TEMPLATES):
        hint = "add emblem.svg or emblem.png"
        yield _finding("pages print the bundled emblem", str(organization.folder), hint, Severity.WARNING)
    for check in (formats.check_needs, lint.Configuration, preflight.own_exemptions, typesetting.fonts.load):
        try:
            check()
        except MastheadError as error:
            yield from (_finding(each.message, each.where or organization.where, each.hint) for each in error.each)


def _of_language(language: Language) -> Iterator[Finding]:
    organization = organizations.current()
    where = str(organization.folder / "locales" / f"{language}.toml")
    try:
        locale = locales.load(language)
    except MastheadError as error:
        yield from (_finding(each.message, each.where or where, each.hint) for each in error.each)
        return
    if missing := sorted(_missing(locale)):
        words = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        yield _finding(f"the locale lacks {words}", where, "add them to the file")
        return
    if language.name == language:
        hint = f"set languages.{language}.name, and alpha3, its code in ISO 639-2"
        yield _finding(f"the language {language} has no English name", organization.where, hint, Severity.WARNING)
    name = locale.word("masthead", "organization")
    if not organization.is_bundled and name == _bundled_name(language):
        hint = f"set languages.{language}.official"
        yield _finding(f"pages in {language.name} print the name {name}", organization.where, hint)
    if name == _WORDS.get(language, ("",))[0]:
        hint = f"set languages.{language}.official to the name of the organization"
        message, place = (
            f"pages in {language.name} print the placeholder {name}",
            organization.place("languages", language),
        )
        yield _finding(message, place, hint, Severity.WARNING)
    absent = [organ for organ in Organ if organ not in locale.words["organs"]]
    for organ in absent:
        hint = f"set organs.{organ}.names.{language}"
        yield _finding(f"organ {organ} has no name in {language.name}", organization.where, hint)
    letters = "".join(_texts([locale.words[table] for table in locales.PRINTED if table in locale.words]))
    if undrawable := sorted(typesetting.fonts.undrawable(letters.replace("\u200c", ""))):
        hint = "add a family to fonts/families.toml"
        yield _finding(f"no font has a glyph for {' '.join(undrawable[:12])}", where, hint)
    adoptions = {locale.adoption(organ, _DAY, language.digits) for organ in Organ if organ not in absent}
    for repeated in {found[0] for found in map(_REPEATED.search, adoptions) if found}:
        hint = "{organ} is the entry in agents: have the article there, or in resolution.adoption"
        yield _finding(f"a line of adoption has “{repeated}”", where, hint, Severity.WARNING)
    for kind in () if absent else DocumentType:
        try:
            page.mark_up(formats.new_document(kind, language, Organ.first(), _DAY))
        except MastheadError as error:
            yield from (_finding(f"type {kind}: {each.message}", each.where or where, each.hint) for each in error.each)
            continue
        made = [formats.new_document(kind, language, organ, _DAY).symbol for organ in Organ]
        if all((mark := kind.entry.symbol) not in str(symbol) for symbol in made):
            message = f"masthead new {kind} writes the symbol {made[0]}, which is of another type"
            place, hint = (
                organization.place("types", kind),
                f"set types.{kind}.new, so that the symbol has {mark} in it",
            )
            yield _finding(message, place, hint, Severity.WARNING)


def _missing(locale: Locale) -> Iterator[str]:
    """Yield the words that pages print and the locale lacks: those that every bundled locale has."""
    with organizations.bundled().used():
        known = [locales.load(language).words for language in Language]
    for table in sorted(locales.PRINTED - _NAMES):
        yield from _absent(table, [words.get(table, {}) for words in known], locale.words.get(table, {}))


def _absent(place: str, known: Sequence[Mapping[str, Any]], own: Mapping[str, Any]) -> Iterator[str]:
    for key, value in known[0].items():
        if not all(key in words for words in known):
            continue
        if key not in own:
            yield f"{place}.{key}"
        elif isinstance(value, dict):
            yield from _absent(f"{place}.{key}", [words[key] for words in known], own[key])


def _bundled_name(language: Language) -> str:
    with organizations.bundled().used():
        has_own = language in Language
        return str(locales.load(language).word("masthead", "organization")) if has_own else "United Nations"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)


def _finding(message: str, where: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(message, where=where, hint=hint, severity=severity)
