"""Files in the way of the Security Council's own: a `statement` alone, with a cover page and all its metadata.

They are written here, about an invented lake, with the habits and the errors that the published files have.
"""

from __future__ import annotations

META = """<identification source="#DGACM">
  <FRBRWork>
    <FRBRthis value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/!main/"></FRBRthis>
    <FRBRuri value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/"></FRBRuri>
    <FRBRdate date="{day}" name="adoption"></FRBRdate>
    <FRBRauthor href="sc" as="author"></FRBRauthor><FRBRcountry value="un"></FRBRcountry>
  </FRBRWork>
  <FRBRExpression>
    <FRBRthis value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/{code}@!main/"></FRBRthis>
    <FRBRuri value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/{code}@/"></FRBRuri>
    <FRBRdate date="2049-12-02" name="publication"></FRBRdate>
    <FRBRauthor href="sc" as="issuer"></FRBRauthor><FRBRlanguage language="{code}"></FRBRlanguage>
  </FRBRExpression>
  <FRBRManifestation>
    <FRBRthis value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/{code}@/!main.xml"></FRBRthis>
    <FRBRuri value="/akn/un/statement/deliberation/unsc/{day}/3104-2049/{code}@.xml"></FRBRuri>
    <FRBRdate date="2050-08-25" name="markup"></FRBRdate><FRBRauthor href="DGACM" as="editor"></FRBRauthor>
  </FRBRManifestation>
</identification>
<classification source="http://metadata.un.org/sdg">
  <keyword value="14" href="http://metadata.un.org/sdg/14" showAs="sdg_14" dictionary="SDGO"></keyword>
  <keyword value="lakes" href="http://eurovoc.europa.eu/0" showAs="lakes: all of them" dictionary="EuroVoc"></keyword>
</classification>
<workflow source="#un">
  <step date="2049-12-01" outcome="draftResolution" as="S/2049/301" by="Costaguana" />
  <step date="0001-01-01" outcome="draftResolutionAdditionalSponsors" by="" />
</workflow>
<analysis source="#un"><parliamentary><voting><count value="014" refersTo="inFavour"><akn4un:voters>
  <organization refersTo="memberState">COSTAGUANA</organization>
  <organization refersTo="memberState">ORSINIA</organization>
</akn4un:voters></count></voting></parliamentary></analysis>
<references source="#DGACM">
  <TLCOrganization eId="sc" href="/akn/ontology/organization/un/securityCouncil" showAs="Security Council" />
</references>
<presentation source="#un"><akn4un:footerFirstPage><akn4un:internalCode>
  <docketNumber refersTo="#publicationJobNumber">{job}</docketNumber>
</akn4un:internalCode></akn4un:footerFirstPage></presentation>"""

COVER = {
    "en": (
        "eng", "United Nations", "Security Council", "2 December 2049", "Resolution 3104 (2049)",
        'Adopted by the Security Council at its <inline name="adoptionMeeting" title="14207th">14207th meeting'
        '</inline>, on <docDate date="2049-12-02" refersTo="#adoptionDate">2 December 2049</docDate>',
        "The Security Council", ",",
    ),
    "ar": (
        "ara", "الأمــم المتحـدة", "مجلس الأمن", "2 December 2049", "القرار 3104 (2049)",
        'الذي اتخذه مجلس الأمن في <inline name="adoptionMeeting"></inline><docDate date="0001-01-01" '
        'refersTo="#adoptionDate">جلسته 14207 المعقودة في 2 كانون الأول/ديسمبر 2049</docDate>',
        "إن مجلس الأمن", "\n      ،",
    ),
    "zh": (
        "zho", "联合国", "安全理事会", "2 December 2049", "第 3104(2049)号决议",
        '<docDate date="2049-12-02" refersTo="#adoptionDate">2049年12月2日</docDate>安全理事会'
        '<inline name="adoptionMeeting">第14207次会议</inline>通过', "安全理事会", "，",
    ),
}  # fmt: skip


def council_file(
    body: str = "",
    language: str = "en",
    *,
    preamble: str = "",
    symbol: str = "S/RES/3104 (2049)",
    job: str = "49-11207 ({letter})",
    after: str = "",
    number: str | None = None,
) -> bytes:
    """Return the file of a resolution with this content of its `mainBody`."""
    code, publisher, organ, issued, title, adoption, formula, comma = COVER[language]
    day = "0001-01-01" if language == "ar" else "2049-12-02"
    meta = META.format(day=day, code=code, job=job.format(letter={"en": "E", "ar": "A", "zh": "C"}[language]))
    look = {"en": "italic", "ar": "bold italic", "zh": "bold"}[language]
    body = body or numbered("1.", "\tAsks them to sit down.")
    return f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:akn4un="http://un.org/akn4un">
  <!--An unofficial copy-->
  <statement name="resolution">
    <meta>{meta}</meta>
    <coverPage eId="coverPage_1">
      <p><span refersTo="#publisher" class="upperLeft">
        <docAuthority refersTo="#publisher">{publisher}</docAuthority></span></p>
      <p class="upperRight"><docNumber refersTo="#symbol">{symbol}</docNumber></p>
      <p class="upperLeft"><img src="logo.jpg"></img>
        <docAuthority refersTo="#issuingBody" class="rightBig">{organ}</docAuthority></p>
      <p><docStatus refersTo="#generalDistribution" class="rightSmall">Distr.: General</docStatus></p>
      <p><docDate date="2049-12-02" class="rightSmall" refersTo="#dateOfIssuance">{issued}</docDate></p>
      <p xml:space="preserve">
        <docTitle refersTo="#resolutionNumber">\t\t{title if number is None else number}</docTitle></p>
      <p xml:space="preserve"><docTitle refersTo="#adoption">{adoption}</docTitle></p>
    </coverPage>
    <preamble>
      <formula name="enactingFormula" eId="formula_1"><p xml:space="preserve">
          <span class="{look}">{formula}</span>{comma}</p></formula>
      {preamble}
    </preamble>
    <mainBody>{body}</mainBody>{after}
  </statement>
</akomaNtoso>""".encode()


def numbered(mark: str, text: str, more: str = "", kind: str = "SingleTxt") -> str:
    """Return a paragraph with this `num`, empty for none, and `more` after its text."""
    num = f"<num>{mark}</num>" if mark else ""
    line = f'<p xml:space="preserve">{text}</p>'
    inner = f"<list><intro>{line}</intro>{more}</list>" if more else f"<content>{line}</content>"
    return f'<paragraph class="{kind}">{num}{inner}</paragraph>'


def point(mark: str, text: str, before: str = "") -> str:
    num = f"<num>{mark}</num>" if mark else ""
    return f'<point>{before}{num}<content><p xml:space="preserve">\t{text}</p></content></point>'


def heading(text: str, kind: str = "H23") -> str:
    name = "heading" if kind == "H1" else "subheading"
    return f'<paragraph class="{kind}"><{name}>\t\t{text}</{name}></paragraph>'


def annex(body: str) -> str:
    meta = META[: META.index("<classification")].format(day="2049-12-02", code="eng", job="")
    inner = f'<doc name="annex"><meta>{meta}</meta><mainBody>{body}</mainBody></doc>'
    return f"<attachments><attachment>{inner}</attachment></attachments>"
