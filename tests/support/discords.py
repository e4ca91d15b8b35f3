# ruff: noqa: E501  whole sentences of the versions
"""Disagreements seeded into one version of a set that agrees.

Each row is the set, the version, the old text and the new text that replaces its first occurrence, the kind and place
of the only disagreement that must be reported, and what else the same change makes disagree.

`python tests/support/discords.py > tests/editing/disagreements.md` writes the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from masthead.editing.concordance import KINDS
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
VERSIONS = ROOT / "tests" / "data" / "versions"
RESOLUTION, REPORT = "A_RES_104_12", "A_104_97"  # in six languages


class Also(NamedTuple):
    """Another disagreement caused by the same change."""

    kind: str
    place: str


class More(NamedTuple):
    """Another replacement."""

    old: str
    new: str


@dataclass(frozen=True)
class Discord:
    """`old` becomes `new` in one version, and `more` likewise: reported as `kind` at `place`, and as `also`."""

    document: str
    language: str
    kind: str
    place: str
    old: str
    new: str
    also: tuple[Also, ...] = ()
    more: tuple[More, ...] = ()

    @property
    def path(self) -> Path:
        name = f"{self.document}.{self.language}.md"
        return next(folder / name for folder in (VERSIONS, SPECIMENS) if (folder / name).exists())

    def sown(self) -> str:
        """The source with the change in it."""
        text = self.path.read_text("utf-8")
        for old, new in ((self.old, self.new), *self.more):
            assert old in text, f"{self.path.name} has no {old!r}"
            text = text.replace(old, new, 1)
        return text


def _in(document: str, *rows: tuple[str | Also | More, ...]) -> Iterator[Discord]:
    for row in rows:
        language, kind, place, old, new, *rest = row
        also = tuple(each for each in rest if isinstance(each, Also))
        more = tuple(each for each in rest if isinstance(each, More))
        yield Discord(document, str(language), str(kind), str(place), str(old), str(new), also, more)


_ZH1 = "*回顾*其2047年12月9日第102/31号决议，其中邀请各城市收集落在屋顶上的雨水，"
_ZH2 = "*又回顾*2046年5月3日在撒马尔罕通过的《雨水花园宪章》，[^1]"
_ES3 = "3. *Decide* proclamar el 3 de mayo Día de los Jardines de Lluvia, a partir de 2051;"
_FR_ROWS = "| Côtes | 5 210 | 3 120 | 41 |\n| Plaines | 6 005 | 2 980 | 37 |\n"

DISCORDS: tuple[Discord, ...] = (
    # --- masthead
    *_in(
        RESOLUTION,
        ("fr", "masthead: number", "masthead", "number: 104/12", "number: 104/13"),
        ("es", "masthead: symbol", "masthead", "number: 104/12", "number: 104/12\nsymbol: A/RES/104/12/Rev.1"),
        ("ar", "masthead: organ", "masthead", "organ: general-assembly\nnumber: 104/12", "organ: security-council\nsymbol: A/RES/104/12\nnumber: 104/12"),
        ("ru", "masthead: job number", "masthead", "49-10412", "49-10413"),
        ("es", "masthead: distribution", "masthead", "distribution: general", "distribution: limitada"),
        ("fr", "masthead: date of issue", "masthead", "date: 19 novembre 2049", "date: 20 novembre 2049"),
        ("fr", "session", "session", "Cent quatrième", "Cent cinquième"),
        ("es", "agenda item", "agenda item", "Tema 21 b)", "Tema 22 b)"),
        ("ru", "agenda item", "agenda item", "Пункт 21 b)", "Пункт 21 c)"),
        ("zh", "date: day", "adoption", "2049年11月5日大会", "2049年11月6日大会"),
        ("en", "organ", "adoption", "by the General Assembly on", "by the Security Council on"),
        ("ar", "symbol", "basis", "(A/104/417)", "(A/104/471)"),
        ("fr", "meeting", "closing line 1", "- 41e séance", "- 42e séance"),
        ("es", "date: day", "closing line 2", "- 5 de noviembre", "- 4 de noviembre"),
        ("ru", "closing line: missing", "closing line 2", "\n- 5 ноября 2049 года", ""),
        ("zh", "closing line: extra", "closing line 3", "\n- 第41次全体会议", "\n- 第41次全体会议\n- 已通过"),
        ("es", "opening line: extra", "subtitle", "\nclosing:", "\nsubtitle: Informe sobre los jardines\nclosing:"),
    ),
    *_in(
        REPORT,
        ("ru", "masthead: type", "masthead", "type: report", "type: note"),
        ("es", "masthead: original language", "masthead", "original: inglés", "original: francés"),
        ("zh", "masthead: original language", "masthead", "original: English\n", ""),
        ("fr", "table of contents", "masthead", "<!-- contents 2 -->\n\n", ""),
        ("en", "table of contents", "masthead", "<!-- contents 2 -->", "<!-- contents 1 -->"),
        ("es", "opening line: missing", "subtitle", "subtitle: Informe del Secretario General\n", ""),
        ("ar", "shorter", "title", "title: نوافير الشرب في المدن وكلفتها ومن يشربون منها", "title: نوافير الشرب"),
    ),
    # --- units that are missing, or one too many
    *_in(
        RESOLUTION,
        ("ru", "paragraph: missing", "paragraph 3", "3. *постановляет* провозгласить 3 мая начиная с 2051 года Днем дождевых садов;\n\n", ""),
        ("ar", "paragraph: missing", "preambular paragraph 3", "**وإذ تدرك** أن الحديقة التي ترويها الأمطار تلطف جو الشوارع المحيطة بها وتغذي النحل وتتيح للأطفال مكانا للعب، وأن هذه الحديقة لا تتطلب شيئا يذكر غير الصبر،\n\n", ""),
        ("en", "sub-paragraph: missing", "paragraph 2 (c)", "   - (c) To let schools take part in the planting;\n\n", ""),
        ("en", "paragraph: extra", "paragraph 6", "cities”.\n", "cities”;\n\n6. *Requests* the Secretary-General to report on the implementation of resolution 104/12.\n", Also("ending", "paragraph 5")),
        ("fr", "paragraph: extra", "preambular paragraph 3", "\n*Considérant* qu’un", "\n*Consciente* que la pluie tombe sur toutes les villes et que nul ne la recueille,\n\n*Considérant* qu’un"),
        ("zh", "sub-paragraph: extra", "paragraph 2 (d)", "   - (c) 让", "   - (c) 公布花园的费用；\n\n   - (d) 让"),
        ("es", "heading: extra", "heading 1", "\n1. *Invita*", "\n# I Jardines\n\n1. *Invita*"),
        ("ru", "note: extra", "note 3", "\n[^2]: A/104/96.\n", "\n[^2]: A/104/96.\n\n[^3]: A/104/97.\n", More("дождевой сад;", "дождевой сад[^3];")),
        ("fr", "annex: extra", "annex", "\n[^1]: A/CONF", "\n<!-- annex --> Liste des plantes\n\nTrèfle et lavande.\n\n[^1]: A/CONF"),
    ),
    *_in(
        REPORT,
        ("zh", "heading: missing", "heading 4", "## B. 费用\n\n", ""),
        ("ar", "note: missing", "note 1", "\n[^1]: الأمم المتحدة، مجموعة المعاهدات، المجلد ٩٠٣١، الرقم ٧٧١٢٠.\n", "", More("العامة[^1] في", "العامة في")),
        ("es", "annex: missing", "annex 2", "<!-- annex 2 --> Ciudades que respondieron\n\n1. La lista de las ciudades que respondieron se encuentra en la secretaría de la Convención.\n", ""),
        ("ru", "box: missing", "box 1", "> # Резюме\n>\n> Настоящий доклад представляется во исполнение резолюции 102/40 Генеральной Ассамблеи и решения 103/512. В нем говорится, сколько имеется фонтанов и сколько они стоят.\n\n", ""),
        ("en", "box: extra", "box 2", "\n# III. Recommendations", "\n> # Advice\n>\n> Let the water run in winter.\n\n# III. Recommendations"),
        ("fr", "figure: missing", "figure 1", "<!-- figure 1 --> Fontaines installées de 2045 à 2049\n\n<!-- unit --> (Nombre de fontaines)\n\n![Diagramme à barres : 250 fontaines en 2045, 500 en 2046, 800 en 2047, 1 100 en 2048 et 1 400 en 2049](fountains.svg)\n\n<!-- remark --> *Source :* réponses des villes à l’enquête.\n\n", ""),
        ("zh", "figure: extra", "figure 2", "\n## B. 费用", "\n<!-- figure 2 --> 喷泉\n\n![喷泉图](fountains.svg)\n\n## B. 费用"),
        ("ar", "table: missing", "table 1", "<!-- table 1, head 2 --> كلفة النافورة بحسب المنطقة\n\n| المنطقة | النوافير | الكلفة (بالدولارات) | < |\n|---|--:|--:|--:|\n|  |  | البناء | الصيانة |\n| السواحل | ٥٢١٠ | ٣١٢٠ | ٤١ |\n| السهول | ٦٠٠٥ | ٢٩٨٠ | ٣٧ |\n| الجبال[^a] | ١١٨٥ | ٥٦٤٠ | ٥٩ |\n\n[^a]: باستثناء النوافير الواقعة على ارتفاع يزيد على ٢٥٠٠ متر.\n", ""),
        ("es", "table: extra", "table 2", "\n# III. Recomendaciones", "\n<!-- table 2 --> Fuentes por año\n\n| Año | Fuentes |\n|---|--:|\n| 2045 | 250 |\n\n# III. Recomendaciones"),
        ("fr", "row: missing", "table 1, row 4", "| Plaines | 6 005 | 2 980 | 37 |\n", ""),
        ("en", "row: extra", "table 1, row 5", "| Mountains[^a] |", "| Islands | 77 | 4,410 | 52 |\n| Mountains[^a] |"),
        ("zh", "column: missing", "table 1, column 2", "| 区域 | 喷泉 | 费用(美元) | < |\n|---|--:|--:|--:|\n|  |  | 建造 | 维护 |\n| 沿海 | 5,210 | 3,120 | 41 |\n| 平原 | 6,005 | 2,980 | 37 |\n| 山区[^a] | 1,185 | 5,640 | 59 |", "| 区域 | 费用(美元) | < |\n|---|--:|--:|\n|  | 建造 | 维护 |\n| 沿海 | 3,120 | 41 |\n| 平原 | 2,980 | 37 |\n| 山区[^a] | 5,640 | 59 |"),
        ("ru", "column: extra", "table 1, column 5", "| < |\n|---|--:|--:|--:|\n|  |  | Сооружение | Содержание |\n| Побережья | 5 210 | 3 120 | 41 |\n| Равнины | 6 005 | 2 980 | 37 |\n| Горы[^a] | 1 185 | 5 640 | 59 |", "| < | Доля |\n|---|--:|--:|--:|--:|\n|  |  | Сооружение | Содержание | % |\n| Побережья | 5 210 | 3 120 | 41 | 11 |\n| Равнины | 6 005 | 2 980 | 37 | 12 |\n| Горы[^a] | 1 185 | 5 640 | 59 | 13 |"),
        ("es", "cell: extra", "table 1, row 1, cell 4", "| Costo (en dólares) | < |", "| Costo (en dólares) | Gastos |"),
        ("ar", "cell: missing", "table 1, row 2, cell 4", "|  |  | البناء | الصيانة |", "|  |  | البناء والصيانة | < |"),
        ("en", "table note: missing", "table 1, note 1", "\n[^a]: Without fountains above 2,500 metres.\n", "", More("| Mountains[^a] |", "| Mountains |"), Also("table note call", "table 1, row 5, cell 1")),
        ("fr", "table note: extra", "table 1, note 2", "\n[^a]: Sans les fontaines situées au-dessus de 2 500 mètres.\n", "\n[^a]: Sans les fontaines situées au-dessus de 2 500 mètres.\n\n[^b]: Chiffres provisoires.\n", More("| Montagnes[^a] |", "| Montagnes[^a][^b] |"), Also("table note call", "table 1, row 5, cell 1")),
        ("en", "unit: missing", "figure 1, unit", "<!-- unit --> (Number of fountains)\n\n", ""),
        ("es", "unit: extra", "table 1, unit", "Costo de una fuente, por región\n\n", "Costo de una fuente, por región\n\n<!-- unit --> (En dólares)\n\n"),
        ("ar", "remark: missing", "figure 1, remark 1", "<!-- remark --> *المصدر:* ردود المدن على الدراسة الاستقصائية.\n\n", ""),
        ("ru", "remark: extra", "figure 1, remark 2", "обследования.\n", "обследования.\n\n<!-- remark --> *Примечание:* без фонтанов, которые зимой закрыты.\n"),
        ("en", "vote: extra", "vote 1", "\n# III. Recommendations", "\n<!-- vote -->\n\n- In favour: Costaguana\n- Against: Ruritania\n- Abstaining: Illyria\n\n# III. Recommendations"),
    ),
    *_in(
        "A_DEC_104_405",
        ("ar", "vote: missing", "vote 1", "<!-- vote -->\n\n- المؤيدون: أورسينيا، سان لورنزو، غراوستارك، فلورين، كوستاغوانا\n- المعارضون: روريتانيا، غراند فنويك\n- الممتنعون: إليريا، زوبروفكا، سيلدافيا\n\n", ""),
        ("ar", "vote: count", "vote 1, in favour", "سان لورنزو، غراوستارك، ", "سان لورنزو، "),
        ("en", "number", "unnumbered paragraph 1", "of 5 to 2, with 3", "of 6 to 2, with 3"),
    ),
    # --- merged, split, in another order, on another level, with another number
    *_in(
        RESOLUTION,
        ("ru", "sub-paragraph: merged", "paragraph 2 (b) (2)", "     - i) деревья, дающие тень летом;\n\n     - ii) цветы, которые кормят пчел;\n", "     - i) деревья, дающие тень летом, и цветы, которые кормят пчел;\n"),
        ("es", "sub-paragraph: split", "paragraph 2 (b)", "en cada estación y publiquen las mediciones;", "en cada estación;\n\n   - b) Publiquen las mediciones;", More("- b) Elijan", "- c) Elijan"), More("- c) Den", "- d) Den")),
        ("fr", "paragraph: merged", "preambular paragraph 3", "que de la patience,\n\n*Prenant note avec satisfaction* du", "que de la patience, et prenant note avec satisfaction du"),
        ("en", "paragraph: split", "preambular paragraph 4", "a place to play, and that such", "a place to play,\n\n*Recognizing also* that such"),
        ("zh", "paragraph: order", "preambular paragraph 1", _ZH1 + "\n\n" + _ZH2, _ZH2 + "\n\n" + _ZH1),
        ("es", "paragraph: order", "paragraph 3", _ES3 + "\n\n", "", More("2. *Alienta*", _ES3 + "\n\n2. *Alienta*")),
        ("ru", "sub-paragraph: level", "paragraph 2 (b) (2)", "     - ii) цветы, которые кормят пчел;", "   - c) цветы, которые кормят пчел;"),
        ("fr", "paragraph: number", "paragraph 3", "3. *Décide*", "13. *Décide*"),
        ("ar", "sub-paragraph: number", "paragraph 2 (c)", "- (ج) إشراك", "- (د) إشراك"),
    ),
    *_in(
        REPORT,
        ("en", "sub-paragraph: order", "paragraph 4 (b) (1)", "     - (i) Those of lead, laid before 1960;\n\n     - (ii) Those of clay, laid before 1890;", "     - (i) Those of clay, laid before 1890;\n\n     - (ii) Those of lead, laid before 1960;"),
        ("fr", "row: order", "table 1, row 3", _FR_ROWS, "".join(reversed(_FR_ROWS.splitlines(keepends=True)))),
        ("zh", "column: order", "table 1, column 3", "| 建造 | 维护 |\n| 沿海 | 5,210 | 3,120 | 41 |\n| 平原 | 6,005 | 2,980 | 37 |\n| 山区[^a] | 1,185 | 5,640 | 59 |", "| 维护 | 建造 |\n| 沿海 | 5,210 | 41 | 3,120 |\n| 平原 | 6,005 | 37 | 2,980 |\n| 山区[^a] | 1,185 | 59 | 5,640 |"),
        ("es", "note: order", "note 1", "[^1]: Naciones Unidas, *Treaty Series*, vol. 9031, núm. 77120.\n\n[^2]: El cuestionario figura en el anexo I; las respuestas se conservan en la sala 114.", "[^1]: El cuestionario figura en el anexo I; las respuestas se conservan en la sala 114.\n\n[^2]: Naciones Unidas, *Treaty Series*, vol. 9031, núm. 77120."),
        ("ru", "heading: number", "heading 5", "# III. Рекомендации", "# IV. Рекомендации"),
        ("en", "form", "heading 5", "# III. Recommendations", "Recommendations"),
        ("es", "table: head", "table 1", "<!-- table 1, head 2 -->", "<!-- table 1, head 1 -->"),
        ("ar", "table: number", "table 1", "<!-- table 1,", "<!-- table 2,"),
        ("en", "figure: number", "figure 1", "<!-- figure 1 -->", "<!-- figure 2 -->"),
        ("es", "note: number", "note 2", "anexo II[^2]", "anexo II[^3]", More("ciudades[^2].", "ciudades[^3]."), More("paga[^2].", "paga[^3]."), More("[^2]:", "[^3]:")),
        ("fr", "annex: number", "annex 2", "<!-- annex 2 -->", "<!-- annex 3 -->"),
    ),
    *_in("A_HRC_98_8", ("ru", "heading: level", "heading 6", "#### Дороги в школу", "### Дороги в школу")),
    # --- references and dates
    *_in(
        RESOLUTION,
        ("ru", "resolution: serial", "preambular paragraph 1", "102/31", "102/13"),
        ("ar", "resolution: session", "preambular paragraph 1", "١٠٢/٣١", "١٠١/٣١"),
        ("zh", "date: day", "preambular paragraph 1", "12月9日", "12月8日"),
        ("en", "date: month", "preambular paragraph 2", "3 May 2046", "3 June 2046"),
        ("fr", "date: year", "preambular paragraph 2", "3 mai 2046", "3 mai 2045"),
        ("ar", "date: day", "paragraph 3", "يوم ٣ أيار/مايو", "يوم ٤ أيار/مايو"),
        ("es", "date", "preambular paragraph 2", "el 3 de mayo de 2046", "ese año"),
        ("ru", "cited article", "paragraph 4", "статьей 7", "статьей 17"),
        ("en", "session", "paragraph 4", "hundred and sixth", "hundred and seventh"),
        ("zh", "session", "paragraph 5", "第一〇六届会议临时", "第一〇五届会议临时"),
        ("es", "symbol", "note 1", "A/CONF.410/8", "A/CONF.410/3"),
        ("en", "resolution: type", "preambular paragraph 1", "its resolution 102/31", "its decision 102/31"),
        ("ar", "resolution: type", "preambular paragraph 1", "إلى قرارها ١٠٢/٣١", "إلى مقررها ١٠٢/٣١"),
        ("fr", "resolution", "preambular paragraph 1", "sa résolution 102/31 du 9 décembre 2047", "sa résolution du 9 décembre 2047"),
    ),
    *_in(
        REPORT,
        ("en", "resolution: organ", "paragraph 1", "took note of Economic and Social Council resolution 2048/6", "took note of Economic and Social Council resolution [2048/6](S/RES/6(2048))"),
        ("fr", "resolution: organ", "paragraph 2", "Le Conseil des droits de l’homme en a pris note dans sa résolution 95/11", "Le Conseil des droits de l’homme en a pris note dans sa résolution [95/11](A/RES/95/11)"),
        ("es", "decision", "box 1, unnumbered paragraph 1", "la decisión 103/512", "la decisión 103/521"),
        ("zh", "symbol", "paragraph 1", "A/103/88号", "A/103/87号"),
        ("ru", "meeting", "paragraph 1", "31-м заседании", "32-м заседании"),
        ("ar", "date: month", "paragraph 3", "٣٠ حزيران/يونيه", "٣٠ أيلول/سبتمبر"),
        ("en", "treaty: volume", "note 1", "vol. 9031", "vol. 9013"),
        ("es", "treaty: number", "note 1", "núm. 77120", "núm. 77130"),
        ("fr", "treaty", "note 1", "vol. 9031, no 77120", "vol. 9030, no 77121"),
        ("zh", "target", "paragraph 2", "具体目标6.1", "具体目标6.2"),
        ("ar", "goal", "paragraph 2", "والهدف ١١", "والهدف ١٢"),
        ("ru", "cited paragraph", "paragraph 2", "пункт 4 ниже", "пункт 5 ниже"),
        ("es", "cited section", "paragraph 2", "la sección II infra", "la sección III infra"),
        ("en", "cited annex", "paragraph 2", "and annex II.", "and annex I."),
        ("fr", "cited annex", "note 2", "l’annexe I ;", "l’annexe II ;"),
        ("zh", "cited table", "paragraph 4", "见表1和", "见表2和"),
        ("ar", "cited figure", "paragraph 4", "والشكل الأول)", "والشكل الثاني)"),
        ("ru", "cited note", "paragraph 6", "сноску 2 выше", "сноску 1 выше"),
    ),
    # --- numbers and cells
    *_in(
        RESOLUTION,
        ("es", "number: one digit", "preambular paragraph 4", "desde 2047", "desde 2046"),
        ("fr", "number", "paragraph 3", "à compter de 2051", "à compter de l’année prochaine"),
    ),
    *_in(
        REPORT,
        ("ar", "number: digits swapped", "paragraph 3", "٩٣٧ مدينة", "٩٧٣ مدينة"),
        ("en", "number: one digit", "paragraph 2", "850 inhabitants", "860 inhabitants"),
        ("zh", "number", "paragraph 4", "12,400座", "1,240座"),
        ("ru", "percentage", "paragraph 4", "62 процента", "26 процентов"),
        ("es", "amount of money", "paragraph 5", "3.500 dólares", "3.050 dólares"),
        ("fr", "number: one digit", "figure 1, text for it", "1 400 en 2049", "1 500 en 2049"),
        ("en", "number", "table 1, note 1", "2,500 metres", "250 metres"),
        ("zh", "cell: number", "table 1, row 4, cell 3", "| 2,980 |", "| 2,890 |"),
        ("ru", "cell: empty", "table 1, row 5, cell 4", "| 5 640 | 59 |", "| 5 640 |  |"),
    ),
    # --- note calls, emphasis, marks
    *_in(
        RESOLUTION,
        ("ru", "note call: lost", "paragraph 4", "Хартии[^1]", "Хартии"),
        ("ar", "note call: extra", "paragraph 3", "**تقرر** أن تعلن", "**تقرر**[^1] أن تعلن"),
        ("zh", "note call: another", "paragraph 4", "《宪章》[^1]第7条", "《宪章》[^2]第7条"),
        ("en", "emphasis", "paragraph 1", "*Invites* all", "Invites all"),
        ("fr", "emphasis", "preambular paragraph 3", "*Considérant*", "Considérant"),
        ("es", "opening verb", "paragraph 3", "*Decide* proclamar", "*Recuerda* proclamar"),
        ("ar", "opening verb", "paragraph 4", "**تطلب** إلى", "**تقرر** إلى"),
        ("zh", "opening verb", "paragraph 1", "*邀请*所有城市", "*决定*所有城市"),
        ("fr", "ending", "paragraph 1", "d’ici à 2055 ;", "d’ici à 2055."),
        ("zh", "ending", "paragraph 2 (a)", "测量结果；", "测量结果，"),
    ),
    *_in(
        REPORT,
        ("es", "note call: moved", "paragraph 4 (b)", "   - b) Cañerías demasiado viejas, entre ellas:", "   - b) Cañerías demasiado viejas[^2], entre ellas:", More("nadie paga[^2].", "nadie paga."), Also("note call: moved", "paragraph 4 (c)")),
        ("ru", "note call: order", "paragraph 2", "колодцах[^1]", "колодцах[^2]", More("приложение II[^2]", "приложение II[^1]")),
        ("en", "table note call", "table 1, row 4, cell 1", "| Plains |", "| Plains[^a] |"),
        ("ar", "bold passage", "paragraph 5", "**ويوصى بألا تتقاضى المدن من أحد ثمن المياه.**", "ويوصى بألا تتقاضى المدن من أحد ثمن المياه."),
        ("fr", "organ", "paragraph 6", "recommande à l’Assemblée générale", "recommande au Conseil de sécurité"),
    ),
    # --- language and length
    *_in(
        RESOLUTION,
        ("es", "untranslated paragraph", "preambular paragraph 5", "*Preocupada* porque muchas ciudades no han medido todavía la lluvia que reciben y porque, a falta de esas mediciones, se plantan jardines allí donde se marchitan,", "*Concerned* that many cities have not yet measured how much rain they receive, and that without such measurements gardens are planted where they wither,"),
        ("ar", "untranslated paragraph", "paragraph 2 (c)", "إشراك المدارس في الغرس؛", "To let schools take part in the planting;"),
        ("ru", "untranslated paragraph", "paragraph 2 (a)", "измерять количество дождя, выпадающего в каждое время года, и публиковать результаты измерений;", "To measure the rain that falls in each season, and to publish the measurements;"),
        ("zh", "untranslated line", "title", "title: 为城市建造雨水花园", "title: Rainwater gardens for cities"),
        ("fr", "shorter", "preambular paragraph 3", "rafraîchit les rues qui l’entourent, nourrit les abeilles et offre aux enfants un lieu de jeu, et qu’un tel jardin ne demande guère que de la patience,", "rafraîchit les rues,"),
        ("en", "longer", "paragraph 1", "rainwater garden by 2055;", "rainwater garden by 2055, in the courtyard of a school or on the roof of a public building, wherever the children of the neighbourhood can water it in a dry summer and learn what grows;"),
    ),
    *_in(
        REPORT,
        ("zh", "untranslated heading", "heading 2", "# 二. 喷泉及其费用", "# 二. Fountains and their cost"),
        ("ru", "untranslated cell", "table 1, row 2, cell 4", "| Содержание |", "| Maintenance |"),
        ("ar", "untranslated note", "note 2", "يرد الاستبيان في المرفق الأول؛ وتحفظ الردود في الغرفة ١١٤.", "The questionnaire is in annex I; the answers are kept in room 114."),
        ("fr", "untranslated line", "agenda title", "Villes durables : fontaines à boire", "Sustainable cities, and the fountains in them"),
        ("es", "untranslated note", "note 2", "El cuestionario figura en el anexo I; las respuestas se conservan en la sala 114.", "The questionnaire is in annex I; the answers are kept in room 114."),
    ),
)  # fmt: skip


def page() -> str:
    """The table as Markdown."""
    sets = sorted({discord.document for discord in DISCORDS})
    lines = [
        "# Seeded disagreements",
        "",
        "Each row is a change in one version of a set that agrees. The concordance must report it, with this kind and place,",
        "for that version, and must report nothing else except what the last column lists. There are"
        f" {len(DISCORDS)} changes of",
        f"{len({discord.kind for discord in DISCORDS})} kinds, out of {len(KINDS)}, in {len(sets)} sets.",
        "`python tests/support/discords.py` writes this page; `tests/editing/test_concordance.py` tests it.",
        "",
        "| kind | meaning | place | version | old | new | also reported |",
        "|---|---|---|---|---|---|---|",
    ]
    order = list(KINDS)
    for discord in sorted(DISCORDS, key=lambda discord: order.index(discord.kind)):
        besides = ", ".join(f"`{kind}` at {place}" for kind, place in discord.also)
        cells = (f"`{discord.kind}`", KINDS[discord.kind].text, discord.place, discord.path.name,
                 _shown(discord.old), _shown(discord.new), besides)  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    """Text as code, line ends as ⏎, the middle of a long one left out."""
    seen = text.replace("\n", "⏎").replace("|", "¦")
    return f"`{seen if len(seen) <= 80 else f'{seen[:38]} … {seen[-38:]}'}`" if seen else "nothing"


if __name__ == "__main__":
    print(page(), end="")
