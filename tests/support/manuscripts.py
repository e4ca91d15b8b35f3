"""Short documents in Markdown, of every language, for both papers: good ones to vary."""

from __future__ import annotations

from masthead.document.terms import Language

AR, ZH, EN, FR, RU, ES = (
    Language.ARABIC,
    Language.CHINESE,
    Language.ENGLISH,
    Language.FRENCH,
    Language.RUSSIAN,
    Language.SPANISH,
)

# By language: session, agenda item, title, subtitle, heading, sentence, date of issue, distribution, original.
_WORDS = {
    EN: ("Ninety-third session", "Agenda item 9", "Tides", "Report of the Secretary-General", "I. Introduction",
         "The gauges of the harbour write down each hour of the day and of the night, whatever the weather is.",
         "30 November 2038", "General", "English"),
    FR: ("Quatre-vingt-treizième session", "Point 9 de l’ordre du jour", "Marées", "Rapport du Secrétaire général",
         "I. Introduction", "Les instruments du port prennent note à chaque heure du jour et de la nuit, sans repos.",
         "30 novembre 2038", "générale", "anglais"),
    ES: ("Nonagésimo tercer período de sesiones", "Tema 9 del programa", "Mareas", "Informe del Secretario General",
         "I. Introducción", "Los instrumentos del puerto lo anotan a cada hora del día y de la noche, sin descanso.",
         "30 de noviembre de 2038", "general", "inglés"),
    RU: ("Девяносто третья сессия", "Пункт 9 повестки дня", "Приливы", "Доклад Генерального секретаря", "I. Введение",
         "Приборы порта отмечают каждый час днем и ночью в течение всего года, какая бы ни стояла погода.",
         "30 November 2038", "General", "English"),
    ZH: ("第九十三届会议", "议程项目9", "潮汐", "秘书长的报告", "一. 导言",
         "港口的仪器昼夜不停地每小时记录一次，并把记录寄给各国的观测站和图书馆保存，从来没有中断。",
         "30 November 2038", "General", "English"),
    AR: ("الدورة الثالثة والتسعون", "البند ٩ من جدول الأعمال", "المد والجزر", "تقرير الأمين العام", "أولا - مقدمة",
         "تسجل أجهزة الميناء كل ساعة من ساعات الليل والنهار طوال السنة مهما كانت الأحوال الجوية في البحر.",
         "30 November 2038", "General", "English"),
}  # fmt: skip

# By language: the adoption line of the General Assembly on 20 December 2038, the enacting formula, the meeting.
_ADOPTED = {
    EN: ("Resolution adopted by the General Assembly on 20 December 2038", "The General Assembly,",
         "61st plenary meeting"),
    FR: ("Résolution adoptée par l’Assemblée générale le 20 décembre 2038", "L’Assemblée générale,",
         "61e séance plénière"),
    ES: ("Resolución aprobada por la Asamblea General el 20 de diciembre de 2038", "La Asamblea General,",
         "61ª sesión plenaria"),
    RU: ("Резолюция, принятая Генеральной Ассамблеей 20 декабря 2038 года", "Генеральная Ассамблея,",
         "61-е пленарное заседание"),
    ZH: ("2038年12月20日大会通过的决议", "大会，", "第61次全体会议"),
    AR: ("قرار اتخذته الجمعية العامة في ٢٠ كانون الأول/ديسمبر ٢٠٣٨", "إن الجمعية العامة،", "الجلسة العامة ٦١"),
}  # fmt: skip


def sentence(language: Language) -> str:
    """One that fills more than a line."""
    return _WORDS[language][5]


def report(language: Language, *body: str, geneva: bool = False, **keys: str) -> str:
    """A report of the paragraphs given, under a heading; `keys` are further ones of its front matter, or others."""
    session, item, title, subtitle, heading, _, issued, distribution, original = _WORDS[language]
    front = {
        "type": "report",
        "language": str(language),
        "organ": "human-rights-council" if geneva else "general-assembly",
        "symbol": "A/HRC/93/7" if geneva else "A/93/7",
        "job": f"{'GE.' * geneva}38-30101 ({language.letter}) 011238",
        "distribution": distribution,
        "date": issued,
        "original": original,
        **({} if language is EN else {"translation": "true"}),
        "session": session,
        "agenda-item": item,
        "agenda-title": title,
        "title": title,
        "subtitle": subtitle,
    }
    return _written(front | keys, f"# {heading}", *body)


def resolution(language: Language, *body: str, geneva: bool = False, **keys: str) -> str:
    """A resolution of the paragraphs given, below the enacting formula."""
    session, item, title, *_, issued, distribution, _ = _WORDS[language]
    adoption, formula, meeting = _ADOPTED[language]
    front = {
        "type": "resolution",
        "language": str(language),
        "organ": "human-rights-council" if geneva else "general-assembly",
        "number": "93/301",
        "job": f"{'GE.' * geneva}39-20001 ({language.letter})",
        "distribution": distribution,
        "date": issued.replace("2038", "2039").replace("30", "14"),
        "session": session,
        "agenda-item": item,
        "adoption": adoption,
        "title": title,
        "closing": f"\n- {meeting}",
    }
    return _written(front | keys, formula, *body)


def council_resolution(language: Language, *body: str, **keys: str) -> str:
    """A resolution of the Security Council, which has a year in its symbol and no title."""
    adoption, formula = {
        EN: ("Adopted by the Security Council at its 13011th meeting, on 14 March 2046", "The Security Council,"),
        AR: ("اتخذه مجلس الأمن في جلسته ١٣٠١٢، المعقودة في ١٤ كانون الأول/ديسمبر ٢٠٤٦", "إن مجلس الأمن،"),
    }[language]
    front = {
        "type": "resolution",
        "language": str(language),
        "organ": "security-council",
        "number": "2046/3021",
        "job": f"46-04410 ({language.letter})",
        "distribution": "General",
        "date": "24 December 2046",
        "adoption": adoption,
    }
    return _written(front | keys, formula, *body)


def numbered(text: str, numbers: range | tuple[int, ...]) -> tuple[str, ...]:
    """Paragraphs of the same text with these numbers."""
    return tuple(f"{number}. {text}" for number in numbers)


def _written(front: dict[str, str], *body: str) -> str:
    head = "\n".join(
        f"{key}: {value}" if value.startswith("\n") else f'{key}: "{value}"' for key, value in front.items()
    )
    return "\n\n".join((f"---\n{head}\n---", *body)) + "\n"
