"""What a document is, by the facts on its cover and in its prefaces, and by the metadata where these are silent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import product

from masthead.document import (
    DocumentType,
    LineBreaking,
    Locale,
    NotePlace,
    Pagination,
    SourceError,
    locales,
    model,
    organizations,
    patterns,
    terms,
)
from masthead.document.references import Doubt, resolution_symbol
from masthead.formats import opening_lines
from masthead.formats.akoma_ntoso.facts import AknFacts
from masthead.formats.akoma_ntoso.iris import UNKNOWN_DAY, issuing_organ, organ_of, resolution_number, symbol_of
from masthead.formats.akoma_ntoso.source import AknSource, Element, find
from masthead.formats.akoma_ntoso.vocabulary import BODIES, PAGE, class_of, classes
from masthead.formats.job_numbers import parse_job

_SCRIPTS = {"Latin": "A-Za-zÀ-ɏ", "Cyrillic": "Ѐ-ӿ", "Arabic": "\u0621-\u064a", "Chinese": "\u4e00-\u9fff"}
_SCRIPT_OF = {
    terms.Language.RUSSIAN: "Cyrillic",
    terms.Language.ARABIC: "Arabic",
    terms.Language.CHINESE: "Chinese",
}
_DRAFT = re.compile(r"S/\d{4}/\d+(?:/.+)?|.+/L\.\d+(?:/.+)?")
"""The symbol of a draft resolution."""
_REPEATABLE = ("body", "number", "type", "authority", "division", "division title")
# The types that other programs name in the names of documents.
_KINDS = (DocumentType.DRAFT, DocumentType.DECISION, DocumentType.AGENDA, DocumentType.LETTER, DocumentType.NOTE)


class FrontReader:
    """The facts of one file. `metas` are the metadata of the publication and of the first document in it."""

    def __init__(self, source: AknSource, metas: Sequence[Element | None], facts: AknFacts, locale: Locale) -> None:
        self.source, self.metas, self.facts, self.locale = source, metas, facts, locale
        self._missing: list[str] = []

    def identity(self, kind: DocumentType) -> tuple[terms.Symbol, terms.Organ, terms.ResolutionNumber | None]:
        """Return symbol, organ and number. Raises SourceError if the file states no symbol or no organ."""
        printed, named = [model.plain(each) for each in self.facts.get("number", ())], list(self._numbers())
        symbols = map(opening_lines.parse_symbol, (self._line("symbol"), *named))
        symbol = next(filter(None, (*symbols, *self._works())), None)
        if (line := self._line("symbol")) and not opening_lines.parse_symbol(line):
            used = f"; the symbol is {symbol}" if symbol else ""
            self.source.note_loss(f"the symbol “{line[:40]}”, which is not valid{used}", self.source.root)
        numbers = printed if "symbol" in self.facts else [*printed, *named]
        number = next(filter(None, map(resolution_number, numbers)), None)
        if symbol and self.source.may_carry:
            number = self._of_council(symbol, number)
        organ = self._organ(symbol)
        if organ and number and kind.like is DocumentType.RESOLUTION:
            with suppress(ValueError):
                symbol = symbol or resolution_symbol(organ, number)
        if organ is None or symbol is None:
            message = f"the file does not state {'which organ issued it' if symbol else 'its symbol'}"
            hint = 'its cover page has <docNumber refersTo="#symbol">, and FRBRauthor refers to the IRI of an organ'
            self.source.record.refuse(SourceError(message, where=self.source.where(self.source.root), hint=hint))
            organ, symbol = organ or terms.Organ.first(), symbol or terms.NO_SYMBOL
        return symbol, organ, number

    def _of_council(self, symbol: terms.Symbol, stated: terms.ResolutionNumber | None) -> terms.ResolutionNumber | None:
        """Return the number of a resolution of the Security Council, which is in its symbol."""
        if not (found := re.fullmatch(r"S/RES/(\d+) \((\d{4})\)\*?", str(symbol))):
            return stated
        number = terms.ResolutionNumber(int(found[2]), int(found[1]))
        if stated not in (number, None):
            self.source.note_loss(f"the number {stated}, which is not that of the symbol {symbol}", self.source.root)
        return number

    def _organ(self, symbol: terms.Symbol | None) -> terms.Organ | None:
        """Return the organ that the metadata name, unless cover page and symbol agree on another."""
        author, printed = self._author(), [model.plain(each) for each in self.facts.get("authority", ())]
        by_symbol = issuing_organ(symbol) if symbol else None
        on_cover = next(filter(None, (patterns.find_organ(text, self.locale) for text in printed)), None)
        differ = author and by_symbol and author is not by_symbol and on_cover is by_symbol
        if differ and self.source.may_carry:
            self.source.note_oddity(f"the author {author}, in a document of the {by_symbol}", self.source.root)
            return by_symbol
        if organ := author or by_symbol:
            return organ
        if printed[1:]:
            self.source.note_loss("an organ whose words and marks are not known here", self.source.root)
            return terms.Organ.first()
        return None

    def _organ_name(self, organ: terms.Organ) -> str:
        """Return the name of the organ in the masthead if it is not the usual one."""
        printed = [model.plain(each) for each in self.facts.get("authority", ())]
        usual = {self.locale.masthead_organ(organ.parent), self.locale.organ(organ.parent), self.locale.organ(organ)}
        usual.add(str(self.locale.word("masthead", "organization")))
        known = {patterns.fold(name).replace(" ", "") for name in usual}
        return next((name for name in printed[1:] if patterns.fold(name).replace(" ", "") not in known), "")

    def job(self) -> terms.JobNumber:
        """Return the job number. Raises SourceError if a file of ours has an invalid one."""
        line = self._line("job") or self._docket()
        where = self.source.where(self.source.root)
        if line and self.source.is_ours:
            return parse_job(line, self.locale.language, where)
        try:
            job = terms.JobNumber.parse(line)
            if job.language is self.locale.language:
                return job
            self.source.note_loss(
                f"the letter of the job number {job}, which is that of another language", self.source.root
            )
            return replace(job, language=self.locale.language)
        except ValueError:
            if line:
                self.source.note_loss(f"the job number “{line[:40]}”, which is not valid", self.source.root)
            return terms.JobNumber(self._placeholder("a job number", terms.NO_JOB), self.locale.language)

    def masthead(self, organ: terms.Organ) -> model.Masthead:
        mandatory = organizations.current().mandatory
        distribution, day = self._line("distribution"), self._line("date")
        if not distribution and "distribution" in mandatory:
            distribution = self._placeholder("a distribution", "General")
        if not day and "date" in mandatory:
            day = self._issued()
        is_translation = find(self.metas[0], "identification/FRBRExpression/FRBRtranslation") is not None
        languages = self._line("original"), is_translation
        return model.Masthead(distribution, day, *languages, self._organ_name(organ), self._line("restriction"))

    def preface(self) -> model.Preface:
        facts = self.facts
        title = facts.first("title")
        if not title and (found := opening_lines.match_number(model.plain(facts.first("number")), self.locale)):
            title = (model.Text(found.string[found.end() :]),)  # the line has number and title
        return model.Preface(
            session=self._line("session"),
            agenda_item=self._line("agenda item"),
            adoption=self._line("adoption"),
            basis=facts.first("basis") if "basis" in facts else None,
            title=title,
            agenda_title=facts.first("agenda title"),
            subtitle=facts.first("subtitle"),
            sponsors=facts.first("sponsors"),
            bodies=tuple(map(model.plain, facts.get("body", ()))),
            place=self._line("place"),
            divisions=tuple(
                model.Division(model.plain(label), title)
                for label, title in zip(facts.get("division", ()), facts.get("division title", ()), strict=False)
            ),
        )

    def digits(self) -> terms.Digits:
        return digits_of(self.source, self.locale.language)

    def pagination(self) -> Pagination:
        return Pagination(_page_setting(self.source, "pagination", tuple(Pagination)) or Pagination.FLOW)

    def lines(self) -> LineBreaking:
        return LineBreaking(_page_setting(self.source, "lines", tuple(LineBreaking)) or LineBreaking.FIRST_FIT)

    def note_place(self) -> NotePlace:
        return NotePlace(_page_setting(self.source, "notes", tuple(NotePlace)) or NotePlace.PAGE)

    def report(self) -> None:
        """Put on record which facts are missing, and note those that are stated more than once."""
        if self._missing:
            message = f"the file does not state {', '.join(self._missing)}"
            hint = "a placeholder is used instead; replace it before you publish"
            self.source.record.report(self.source.root.sourceline, Doubt("akn-missing", message, hint))
        for fact, contents in self.facts.items():
            if fact not in _REPEATABLE and len(set(map(model.plain, contents))) > 1:
                self.source.note_loss(f"a second {fact}", self.source.root)

    def _line(self, fact: str) -> str:
        content = self.facts.first(fact)
        if any(not isinstance(inline, model.Text) for inline in content):
            self.source.note_flattened(f"markup in the {fact}", self.source.root)
        return model.plain(content)

    def _placeholder(self, what: str, value: str) -> str:
        self._missing.append(what)
        return value

    # --- metadata -----------------------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[str]:
        for meta, attribute in product(self.metas, ("showAs", "value")):
            yield from filter(None, _identification([meta], "FRBRWork/FRBRnumber", attribute))

    def _works(self) -> Iterator[terms.Symbol | None]:
        return map(symbol_of, _identification(self.metas, "FRBRWork/FRBRuri", "value"))

    def _author(self) -> terms.Organ | None:
        """Return the organ that is the author of the work."""
        entries = self.source.root.iter("TLCOrganization", "TLCConcept")
        targets = {f"#{each.get('eId')}": str(each.get("href", "")) for each in entries}
        for href in _identification(self.metas, "FRBRWork/FRBRauthor", "href"):
            if organ := organ_of(re.split("[/#]", targets.get(href, href))[-1]):
                return organ
        return None

    def _issued(self) -> str:
        """Return the date of issue from the metadata, as mastheads print it."""
        block = locales.distribution_locale(self.locale)
        for level in ("FRBRExpression", "FRBRWork"):
            for text in _identification(self.metas[:1], f"{level}/FRBRdate", "date"):
                with suppress(ValueError):
                    return block.written(date.fromisoformat(text[:10]), terms.Digits.WESTERN)
        unknown = block.written(date.fromisoformat(UNKNOWN_DAY), terms.Digits.WESTERN)
        return self._placeholder("a date of issue", unknown)

    def _docket(self) -> str:
        """Return the job number from where other programs have it: the metadata for the foot of page one."""
        dockets = self.source.root.iter("docketNumber")
        return next(("".join(element.itertext()).strip() for element in dockets), "")


def _identification(metas: Iterable[Element | None], path: str, attribute: str) -> Iterator[str]:
    """Yield an attribute of the element at a path in the identification, for each of `metas` that has it."""
    for meta in metas:
        element = find(meta, f"identification/{path}")
        if element is not None:
            yield str(element.get(attribute, ""))


def _page_setting(source: AknSource, setting: str, values: tuple[str, ...]) -> str | None:
    found = next((page.get(setting) for page in source.root.iter(PAGE)), None)
    return str(found) if found in values else None


def digits_of(source: AknSource, language: terms.Language) -> terms.Digits:
    """Return the digits that a file states, or else those that it has in its text.

    A file of the United Nations has the digits that are printed; one without any has those of its language.
    """
    if stated := _page_setting(source, "digits", tuple(terms.Digits)):
        return terms.Digits(stated)
    if language is not terms.Language.ARABIC:
        return language.digits
    texts = "".join("".join(body.itertext()) for body in source.root.iter("preamble", *BODIES))
    western, arabic = len(re.findall(r"[0-9]", texts)), len(re.findall(r"[٠-٩]", texts))
    return language.digits if western <= arabic else terms.Digits.WESTERN


def language_of(metas: Sequence[Element | None], source: AknSource) -> terms.Language:
    """Return the language of the expression. If the organization has no such language, refuse it and guess."""
    for code in _identification(metas, "FRBRExpression/FRBRlanguage", "language"):
        for language in terms.Language:
            if code.lower() in (language.alpha3, language.value):
                return language
    stated = next(filter(None, _identification(metas, "FRBRExpression/FRBRlanguage", "language")), "")
    message = f"the file is in the language “{stated}”" if stated else "the file does not state its language"
    known = ", ".join(language.alpha3 for language in terms.Language)
    hint = f'documents are in {known}: <FRBRlanguage language="eng"/> in the metadata'
    source.record.refuse(SourceError(message, where=source.where(source.root), hint=hint))
    return opening_lines.likely_language("".join(source.root.itertext()))


def check_language(source: AknSource, locale: Locale, formula: str) -> None:
    """Report a text that is not in the language that the metadata state, by its script or its enacting formula."""
    text = "".join("".join(body.itertext()) for body in source.root.iter("preamble", *BODIES))
    letters = {name: len(re.findall(f"[{ranges}]", text)) for name, ranges in _SCRIPTS.items()}
    letters["Chinese"] *= 3  # a word has about two characters, in other scripts six letters
    script = max(letters, key=lambda name: letters[name])
    expected = _SCRIPT_OF.get(locale.language, "Latin")
    others = (each for each in terms.Language if _SCRIPT_OF.get(each, "Latin") == script)
    spoken = [each for each in others if _is_formula(formula, locales.load(each))]
    is_other = letters[script] > 4 * letters[expected]
    if is_other or (script == expected and spoken and locale.language not in spoken):
        found = spoken[0].name.title() if spoken else f"{script} script"
        message = f"the text is in {found}, but its metadata say {locale.language.alpha3}"
        hint = "correct FRBRlanguage, or take the file of this language"
        source.record.report(source.root.sourceline, Doubt("akn-language", message, hint))


def _is_formula(text: str, locale: Locale) -> bool:
    return patterns.fold(text) in {patterns.fold(locale.formula(organ)) for organ in terms.Organ}


def type_of(component: Element, source: AknSource) -> DocumentType:
    """Return the kind of document by the name of its element and its `@name`."""
    name = str(component.get("name", ""))
    symbols = ["".join(each.itertext()).strip() for each in source.root.iter("docNumber")]
    if not source.is_ours and any("/PRST/" in symbol for symbol in symbols):
        if name == class_of(DocumentType.RESOLUTION)[2]:
            source.note_oddity(f"the name “{name}” of a statement by the President", component)
        return DocumentType.STATEMENT
    for kind, (_, _, known) in classes().items():
        if name in (known, str(kind)):
            if kind.like is DocumentType.RESOLUTION and not source.is_ours and any(map(_DRAFT.fullmatch, symbols)):
                source.note_oddity(f"the name “{name}” of a draft", component)
                return DocumentType.DRAFT
            return kind
    other = DocumentType.RESOLUTION if component.tag == "statement" else DocumentType.REPORT
    kind = DocumentType.of_archetype(next((kind for kind in _KINDS if kind in name.lower()), other))
    source.note_flattened(f"the name “{name}” of a {component.tag}, taken for a {kind},", component)
    return kind
