# ruff: noqa: E501  whole sentences of the specimens
"""Slips seeded into clean specimens, each with the rule that must find it.

Each row is the specimen, the rule, the old text and the new text that replaces its first occurrence. If the finding is
in another line than the change, a text in that line follows (`@`: in no line). `also` are other rules that the change
breaks. `is_exempt` says that the rule is exempt by default.

`python tests/support/slips.py > tests/editing/slips.md` writes the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from paths import ROOT

EXAMPLES = ROOT / "examples"
RESOLUTION = "specimens/A_RES_104_12.{}.md"


@dataclass(frozen=True)
class Seed:
    source: str
    rule: str
    old: str
    new: str
    line_of: str = ""
    also: tuple[str, ...] = ()
    is_exempt: bool = False

    @property
    def path(self) -> Path:
        return EXAMPLES / self.source

    def sown(self) -> tuple[str, int | None]:
        """The source with the slip, and the line in which it must be reported (None for the document as a whole)."""
        text = self.path.read_text("utf-8")
        assert self.old in text, f"{self.source} has no {self.old!r}"
        changed = text.replace(self.old, self.new, 1)
        if self.line_of == "@":
            return changed, None
        at = changed.index(self.line_of) if self.line_of else text.index(self.old)
        if not self.line_of:  # the first character that differs
            at += next((i for i, (a, b) in enumerate(zip(self.old, self.new, strict=False)) if a != b), 0)
        return changed, changed.count("\n", 0, at) + 1


def _in(language: str, *rows: tuple[str, ...]) -> tuple[Seed, ...]:
    return tuple(
        Seed(RESOLUTION.format(language), row[0], row[1], row[2], row[3] if len(row) > 3 else "", tuple(row[4:]))
        for row in rows
    )


REPORT = "specimens/A_104_96.{}.md"
TIDES = "E_RES_2041_7.en.md"
QUIET = "specimens/A_RES_104_13.en.md"
TOUCHSTONE = "E_RES_2017_18.ar.txt"

SEEDS: tuple[Seed, ...] = (
    *_in(
        "en",
        ("paragraph-order", "3. *Decides*", "4. *Decides*", "", "paragraph-repeated"),
        ("item-order", "- (b) To choose", "- (c) To choose", "", "item-order"),
        ("paragraph-end", "by 2055;", "by 2055.", ""),
        ("paragraph-end", "on their roofs,", "on their roofs;", ""),
        ("paragraph-end", "for cities”.", "for cities”;", ""),
        ("formula-organ", "*The General Assembly*", "*The Economic and Social Council*", ""),
        ("verb-emphasis", "*Invites* all", "Invites all", ""),
        ("verb-emphasis", "*Recalling also*", "Recalling also", ""),
        ("emphasis-kind", "*Encourages*", "**Encourages**", ""),
        ("call-place", "2046,[^1]", "2046[^1],", ""),
        ("source", "\n[^2]: A/104/96.\n", "\n", "[^2]"),
        ("source", "since 2047,[^2]", "since 2047,", "[^2]: A/104"),
        ("note-end", "A/104/96.", "A/104/96", ""),
        ("number-session", "Hundred and fourth session", "Hundred and fifth session", ""),
        (
            "number-date",
            "on 5 November 2049\n",
            "on 5 November 2043\n",
            "",
            "closing-date",
            "reference-later",
            "reference-implausible",
        ),
        ("closing-date", "- 5 November 2049", "- 6 November 2049", ""),
        ("issue-date", "date: 19 November 2049", "date: 1 November 2049", "date: 1 N"),
        ("reference-date", "9 December 2047", "9 December 2045", ""),
        ("reference-implausible", "resolution 102/31", "resolution 170/31", ""),
        ("symbol-form", "A/104/96.", "a/104/96.", ""),
        ("symbol-form", "A/104/96.", "A/104-96.", ""),
        ("symbol-form", "A/104/96.", "A/104/ 96.", ""),
        ("symbol-form", "A/104/96.", "A/104/96/Add1.", ""),
        ("month-name", "3 May 2046", "3 Mai 2046", ""),
        ("month-name", "of 9 December 2047", "of 9 december 2047", ""),
        ("date-impossible", "3 May 2046", "32 May 2046", ""),
        ("date-form", "3 May 2046", "May 3, 2046", ""),
        ("repeated-word", "of the Secretary-General", "of the the Secretary-General", ""),
        ("heading-stop", "title: Rainwater gardens for cities", "title: Rainwater gardens for cities.", ""),
        ("doubled-space", "feeds bees", "feeds  bees", ""),
        ("space-before-mark", "feeds bees and", "feeds bees , and", ""),
        ("space-before-mark", "around it, feeds", "around it ,feeds", ""),
        ("space-missing", "around it, feeds", "around it,feeds", ""),
        ("reference-space", "3. *Decides* to proclaim", "3. {#day} *Decides* to proclaim in[](#day)", ""),
        ("doubled-mark", "around it, feeds", "around it,, feeds", ""),
        ("digits-foreign", "by 2055", "by ٢٠٥٥", ""),
        ("digits-mixed", "by 2055", "by 20٥5", ""),
        ("invisible", "rainwater garden by", "rain\u200bwater garden by", ""),
        ("invisible", "measurements;", "measure\u00adments;", ""),
        ("bidi-control", "feeds bees", "feeds \u202ebees", ""),
        ("look-alike", "gives children", "gives childrеn", ""),
        ("look-alike", "A/104/96.", "А/104/96.", ""),
        ("brackets", "(A/104/417)", "(A/104/417", ""),
        ("quotes", "for cities”.", "for cities.", ""),
        ("quote-form", "“Rainwater gardens for cities”", '"Rainwater gardens for cities"', ""),
        ("quote-form", "“Rainwater gardens for cities”", "”Rainwater gardens for cities“", ""),
        ("apostrophe", "bees and gives", "bees' and child's", ""),
        ("not-composed", "Samarkand", "Samarcande\u0301", ""),
    ),
    *_in(
        "ar",
        ("issue-date-language", "date: 19 November 2049", "date: ١٩ تشرين الثاني/نوفمبر ٢٠٤٩", "date: ١٩"),
        ("paragraph-order", "2. **تشجع**", "3. **تشجع**", "", "paragraph-repeated"),
        ("item-order", "- (ب) اختيار", "- (د) اختيار", "", "item-order"),
        ("paragraph-end", "عام ٢٠٥٥؛", "عام ٢٠٥٥،", ""),
        ("paragraph-end", "على أسطح مبانيها،", "على أسطح مبانيها؛", ""),
        ("formula-organ", "إن الجمعية العامة،", "إن مجلس الأمن،", ""),
        ("verb-emphasis", "**تدعو** جميع", "تدعو جميع", ""),
        ("emphasis-kind", "**تقرر** أن تعلن", "*تقرر* أن تعلن", ""),
        ("call-place", "٢٠٤٦[^1]،", "٢٠٤٦،[^1]", ""),
        ("note-end", "A/104/96.", "A/104/96", ""),
        ("number-session", "session: الدورة الرابعة", "session: الدورة السادسة", ""),
        ("closing-date", "- ٥ تشرين", "- ٦ تشرين", ""),
        ("reference-date", "كانون الأول/ديسمبر ٢٠٤٧", "كانون الأول/ديسمبر ٢٠٤٥", ""),
        ("reference-implausible", "١٠٢/٣١", "٣٠٢/٣١", ""),
        ("month-name", "٣ أيار/مايو ٢٠٤٦", "٣ أيار/يونيه ٢٠٤٦", ""),
        ("month-name", "٣ أيار/مايو ٢٠٤٦", "٣ مايو ٢٠٤٦", ""),
        ("month-name", "٣ أيار/مايو ٢٠٤٦", "٣ أيار ٢٠٤٦", ""),
        ("date-impossible", "٣ أيار/مايو ٢٠٤٦", "٣٣ أيار/مايو ٢٠٤٦", ""),
        ("date-form", "٣ أيار/مايو ٢٠٤٦", "٣ من أيار/مايو ٢٠٤٦", ""),
        ("conjunction-space", "وتغذي النحل", "و تغذي النحل", ""),
        ("tatweel", "الحديقة التي", "الحديـــقة التي", ""),
        ("presentation-form", "ولا سيما", "و\ufefb سيما", ""),
        ("digits-mixed", "عام ٢٠٥٥", "عام ٢٠5٥", ""),
        ("digits-foreign", "عام ٢٠٥٥", "عام 2055", ""),
        ("number-order", "عام ٢٠٥٥", "عدد ٠٠٠ ٢١٠", ""),
        ("number-ambiguous", "عام ٢٠٥٥", "عدد ١,٢٥٠", ""),
        ("number-section", "عام ٢٠٥٥", "الفرع ٥.١.٢", ""),
        ("number-list", "عام ٢٠٥٥", "عامي ٢٠٥٤،٢٠٥٥", ""),
        ("number-latin", "عام ٢٠٥٥", "عام ٢٠٥٥ في 14 Harbour Road", ""),
        ("digits-foreign", "عام ٢٠٥٥", "عام ۲۰۵۵", ""),
        ("punctuation-script", "الدول الأعضاء، عند", "الدول الأعضاء, عند", ""),
        ("punctuation-script", "عام ٢٠٥٥", "عام ٢٠٥٥, أو قبله", ""),
        ("punctuation-script", "في الصيف؛", "في الصيف;", "", "paragraph-end"),
        ("look-alike", "التي ترويها", "التی ترويها", ""),
        ("look-alike", "كمية الأمطار", "کمية الأمطار", ""),
        ("stray-vowel", "تغذي النحل و", "تغذي ُالنحل و", ""),
        ("tanwin-place", "شيئا يذكر", "شيئاً يذكر جدًا", ""),
        ("bidi-control", "A/CONF.410/8، المرفق", "\u200fA/CONF.410/8، المرفق", ""),
        ("doubled-space", "جميع المدن إلى", "جميع  المدن إلى", ""),
        ("brackets", "(A/104/417)", "A/104/417)", ""),
        ("quotes", "للمدن“.", "للمدن.", ""),
        ("quote-form", "”حدائق مياه الأمطار للمدن“", "«حدائق مياه الأمطار للمدن»", ""),
        ("quote-form", "”حدائق مياه الأمطار للمدن“", "“حدائق مياه الأمطار للمدن”", ""),
        ("repeated-word", "جميع المدن إلى", "جميع المدن المدن إلى", ""),
        ("heading-stop", "title: حدائق مياه الأمطار للمدن", "title: حدائق مياه الأمطار للمدن.", ""),
    ),
    *_in(
        "fr",
        ("paragraph-end", "d’ici à 2055 ;", "d’ici à 2055.", ""),
        ("formula-organ", "*L’Assemblée générale*", "*Le Conseil de sécurité*", ""),
        ("call-place", "2046[^1],", "2046,[^1]", ""),
        ("number-session", "Cent quatrième session", "Cent cinquième session", ""),
        ("reference-date", "9 décembre 2047", "9 décembre 2046", ""),
        ("month-name", "9 décembre 2047", "9 Décembre 2047", ""),
        ("month-name", "9 décembre 2047", "9 decembre 2047", ""),
        ("date-form", "9 décembre 2047", "1 décembre 2047", ""),
        ("space-missing", "à la plantation ;", "à la plantation;", ""),
        ("space-missing", "« Des jardins", "«Des jardins", ""),
        ("quote-form", "« Des jardins de pluie pour les villes »", "“Des jardins de pluie pour les villes”", ""),
        ("apostrophe", "l’article 7", "l'article 7", ""),
        ("not-composed", "Décide* de", "De\u0301cide* de", ""),
        ("repeated-word", "toutes les villes", "toutes les les villes", ""),
        ("verb-emphasis", "*Prie* le", "Prie le", ""),
        ("look-alike", "toutes les", "tоutes les", ""),
    ),
    *_in(
        "es",
        ("paragraph-end", "antes de 2055;", "antes de 2055,", ""),
        ("formula-organ", "*La Asamblea General*", "*El Consejo Económico y Social*", ""),
        ("call-place", "2046[^1],", "2046,[^1]", ""),
        ("number-session", "Centésimo cuarto", "Centésimo tercer", ""),
        ("reference-date", "9 de diciembre de 2047", "9 de diciembre de 2044", ""),
        ("month-name", "9 de diciembre de 2047", "9 de Diciembre de 2047", ""),
        ("date-form", "9 de diciembre de 2047", "9 diciembre 2047", ""),
        ("date-impossible", "3 de mayo de 2046", "0 de mayo de 2046", ""),
        ("quote-form", "“Jardines de lluvia para las ciudades”", "«Jardines de lluvia para las ciudades»", ""),
        ("doubled-mark", "en verano;", "en verano;,", "", "paragraph-end"),
        ("repeated-word", "a los niños", "a los los niños", ""),
        ("space-before-mark", "en verano;", "en verano ;", ""),
    ),
    *_in(
        "ru",
        ("paragraph-end", "дождевой сад;", "дождевой сад.", ""),
        ("formula-organ", "*Генеральная Ассамблея*", "*Совет Безопасности*", ""),
        ("call-place", "2046 года[^1],", "2046 года,[^1]", ""),
        ("number-session", "Сто четвертая", "Сто шестая", ""),
        ("reference-date", "9 декабря 2047", "9 декабря 2046", ""),
        ("month-name", "9 декабря 2047", "9 декабрь 2047", ""),
        ("date-form", "9 декабря 2047 года", "9 декабря 2047", ""),
        ("quote-form", "«Дождевые сады для городов»", "“Дождевые сады для городов”", ""),
        ("quotes", "для городов».", "для городов.", ""),
        ("look-alike", "кормит пчел", "коpмит пчел", ""),
        ("look-alike", "карту садов", "c карту садов", ""),
        ("verb-emphasis", "*просит* Генерального", "просит Генерального", ""),
        ("repeated-word", "в данной местности", "в данной данной местности", ""),
    ),
    *_in(
        "zh",
        ("paragraph-end", "雨水花园；\n\n2", "雨水花园。\n\n2", ""),
        ("formula-organ", "*大会*，", "*安全理事会*，", ""),
        ("number-session", "第一〇四届会议\n", "第一〇五届会议\n", ""),
        ("closing-date", "- 2049年11月5日", "- 2049年11月7日", ""),
        ("reference-date", "2047年12月9日", "2045年12月9日", ""),
        ("date-form", "2047年12月9日", "2047年12月9号", ""),
        ("date-impossible", "2046年5月3日", "2046年5月33日", ""),
        ("date-impossible", "2046年5月3日", "2046年15月3日", ""),
        ("punctuation-script", "会员国在规划此类花园时：", "会员国在规划此类花园时:", ""),
        ("punctuation-script", "街道凉爽，", "街道凉爽,", ""),
        ("look-alike", "在2055年", "在２０５５年", ""),
        ("brackets", "《雨水花园宪章》", "《雨水花园宪章", ""),
        ("quotes", "“为城市建造雨水花园”的", "“为城市建造雨水花园的", ""),
        ("note-end", "A/104/96。", "A/104/96", ""),
        ("verb-emphasis", "*请*秘书长", "请秘书长", ""),
        ("call-place", "宪章》，[^1]", "宪章》[^1]，", ""),
    ),
    Seed(REPORT.format("en"), "heading-order", "# III. Recomm", "# IV. Recomm"),
    Seed(REPORT.format("en"), "number-decimal", "the gardens that are fed", "the 1,5 million gardens that are fed"),
    Seed(REPORT.format("en"), "number-decimal", "the gardens that are fed", "the 1.234,5 gardens that are fed"),
    Seed(REPORT.format("en"), "year-range", "planted, 2045–2049", "planted, 2045–2049, or 2045-2049"),
    Seed(
        REPORT.format("en"),
        "item-indent",
        "   - (b) In cities of the mountains, where roofs are steep and rain runs off quickly, seven gardens in ten.\n",
        "3. In cities of the mountains, where roofs are steep and rain runs off quickly, seven gardens in ten;\n",
        "3. In cities of the mountains",
        ("paragraph-repeated",),
    ),
    Seed(REPORT.format("en"), "heading-order", "## B. Cost", "## C. Cost"),
    Seed(REPORT.format("en"), "table-order", "<!-- table 1,", "<!-- table 2,", "", ("table-missing",)),
    Seed(REPORT.format("en"), "figure-order", "<!-- figure 1 -->", "<!-- figure 2 -->", "", ("figure-missing",)),
    Seed(REPORT.format("en"), "annex-order", "<!-- annex 2 -->", "<!-- annex 3 -->", "", ("annex-missing",)),
    Seed(
        REPORT.format("en"),
        "call-series",
        "<!-- annex 2 --> Questionnaire\n",
        "<!-- annex 2, notes from 1 --> Questionnaire\n\n<!-- plain -->\n\nAll cities answered it.[^2] Some did not.[^1]\n\n"
        "[^2]: In 2049.\n",
        "All cities answered",
    ),
    Seed(REPORT.format("en"), "annex-missing", "is in annex II.", "is in annex IV."),
    Seed(REPORT.format("en"), "annex-paragraph", "is in annex II.", "is in annex II, paragraph 7."),
    Seed(REPORT.format("en"), "figure-missing", "see figure I)", "see figure II)"),
    Seed(REPORT.format("en"), "table-missing", "4. Table 1 shows", "4. Table 3 shows"),
    Seed(REPORT.format("en"), "section-missing", "see figure I)", "see section IX below)"),
    Seed(REPORT.format("en"), "note-missing", "see figure I)", "see note 9 above)"),
    Seed(REPORT.format("ar"), "section-missing", "انظر الشكل الأول)", "انظر الفرع التاسع أدناه)"),
    Seed(REPORT.format("ar"), "note-missing", "انظر الشكل الأول)", "انظر الحاشية ٩ أعلاه)"),
    Seed(REPORT.format("ar"), "paragraph-missing", "انظر الشكل الأول)", "انظر الفقرة ٧ (ج) أدناه)"),
    Seed(REPORT.format("ar"), "table-missing", "يبين الجدول ١ كلفة", "يبين الجدول ٢ كلفة"),
    Seed(REPORT.format("ar"), "annex-missing", "في المرفق الثاني.", "في المرفق الثالث."),
    Seed(REPORT.format("ar"), "annex-paragraph", "في المرفق الثاني.", "في الفقرة ٩ من المرفق الثاني."),
    Seed(REPORT.format("ar"), "heading-order", "# ثالثا - التوصيات", "# خامسا - التوصيات"),
    Seed("specimens/A_HRC_98_8.ru.md", "heading-order", "## B. Кому", "## D. Кому"),
    Seed(QUIET, "part-order", "<!-- part 2 -->", "<!-- part 3 -->"),
    Seed(TIDES, "paragraph-missing", "paragraph 4 above", "paragraph 9 above"),
    Seed(TIDES, "reference-dates", "resolution 93/118, and", "resolution 93/118 of 15 December 2038, and"),
    Seed(TIDES, "reference-later", "2040/11 of 19 July 2040", "2041/5 of 30 July 2041"),
    Seed(TIDES, "number-date", "on 21 July 2041\n", "on 21 July 2042\n", "", ("closing-date", "issue-date")),
    Seed(
        TIDES,
        "reference-annex",
        "6. *Decides* to consider the question of the shared calendar of tides again at its 2043 session, in the light of the trials mentioned in paragraph 4 above.\n",
        "6. {#again} *Decides* to consider it again.\n\n<!-- annex --> Posts\n\n"
        + "\n\n".join(f"{at}. Post {at}." for at in range(1, 6))
        + "\n\n6. It is in [](#again).\n",
        "6. It is in",
    ),
    Seed(TIDES, "target-unknown", "whatever the means", "under target 18.2, whatever the means"),
    Seed(TIDES, "target-unknown", "whatever the means", "under target 5.d, whatever the means"),
    Seed(REPORT.format("en"), "table-note-uncalled", "[^a] |", " |", "[^a]:"),
    Seed(TIDES, "note-order", "own,[^1]\n", "own,[^2]\n", "1. *Takes"),
    Seed("E_RES_2041_7.en.txt", "emphasis-unclosed", "*Invites*", "*Invites", "", ("verb-emphasis",)),
    Seed("E_RES_2041_7.en.txt", "call-unreadable", "own,^(1)", "own,^(1)^(x)", "", ("paragraph-end",)),
    # marks that would be printed, and facts that contradict each other
    *_in("en", ("emphasis-unclosed", "*Decides*", "**Decides", "", "verb-emphasis"),
         ("mark-foreign", "gives children", "gives <u>children</u>", ""),
         ("mark-foreign", "gives children", "~~gives~~ children", ""),
         ("mark-unread", "\n3. *Decides*", "\n3.Decides", "3.Decides", "verb-emphasis", "paragraph-unnumbered", "paragraph-order", "paragraph-end"),
         ("symbol-organ", "organ: general-assembly\n", "organ: general-assembly\nsymbol: E/RES/104/12\n", "symbol:"),
         ("symbol-number", "organ: general-assembly\n", "organ: general-assembly\nsymbol: A/RES/104/13\n", "symbol:")),
    Seed(REPORT.format("en"), "symbol-session", "Hundred and fourth", "Hundred and third"),
    Seed(REPORT.format("ar"), "symbol-type", "symbol: A/104/96\n", "symbol: A/104/96/Corr.1\n"),
    Seed(REPORT.format("en"), "title-type", "type: report", "type: note", "subtitle:"),
    # numbers of paragraphs, in every language
    *_in("en", ("paragraph-repeated", "3. *Decides*", "2. *Decides*", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. *Decides*", "*Decides*", "", "paragraph-order")),
    *_in("fr", ("paragraph-repeated", "3. *Décide*", "2. *Décide*", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. *Décide*", "*Décide*", "", "paragraph-order")),
    *_in("es", ("paragraph-repeated", "3. *Decide*", "2. *Decide*", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. *Decide*", "*Decide*", "", "paragraph-order")),
    *_in("ru", ("paragraph-repeated", "3. *постановляет*", "2. *постановляет*", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. *постановляет*", "*постановляет*", "", "paragraph-order")),
    *_in("ar", ("paragraph-repeated", "3. **تقرر**", "2. **تقرر**", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. **تقرر**", "**تقرر**", "", "paragraph-order")),
    *_in("zh", ("paragraph-repeated", "3. *决定*", "2. *决定*", "", "paragraph-order"),
         ("paragraph-unnumbered", "3. *决定*", "*决定*", "", "paragraph-order")),
    Seed("E_RES_2041_7.en.txt", "paragraph-unnumbered", "5. *Requests*", "*Requests*", "", ("paragraph-order",)),
    # one reference, two ways
    Seed(REPORT.format("en"), "reference-spellings", "see figure I)", "see figure 1, or figure I)", ""),
    Seed(REPORT.format("en"), "reference-spellings", "resolution 102/31 of 9", "resolution A/RES/102/31 of 9", ""),
    Seed(REPORT.format("ar"), "reference-spellings", "انظر الشكل الأول)", "انظر الشكل ١، أو الشكل الأول)"),
    Seed(TIDES, "reference-spellings", "paragraph 4 above", "paragraph 4 above, paragraph 3 (b) above and paragraph 3(b)"),
    *_in("en", ("reference-spellings", "hundred and sixth session the", "106th session the")),
    *_in("zh", ("reference-spellings", "第一〇六届会议临时", "第106届会议临时")),
    *_in("fr", ("reference-spellings", "l’article 7 de la Charte", "l’article 7 de la Charte (cible 5.2, cible 5-2)")),
    *_in("es", ("reference-spellings", "el artículo 7 de la Carta", "el artículo 7 de la Carta (metas 5.2 y meta 5-2)")),
    *_in("ru", ("reference-spellings", "со статьей 7 Хартии", "со статьей 7 Хартии (приложение II, приложение 2)")),
    # which of two orders: asked of transcripts of right-to-left pages alone, which are pictures
    Seed(TOUCHSTONE, "reference-order", "قرارها ١٩٢/٦٨، تحديد", "قرارها ٥٥/٦٠، تحديد"),
    Seed(TOUCHSTONE, "reference-order", "قرار الجمعية العامة ٦٤/٢٩٣", "قرار الجمعية العامة ٥٥/٦٠"),
    # headings, quotation marks, percentages, exponents; parts of a kind that the document has none of
    Seed(REPORT.format("en"), "heading-empty", "# III. Recommendations", "# III."),
    *_in("en", ("quote-single", "“Rainwater gardens for cities”", "'Rainwater gardens for cities'", ""),
         ("quote-single", "“Rainwater gardens for cities”", "‘Rainwater gardens for cities’", ""),
         ("percent-form", "by 2055", "by 50 %", ""),
         ("percent-form", "by 2055", "by 50 percent", "")),
    *_in("fr", ("percent-form", "2055 ;", "50% ;", "")),
    *_in("ar", ("quote-single", "”حدائق مياه الأمطار للمدن“", "'حدائق مياه الأمطار للمدن'", ""),
         ("number-exponent", "عام ٢٠٥٥", "عدد ١٠^٦^", "")),
    *_in("zh", ("percent-form", "在2055年", "在50 %", "")),
    Seed(TIDES, "table-missing", "paragraph 4 above", "table 7"),
    Seed(TIDES, "figure-missing", "paragraph 4 above", "figure V"),
    Seed(TIDES, "annex-missing", "paragraph 4 above", "annex III to the present resolution"),
    Seed(TIDES, "annex-missing", "paragraph 4 above", "the annex to the present resolution"),
    Seed("specimens/A_HRC_98_8.ru.md", "annex-missing", "во дворах своих школ.", "во дворах своих школ (см. приложение II)."),
    # what is typed in other habits
    *_in("en", ("mark-script", "around it, feeds", "around it، feeds", ""),
         ("double-hyphen", "around it, feeds", "around it -- feeds", ""),
         ("date-form", "3 May 2046", "03.05.2046", ""),
         ("date-form", "3 May 2046", "5/3/2046", ""),
         ("space-missing", "by 2055", "by No.5", ""),
         ("letter-in-number", "by 2055", "by 2O55", ""),
         ("call-place", "2046,[^1]", "2046, [^1]", ""),
         ("masthead-date", "date: 19 November 2049", "date: 19.11.2049", ""),
         ("masthead-distribution", "distribution: General", "distribution: Genral", ""),
         ("masthead-original", "date: 19 November 2049", "original: English only\ndate: 19 November 2049", ""),
         ("mark-unread", "\n3. *Decides*", "\n**3.** *Decides*", "**3.**", "emphasis-kind", "verb-emphasis", "paragraph-unnumbered", "paragraph-order", "paragraph-end"),
         ("mark-unread", "[^1]: A/CONF", "[^1] : A/CONF", "", "source", "note-order", "paragraph-end", "paragraph-unnumbered", "verb-emphasis"),
         ("mark-foreign", "feeds bees", "feeds&nbsp bees", "")),
    Seed(REPORT.format("en"), "mark-unread", "# III. Recommendations", "III. Recommendations", "III.", ("section-missing",)),
    # words that the page adds by itself
    *(
        Seed(RESOLUTION.format(language), "word-unverified", old, new, "@", (), True)
        for language, old, new in (
            ("fr", "\n[^1]: A/CONF", "\n<!-- annex, original: anglais --> Plantes\n\nTrèfle.\n\n[^1]: A/CONF"),
            ("es", "\n[^1]: A/CONF", "\n<!-- annex --> Plantas\n\nTrébol.\n\n[^1]: A/CONF"),
            ("ru", "\n[^1]: A/CONF", "\n<!-- annex --> Растения\n\nКлевер.\n\n[^1]: A/CONF"),
            ("zh", "\n[^1]: A/CONF", "\n<!-- annex --> 植物\n\n三叶草。\n\n[^1]: A/CONF"),
            ("ar", "\n[^1]: انظر", "\n<!-- annex, original: بالإنكليزية --> النباتات\n\nالبرسيم.\n\n[^1]: انظر"),
        )
    ),
)  # fmt: skip


def page() -> str:
    """The table as Markdown."""
    lines = [
        "# Seeded slips",
        "",
        "Each row is a slip inserted into a clean specimen. Lint must find it by this rule, in its line. It must find nothing",
        "in clean specimens, and in the touchstone nothing besides what it finds there without the slip. There are"
        f" {len(SEEDS)}",
        f"slips for {len({seed.rule for seed in SEEDS})} rules.",
        "`python tests/support/slips.py` writes this page; `tests/editing/test_lint_slips.py` tests it.",
        "",
        "| specimen | rule | old | new |",
        "|---|---|---|---|",
    ]
    for seed in SEEDS:
        name = seed.source.rpartition("/")[2]
        lines.append(f"| {name} | `{seed.rule}` | {_shown(seed.old)} | {_shown(seed.new)} |")
    return "\n".join(lines) + "\n"


def _shown(text: str) -> str:
    """Text as code; what is not seen, by its number; line ends as ⏎."""
    seen = "".join(c if c.isprintable() or c == "\n" else f"⟨U+{ord(c):04X}⟩" for c in text)
    return "`" + seen.replace("\n", "⏎").replace("|", "¦") + "`"


if __name__ == "__main__":
    print(page(), end="")
