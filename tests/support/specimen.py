"""A short resolution of an invented year in Arabic and in English, for tests that break it."""

from __future__ import annotations

from masthead.document import DocumentType
from masthead.document.model import (
    Document,
    Emphasis,
    Item,
    Masthead,
    Note,
    NoteCall,
    Pagination,
    Paragraph,
    Preface,
    Reference,
    Role,
    Strong,
    Text,
)
from masthead.document.terms import JobNumber, Language, Organ, ResolutionNumber, Symbol

WORDS = {
    Language.ENGLISH: {
        "formula": "The Economic and Social Council,",
        "verb": "Recalling",
        "text": " the outcome documents of the meetings on the lighting of harbours, held in two phases, which set out"
        " a common vision of safe passage for every vessel and of the duties of those who keep the lamps",
        "comma": ",",
        "semicolon": ";",
        "see": "See ",
        "session": "2031 session",
        "item": "Agenda item 19 (c)",
        "adoption": "Resolution adopted by the Economic and Social Council on 6 July 2031",
        "basis": "on the recommendation of the Commission on Harbours (",
        "title": "Lighting of harbours and the training of those who keep the lamps",
        "closing": ("40th plenary meeting", "6 July 2031"),
    },
    Language.ARABIC: {
        "formula": "إن المجلس الاقتصادي والاجتماعي،",
        "verb": "إذ يشير",
        "text": " إلى الوثائق الختامية لاجتماعات إنارة الموانئ التي عقدت على مرحلتين والتي تحدد رؤية مشتركة للعبور"
        " الآمن لكل سفينة ولواجبات القائمين على المصابيح في كل ميناء من موانئ العالم",
        "comma": "،",
        "semicolon": "؛",
        "see": "انظر ",
        "session": "دورة عام ٢٠٣١",
        "item": "البند ١٩ (ج) من جدول الأعمال",
        "adoption": "قرار اتخذه المجلس الاقتصادي والاجتماعي في ٦ تموز/يوليه ٢٠٣١",
        "basis": "بناء على توصية لجنة الموانئ (",
        "title": "إنارة الموانئ وتدريب القائمين على المصابيح",
        "closing": ("الجلسة العامة ٤٠", "٦ تموز/يوليه ٢٠٣١"),
    },
}


def document(language: Language) -> Document:
    """Three pages: two notes, one of them called twice, thirteen operative paragraphs, three subparagraphs."""
    words = WORDS[language]
    opening = Strong if language is Language.ARABIC else Emphasis
    body = [Paragraph(Role.FORMULA, (Text(words["formula"]),))]
    for number, calls in ((119, (NoteCall(1),)), (120, ())):
        content = (opening((Text(words["verb"]),)), Text(words["text"] * 2 + " "), _reference(f"A/71/{number}"))
        body.append(Paragraph(Role.PREAMBULAR, (*content, *calls, Text(words["comma"]))))
    for number in range(1, 14):
        calls = {2: (NoteCall(1),), 6: (NoteCall(2),)}.get(number, ())
        letters = range(1, 4) if number == 3 else ()
        items = tuple(Item(letter, (Text(words["text"].strip() + words["semicolon"]),)) for letter in letters)
        text = Text(words["text"].strip() + words["text"] + " ")
        content = (text, _reference(f"A/{70 + number}/5"), *calls, Text("." if number == 13 else words["semicolon"]))
        body.append(Paragraph(Role.OPERATIVE, content, number, items))
    return Document(
        DocumentType.RESOLUTION,
        language,
        Organ.ECONOMIC_AND_SOCIAL_COUNCIL,
        Symbol("E/RES/2031/18"),
        ResolutionNumber(2031, 18),
        JobNumber.parse(f"31-12889 ({language.letter})   180831"),
        Masthead("General", "18 August 2031"),
        Preface(
            words["session"],
            words["item"],
            words["adoption"],
            (Text(words["basis"]), _reference("E/2031/30"), Text(")")),
            (Text(words["title"]),),
        ),
        tuple(body),
        (
            Note(1, (Text(words["see"]), _reference("A/71/118"), Text("."))),
            Note(2, (Text("United Nations, "), Emphasis((Text("Treaty Series"),)), Text(", vol. 2225, No. 39574."))),
        ),
        words["closing"],
        language.digits,
        Pagination.FLOW,
    )


def _reference(symbol: str) -> Reference:
    return Reference(symbol, Symbol(symbol))
