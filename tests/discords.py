# ruff: noqa: E501  whole sentences of the specimens
"""Disagreements seeded into one version of a concordant set, each with the kind and place by which it must be found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SPECIMENS = Path(__file__).parent.parent / "examples" / "specimens"


@dataclass(frozen=True)
class Discord:
    """`old` becomes `new` in the version in `language`; it is told as `kind` at `place`, and there may be `also`."""

    language: str
    kind: str
    place: str
    old: str
    new: str
    also: tuple[str, ...] = ()
    document: str = "A_RES_104_12"


def _report(language: str, kind: str, place: str, old: str, new: str, *also: str) -> Discord:
    return Discord(language, kind, place, old, new, also, "A_104_96")


_ZH1 = "*回顾*其2047年12月9日第102/31号决议，其中邀请各城市收集落在屋顶上的雨水，"
_ZH2 = "*又回顾*2046年5月3日在撒马尔罕通过的《雨水花园宪章》，[^1]"
_RU3 = "3. *постановляет* провозгласить 3 мая начиная с 2051 года Днем дождевых садов;\n\n"

DISCORDS: tuple[Discord, ...] = (
    # the masthead
    Discord("fr", "masthead: number", "masthead", "number: 104/12", "number: 104/13", ("masthead: symbol",)),
    Discord("es", "masthead: symbol", "masthead", "number: 104/12", "number: 104/12\nsymbol: A/RES/104/12/Rev.1"),
    Discord("ru", "masthead: job number", "masthead", "49-10412", "49-10413"),
    Discord("es", "masthead: distribution", "masthead", "distribution: general", "distribution: limitada"),
    Discord("fr", "masthead: date of issue", "masthead", "date: 19 novembre 2049", "date: 20 novembre 2049"),
    Discord("ar", "masthead: organ", "masthead", "organ: general-assembly\nnumber: 104/12", "organ: security-council\nsymbol: A/RES/104/12\nnumber: 104/12"),
    Discord("fr", "references", "session", "Cent quatrième", "Cent cinquième"),
    Discord("es", "references", "agenda item", "Tema 21 b)", "Tema 22 b)"),
    Discord("ru", "references", "agenda item", "Пункт 21 b)", "Пункт 21 c)"),
    Discord("zh", "references", "adoption", "2049年11月5日大会", "2049年11月6日大会"),
    Discord("en", "organ", "adoption", "by the General Assembly on", "by the Security Council on"),
    Discord("ar", "references", "basis", "(A/104/417)", "(A/104/471)"),
    Discord("fr", "references", "closing line 1", "- 41e séance", "- 42e séance"),
    Discord("es", "references", "closing line 2", "- 5 de noviembre", "- 4 de noviembre"),
    Discord("ru", "missing", "closing line 2", "\n- 5 ноября 2049 года", ""),
    # references, dates, numbers
    Discord("ru", "references", "preambular paragraph 1", "102/31", "102/13"),
    Discord("ar", "references", "preambular paragraph 1", "١٠٢/٣١", "١٠١/٣١"),
    Discord("zh", "references", "preambular paragraph 1", "12月9日", "12月8日"),
    Discord("en", "references", "preambular paragraph 2", "3 May 2046", "3 June 2046"),
    Discord("es", "numbers", "preambular paragraph 4", "desde 2047", "desde 2046"),
    Discord("fr", "numbers", "paragraph 1", "d’ici à 2055", "d’ici à 2050"),
    Discord("ar", "references", "paragraph 3", "يوم ٣ أيار/مايو", "يوم ٤ أيار/مايو"),
    Discord("ru", "references", "paragraph 4", "статьей 7", "статьей 17"),
    Discord("en", "references", "paragraph 4", "hundred and sixth", "hundred and seventh"),
    Discord("zh", "references", "paragraph 5", "第一〇六届会议临时", "第一〇五届会议临时"),
    Discord("es", "references", "note 1", "A/CONF.410/8", "A/CONF.410/3"),
    Discord("fr", "numbers", "paragraph 3", "à compter de 2051", "à compter de l’année prochaine"),
    # calls, marks, verbs
    Discord("ru", "note calls", "paragraph 4", "Хартии[^1]", "Хартии"),
    Discord("zh", "note calls", "paragraph 4", "《宪章》[^1]第7条", "《宪章》[^2]第7条"),
    Discord("ar", "note calls", "paragraph 3", "**تقرر** أن تعلن يوم", "**تقرر**[^1] أن تعلن يوم"),
    Discord("en", "emphasis", "paragraph 1", "*Invites* all", "Invites all"),
    Discord("fr", "emphasis", "preambular paragraph 3", "*Considérant*", "Considérant"),
    Discord("es", "opening verb", "paragraph 3", "*Decide* proclamar", "*Recuerda* proclamar"),
    Discord("ar", "opening verb", "paragraph 4", "**تطلب** إلى", "**تهيب** إلى"),
    Discord("zh", "opening verb", "paragraph 1", "*邀请*所有城市", "*决定*所有城市"),
    # structure
    Discord("ru", "missing", "paragraph 3", _RU3, "", ("numbering",)),
    Discord("en", "missing", "paragraph 2 (c)", "   - (c) To let schools take part in the planting;\n\n", ""),
    Discord("ar", "missing", "preambular paragraph 3", "**وإذ تدرك** أن الحديقة التي ترويها الأمطار تلطف جو الشوارع المحيطة بها وتغذي النحل وتتيح للأطفال مكانا للعب، وأن هذه الحديقة لا تتطلب شيئا يذكر غير الصبر،\n\n", ""),
    Discord("en", "extra", "paragraph 6", "cities”.\n", "cities”;\n\n6. *Requests* the Secretary-General to report on the implementation of resolution 104/12.\n"),
    Discord("fr", "extra", "preambular paragraph 3", "\n*Considérant* qu’un", "\n*Consciente* que la pluie tombe sur toutes les villes et que nul ne la recueille,\n\n*Considérant* qu’un"),
    Discord("ru", "merged", "paragraph 2 (b) (2)", "     - i) деревья, дающие тень летом;\n\n     - ii) цветы, которые кормят пчел;\n", "     - i) деревья, дающие тень летом, и цветы, которые кормят пчел;\n"),
    Discord("zh", "order", "preambular paragraph 1", _ZH1 + "\n\n" + _ZH2, _ZH2 + "\n\n" + _ZH1, ("references", "note calls", "opening verb", "length")),
    # language and length
    Discord("es", "untranslated", "preambular paragraph 5", "*Preocupada* porque muchas ciudades no han medido todavía la lluvia que reciben y porque, a falta de esas mediciones, se plantan jardines allí donde se marchitan,", "*Concerned* that many cities have not yet measured how much rain they receive, and that without such measurements gardens are planted where they wither,"),
    Discord("ar", "untranslated", "paragraph 2 (c)", "إشراك المدارس في الغرس؛", "To let schools take part in the planting;"),
    Discord("zh", "untranslated", "title", "title: 为城市建造雨水花园", "title: Rainwater gardens for cities"),
    Discord("ru", "untranslated", "paragraph 2 (a)", "измерять количество дождя, выпадающего в каждое время года, и публиковать результаты измерений;", "To measure the rain that falls in each season, and to publish the measurements;"),
    Discord("fr", "length", "preambular paragraph 3", "rafraîchit les rues qui l’entourent, nourrit les abeilles et offre aux enfants un lieu de jeu, et qu’un tel jardin ne demande guère que de la patience,", "rafraîchit les rues,"),
    Discord("en", "length", "paragraph 1", "rainwater garden by 2055;", "rainwater garden by 2055, in the courtyard of a school or on the roof of a public building, wherever the children of the neighbourhood can water it in a dry summer and learn what grows;"),
    # a report: headings, tables, cells, annexes, boxes, figures
    _report("ar", "numbers", "table 1, row 3, cell 3", "| ١٢٥٠ |", "| ١٢٥ |"),
    _report("en", "numbers", "table 1, row 5, cell 4", "| 560 |", "| 650 |"),
    _report("ar", "numbers", "paragraph 2", "٩٣١ مدينة", "٩١٣ مدينة"),
    _report("en", "numbering", "heading 5", "### 1. Cost by region", "### 2. Cost by region"),
    _report("ar", "missing", "heading 6", "### ٢ - الكلفة بحسب النبات\n\n", ""),
    _report("ar", "missing", "table 1, row 4, cell 1", "| السهول | ٦٥٥ | ٩٨٠ | ٢٧٠ | ٩٥ |\n", "", "missing"),
    _report("en", "numbers", "table 1, note 2", "2,000 metres", "200 metres"),
    _report("ar", "numbering", "annex 2", "<!-- annex 2 -->", "<!-- annex 3 -->"),
    _report("en", "references", "note *", "A/104/50.", "A/104/51."),
    _report("en", "references", "note 1", "annex II.", "annex I."),
    _report("ar", "references", "paragraph 3", "الشكل الأول", "الشكل الثاني"),
    _report("en", "numbers", "figure 1, text for it", "1,400 in 2049", "1,500 in 2049"),
    _report("en", "references", "box 1, unnumbered paragraph 1", "102/31", "102/32"),
    _report("ar", "missing", "annex 2, paragraph 2", "\n2. كم حديقة غرست، وكم منها لا تزال حية؟\n", ""),
)  # fmt: skip
