"""A resolution of an invented year as the United Nations publishes those of the Security Council in Akoma Ntoso: with
tabs and line ends as layout, links in several parts, numbers typed into the text, and points without a mark."""

from __future__ import annotations

_META = """<meta><identification source="#DGACM">
<FRBRWork><FRBRthis value="/akn/un/doc/paper/un/2049-12-02/3104-2049/!main/"/>
<FRBRuri value="/akn/un/doc/paper/un/2049-12-02/3104-2049/"/><FRBRdate date="2049-12-02" name="adoption"/>
<FRBRauthor href="sc" as="author"/><FRBRcountry value="un"/></FRBRWork>
<FRBRExpression><FRBRthis value="/akn/un/doc/paper/un/2049-12-02/3104-2049/{code}@!main/"/>
<FRBRuri value="/akn/un/doc/paper/un/2049-12-02/3104-2049/{code}@/"/><FRBRdate date="2049-12-02" name="publication"/>
<FRBRauthor href="sc" as="issuer"/><FRBRlanguage language="{code}"/></FRBRExpression>
<FRBRManifestation><FRBRthis value="/akn/un/doc/paper/un/2049-12-02/3104-2049/{code}@/!main.xml"/>
<FRBRuri value="/akn/un/doc/paper/un/2049-12-02/3104-2049/{code}@.xml"/><FRBRdate date="2049-12-20" name="markup"/>
<FRBRauthor href="DGACM" as="editor"/></FRBRManifestation></identification>
<presentation source="#un"><akn4un:footerFirstPage><akn4un:footerFirstPageLeft><akn4un:internalCode>
<docketNumber refersTo="#publicationJobNumber">{job}</docketNumber></akn4un:internalCode></akn4un:footerFirstPageLeft>
</akn4un:footerFirstPage></presentation></meta>"""

_WORDS = {
    "en": {
        "code": "eng", "job": "49-11207 (E)", "organization": "United Nations", "organ": "Security Council",
        "symbol": "S/RES/3104 (2049)", "look": "italic", "title": "Resolution 3104 (2049)",
        "adoption": "Adopted by the Security Council at its 14207th meeting, on 2 December 2049",
        "formula": '<span class="italic">The Security Council</span>,',
        "link": '<a href="https://undocs.org/en/S/RES/3001 (2047)">3001 (2047)</a>',
        "recalling": "Recalling", "recalled": " its resolution {link}, and co\u2011operation of 30\u00a0States,",
        "numbers": ("<num>1.</num>", "<num>2.</num>"), "typed": ("", ""),
        "decides": "Decides", "list": " to light the following:", "points": ("(a)", "(b)", "•"),
        "point": "harbours of the lake", "heading": "Reports of the keepers",
        "remain": " to remain seized of the matter.", "annex": "Annex", "lamp": "The lamps of the lake, at 1,200 m",
    },
    "ar": {
        "code": "ara", "job": "49-11207 (A)", "organization": "الأمــم المتحـدة", "organ": "مجلس الأمن",
        "symbol": "S/RES/3104(2049)", "look": "bold italic", "title": "القرار 3104 (2049)",
        "adoption": "الذي اتخذه مجلس الأمن في جلسته 14207 المعقودة في 2 كانون الأول/ديسمبر 2049",
        "formula": '<span class="bold italic">إن مجلس الأمن</span>\n،',
        "link": '<a href="https://undocs.org/ar/S/RES/3001(2047)">3001</a>'
        '<a href="https://undocs.org/ar/S/RES/3001(2047)"> (2047)</a><a href="https://undocs.org/ar/S/RES/3001(2047)"/>',
        "recalling": "إذ يشير", "recalled": " إلى قراره {link} و\u00a030 دولة،",
        "numbers": ("<num>1 -</num>", ""), "typed": ("", "2 - "),
        "decides": "يقرر", "list": " إنارة ما يلي:", "points": ("(أ)", "(ب)", "’1‘"),
        "point": "موانئ البحيرة", "heading": "تقارير الحراس",
        "remain": " أن يبقي المسألة قيد نظره.", "annex": "المرفق", "lamp": "مصابيح البحيرة على ارتفاع 1200 متر",
    },
}  # fmt: skip


def council_file(language: str) -> bytes:
    """Return the file in `ar` or `en`. It has two operative paragraphs, a list of two degrees, a heading, an annex."""
    words = _WORDS[language]
    look, (one, two), (_, typed), points = words["look"], words["numbers"], words["typed"], words["points"]

    def verb(name: str) -> str:
        return f'<span class="{look}">{words[name]}</span>'

    def point(mark: str, inner: str = "") -> str:
        num = f"<num>{mark}</num>" if mark else ""
        text = f'<content><p xml:space="preserve">\t{words["point"]};</p></content>'
        return f"<point>{num}{text}</point>{inner}"

    recalled = str(words["recalled"]).format(link=words["link"])
    inner = f"<sublist>{point(str(points[2]))}{point('')}</sublist>"
    return f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:akn4un="http://un.org/akn4un">
<statement name="resolution">{_META.format(code=words["code"], job=words["job"])}
<coverPage><p><docAuthority refersTo="#publisher">{words["organization"]}</docAuthority></p>
<p class="upperRight"><docNumber refersTo="#symbol">{words["symbol"]}</docNumber></p>
<p class="upperLeft"><img src="logo-un.jpg"/><docAuthority refersTo="#issuingBody">{words["organ"]}</docAuthority></p>
<p><docStatus refersTo="#generalDistribution">Distr.: General</docStatus></p>
<p><docDate date="2049-12-02" refersTo="#dateOfIssuance">2 December 2049</docDate></p>
<p xml:space="preserve"><docTitle refersTo="#resolutionNumber">\t\t{words["title"]}</docTitle></p>
<p xml:space="preserve"><docTitle refersTo="#adoption">\t\t{words["adoption"]}</docTitle></p></coverPage>
<preamble><formula name="enactingFormula"><p xml:space="preserve">
          {words["formula"]}</p></formula>
<container name="verb"><p xml:space="preserve">\t{verb("recalling")}{recalled}</p>
</container></preamble>
<mainBody><paragraph class="H23"><subheading>\t\t{words["heading"]}</subheading></paragraph>
<paragraph class="SingleTxt">{one}<list><intro><p xml:space="preserve">\t{verb("decides")}{words["list"]}</p></intro>
{point(str(points[0]), inner)}{point(str(points[1]))}</list></paragraph>
<paragraph><content><p>*</p></content></paragraph>
<paragraph class="SingleTxt">{two}<content><p xml:space="preserve">\t{typed}{verb("decides")}{words["remain"]}</p>
</content></paragraph></mainBody>
<attachments><attachment><doc name="annex">{_META.format(code=words["code"], job="")}<mainBody>
<paragraph class="H1"><heading>\t\t{words["annex"]}</heading></paragraph>
<paragraph class="SingleTxt"><content><p xml:space="preserve">\t{words["lamp"]}.</p></content></paragraph>
<paragraph class="SingleTxt"><content><p xml:space="preserve">\t{words["lamp"]}.</p></content></paragraph>
</mainBody></doc></attachment></attachments></statement></akomaNtoso>
""".encode()
