"""Seeded defects: what can be wrong with a document, how a test makes it, and the rule that must find it.

`python tests/support/defects.py > tests/preflight/defects.md` writes the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

import manuscripts
from breaking import (
    action,
    boxes,
    catalog,
    element,
    encrypt,
    everywhere,
    font,
    good,
    html,
    link,
    loop,
    manuscript,
    metadata,
    no_glyphs,
    not_embedded,
    other_code,
    page,
    painted,
    pdf,
    raw,
    rename,
    scan,
    source,
    style,
    uri,
)
from manuscripts import council_resolution, numbered, resolution, sentence
from masthead.document.model import Masthead
from masthead.document.terms import JobNumber, Language
from retouching import (
    annotated,
    attached,
    between,
    bookmark,
    both,
    changed,
    columns_exchanged,
    copied,
    hidden,
    in_a_form,
    kerned,
    links_flattened,
    links_moved,
    moved,
    opened,
    operands,
    over,
    redrawn,
    renamed,
    report,
    rows_exchanged,
    set_with,
)


@dataclass(frozen=True)
class Defect:
    """`what` is wrong, in words; `make` turns the language's good document into a PDF with the defect."""

    rule: str
    what: str
    make: Callable[[Language], bytes]
    language: Language = Language.ENGLISH
    profile: str = "default"
    compared: bool = False
    """Whether the document is given to the check."""


ENGLISH_SYMBOL = '<span class="series">E</span>/RES/2031/18'
AR, EN, FR, ZH = Language.ARABIC, Language.ENGLISH, Language.FRENCH, Language.CHINESE
INNER = (
    "@page :left { @top-left { content: string(title) } @top-right { content: string(symbol) } }"
    "@page :right { @top-left { content: string(symbol) } @top-right { content: string(title) } }"
)
SESSION = '<p class="opening session">2031 session</p>'
FOURTH = '<p class="operative" id="paragraph-4"><span class="mark">4.'
JOB = "31-12889 (E)"

DEFECTS = (
    # identity
    Defect("identity.symbol", "the masthead's symbol is not one", html((ENGLISH_SYMBOL, "E//RES 2031"))),
    Defect("identity.symbol", "the masthead bears no symbol", html((ENGLISH_SYMBOL, "&nbsp;"))),
    Defect("identity.symbol", "the running heads name another symbol",
           html(('data-symbol="E/RES/2031/18"', 'data-symbol="E/RES/2031/19"'))),
    Defect("identity.symbol", "the running heads name none", html(('data-symbol="E/RES/2031/18"', 'data-symbol=""'))),
    Defect("identity.symbol", "the symbol is not the document's",
           html((ENGLISH_SYMBOL, '<span class="series">E</span>/RES/2031/81')), compared=True),
    Defect("identity.symbol", "the running heads of an Arabic document name another symbol",
           html(('data-symbol="E/RES/2031/18"', 'data-symbol="A/RES/2031/18"')), AR),
    Defect("identity.masthead", "the organization's name is misspelt",
           html(('organization">United', 'organization">Untied'))),
    Defect("identity.masthead", "the masthead names no organ",
           html(('<p class="organ">Economic and Social Council</p>', ""))),
    Defect("identity.masthead", "the Distr. block is missing", html(("<p>Distr.: General</p>", ""))),
    Defect("identity.masthead", "the Distr. block is on every page",
           raw(everywhere("Distr.: General", "top: 20pt; left: 337pt"))),
    Defect("identity.recycling", "the recycling words are missing", html(("Please recycle", ""))),
    Defect("identity.recycling", "the recycling words are another language's",
           html(("الرجاء إعادة الاستعمال", "Please recycle")), AR),
    Defect("identity.recycling", "the recycling words are on every page",
           raw(everywhere("Please recycle", "top: 665pt; left: 200pt"))),
    Defect("identity.job-number", "page one has no job number", html((JOB, ""))),
    Defect("identity.job-number", "the letter is another language's", html((JOB, "31-12889 (F)"))),
    Defect("identity.job-number", "the barcode is another document's", other_code("barcode")),
    Defect("identity.job-number", "later pages bear another job number",
           html(('data-job="31-12889"', 'data-job="31-12899"'))),
    Defect("identity.job-number", "the full job line is on every page",
           raw(everywhere("31-12889 (E)", "top: 665pt; left: 200pt"))),
    Defect("identity.qr-code", "the QR code leads to another document", other_code("qr-code")),
    Defect("identity.qr-code", "there is no QR code", html(('<img class="qr-code"', '<img hidden class="qr-code"'))),
    Defect("identity.dates", "issued before it was adopted",
           source(lambda made: replace(made, masthead=Masthead("General", "18 June 2031")))),
    Defect("identity.dates", "a Chinese resolution was issued before it was adopted",
           manuscript(resolution(ZH, *numbered(sentence(ZH), (1, 2)), date="4 December 2038")), ZH),
    Defect("identity.dates", "a resolution of the Security Council was issued before it was adopted",
           manuscript(council_resolution(AR, *numbered(sentence(AR), (1, 2)), date="4 March 2046")), AR),
    Defect("identity.dates", "the job number is of another year",
           source(lambda made: replace(made, masthead=Masthead("General", "18 August 2035")))),
    Defect("identity.dates", "the job line has a date that is none",
           source(lambda made: replace(made, job=JobNumber.parse("31-12889 (E)  310231")))),
    Defect("identity.dates", "the masthead bears no date", html(("<p>18 August 2031</p>", ""))),
    # structure
    Defect("structure.folios", "a folio says another page",
           raw(style("@page { counter-increment: page 2 }"))),
    Defect("structure.folios", "the folios give a wrong total",
           raw(style("@page :left { @bottom-left { content: '2/9' } }"
                     "@page :right { @bottom-right { content: '3/9' } }"))),
    Defect("structure.folios", "there are no folios",
           raw(style("@page :left { @bottom-left { content: none } }"
                     "@page :right { @bottom-right { content: none } }"))),
    Defect("structure.folios", "page one bears a folio",
           raw(style("@page :first { @bottom-center { content: '1/3'; padding-top: 45pt } }"))),
    Defect("structure.folios", "the folios of an Arabic page run the other way",
           raw(('data-folio-separator="\u200f/\u200f"', 'data-folio-separator="/"')), AR),
    Defect("structure.sides", "heads stand at the inner edge", raw(style(INNER))),
    Defect("structure.sides", "an Arabic document is bound at the left", raw(style(INNER)), AR),
    Defect("structure.notes", "notes stand pages away from their calls",
           pdf(lambda writer: writer.insert_page(writer.pages[0], 3))),
    Defect("structure.order", "two sub-paragraphs change places on the page",
           redrawn(both(moved(range(4, 8), y=56), moved(range(8, 12), y=-56)))),
    Defect("structure.order", "two paragraphs of an Arabic page change places",
           redrawn(both(moved(range(17, 21), y=80), moved(range(21, 25), y=-80))), AR),
    Defect("structure.order", "the words of a note stand beside another's mark",
           redrawn(moved(range(66, 69), y=-14), page=1)),
    Defect("structure.tables", "two columns of a table are read in the other order",
           changed(columns_exchanged, report)),
    Defect("structure.tables", "two rows of an Arabic table are read in the other order",
           changed(rows_exchanged, report), AR),
    Defect("structure.running-titles", "the running title is misspelt",
           html(('data-title="Lighting of', 'data-title="Lightning of'))),
    Defect("structure.running-titles", "the running title of an Arabic document lacks a letter",
           html(('data-title="إنارة', 'data-title="إنرة')), AR),
    # numbering
    Defect("numbering.notes", "a note has another's number",
           raw(('data-note="2" data-mark="2"', 'data-note="2" data-mark="3"'))),
    Defect("numbering.notes", "a call has no note",
           raw(('<a class="call" href="#note-1">1', '<a class="call" href="#note-1">7'))),
    Defect("numbering.notes", "an Arabic call has no note",
           raw(('<a class="call" href="#note-1">(١)', '<a class="call" href="#note-1">(٧)')), AR),
    Defect("numbering.paragraphs", "a paragraph is left out", html(('class="mark">5. ', 'class="mark">6. '))),
    Defect("numbering.paragraphs", "a number comes twice", html(('class="mark">9. ', 'class="mark">8. '))),
    Defect("numbering.paragraphs", "an Arabic number is skipped", html(('class="mark">٥ -', 'class="mark">٦ -')), AR),
    Defect("numbering.paragraphs", "a number is skipped on Geneva's paper",
           manuscript(resolution(EN, *numbered(sentence(EN), (1, 2, 4)), geneva=True))),
    Defect("numbering.letters", "a letter is skipped", html(('class="mark">(b)', 'class="mark">(d)'))),
    Defect("numbering.letters", "letters do not begin with the first", html(('class="mark">(a)', 'class="mark">(b)'))),
    Defect("numbering.letters", "an Arabic letter is skipped", html(('class="mark">(ب)', 'class="mark">(د)')), AR),
    Defect("numbering.letters", "a French letter is skipped",
           manuscript(resolution(FR, f"1. {sentence(FR)}", "   - a) Les phares;", "   - c) Les ports.")), FR),
    Defect("numbering.letters", "a numeral of the second degree is skipped",
           manuscript(resolution(EN, "1. *Calls for:*", "   - (a) Lights:", "     - (i) Red;", "     - (iii) Green."))),
    # flow
    Defect("flow.blank-pages", "a page is blank",
           raw((FOURTH, f'<p style="break-before: page; break-after: page">&nbsp;</p>{FOURTH}'))),
    Defect("flow.closing", "the closing lines stand alone on the last page",
           raw(style(".closing { break-before: page }"))),
    Defect("flow.closing", "the closing lines of an Arabic document stand alone",
           raw(style(".closing { break-before: page }")), AR),
    Defect("flow.headings", "a heading stands at the foot of a page",
           raw((FOURTH, f'<h2 style="font-size: 14pt; font-weight: bold; break-after: page">Harbours</h2>{FOURTH}'))),
    Defect("flow.headings", "a heading of degree three stands at the foot of page one",
           manuscript(manuscripts.report(EN, f"1. {sentence(EN)}", "## Lamps", "### Oil", "<!-- page end -->",
                                         *numbered(sentence(EN), (2, 3, 4)), pagination="source"))),
    Defect("flow.single-lines", "the last line of a paragraph heads a page",
           raw((FOURTH,
                '<p class="operative cut">One line before the end of the page that has no full stop and goes on and</p>'
                f'<p class="operative continued">on.</p>{FOURTH}'))),
    # completeness
    Defect("completeness.text", "a paragraph is missing",
           html(('<p class="formula">The Economic and Social Council,</p>', "")), compared=True),
    Defect("completeness.text", "a word is another", html(("40th plenary", "41st plenary")), compared=True),
    Defect("completeness.text", "a line comes twice",
           html((SESSION, SESSION * 2)), compared=True),
    Defect("completeness.text", "two lines change places",
           source(lambda made: replace(made, closing=made.closing[::-1])), compared=True),
    Defect("completeness.text", "an Arabic paragraph lacks a letter", html(("إذ يشير", "إذ يشر")), AR, compared=True),
    Defect("completeness.text-layer", "the pages are pictures", scan),
    Defect("completeness.visible", "a line is drawn in no ink", set_with("Tr", 3, number=10, after=(0,))),
    Defect("completeness.visible", "a line only cuts what is drawn later", set_with("Tr", 7, number=10, after=(0,))),
    Defect("completeness.visible", "all lines of a page are drawn in no ink",
           redrawn(lambda operators: operators.insert(0, ([3], "Tr")))),
    Defect("completeness.visible", "a line is white", set_with("rg", 1, 1, 1, number=10, after=(0, 0, 0))),
    Defect("completeness.visible", "a line is nearly white", set_with("g", 0.93, number=10, after=(0,))),
    Defect("completeness.visible", "an Arabic line is drawn in no ink", set_with("Tr", 3, number=10, after=(0,)), AR),
    Defect("completeness.visible", "a line is set in 1 pt",
           operands("Tf", lambda given: given.__setitem__(1, 1.3), number=10)),
    Defect("completeness.visible", "a line is cut away",
           between([([], "q"), ([0, 0, 9, 9], "re"), ([], "W"), ([], "n")], [([], "Q")], number=10)),
    Defect("completeness.visible", "a line is in a hidden layer", hidden(10)),
    Defect("completeness.visible", "white covers some lines", over("1 1 1 rg 100 560 400 60 re f")),
    Defect("completeness.visible", "white covers a page", over("1 1 1 rg 0 0 612 792 re f")),
    Defect("completeness.visible", "black covers some lines", over("0 0 0 rg 100 560 400 60 re f")),
    Defect("completeness.visible", "a picture covers some lines", over("400 0 0 60 100 560 cm /Dots Do")),
    Defect("completeness.structure", "a line stands on the page twice, once unread",
           copied(10, ([Name.Artifact], "BMC"), y=450)),
    Defect("completeness.structure", "an Arabic line stands on the page twice, once unread",
           copied(10, ([Name.Artifact], "BMC"), y=670), AR),
    Defect("completeness.structure", "a line stands on the page without a mark",
           copied(10, ([Name.Span], "BMC"), y=450)),
    Defect("completeness.structure", "a line stands on the page once more, in a drawing", in_a_form(10, y=450)),
    Defect("completeness.structure", "a line is marked as no text", opened(10, ([Name.Artifact], "BMC"))),
    Defect("completeness.structure", "the last page is taken out", changed(lambda file: file.pages.__delitem__(-1))),
    Defect("completeness.actual-text", "other words are said than stand there",
           opened(10, ([Name.Span, Dictionary(MCID=10, ActualText=String("nothing"))], "BDC"))),
    # script
    Defect("script.order", "a Latin phrase with emphasis comes out in reverse",
           html(("دورة عام ٢٠٣١", "دورة <i>Official</i> <i>Records</i> <b>of the</b> Assembly")), AR),
    Defect("script.joining", "a letter inside a word is cut off by markup",
           html(("دورة عام ٢٠٣١", "دو<i>رة</i> مست<i>قب</i>لهم")), AR),
    Defect("script.joins", "an Arabic line is spaced out", set_with("Tc", 1.5, number=10, after=(0,)), AR),
    Defect("script.joins", "kerning tears Arabic letters apart by 0.8 pt", kerned(-60, number=10), AR),
    Defect("script.joins", "kerning pushes Arabic letters into one another", kerned(80, number=10), AR),
    Defect("script.shape", "an Arabic line is narrowed", set_with("Tz", 70, number=10, after=(100,)), AR),
    Defect("script.shape", "a line is stretched",
           operands("Tm", lambda given: given.__setitem__(0, 1.1), number=10)),
    Defect("script.shape", "a word is raised", set_with("Ts", 6, number=10, after=(0,)), AR),
    # fonts
    Defect("fonts.embedded", "a font is not in the file", font(not_embedded)),
    Defect("fonts.subset", "a font is in the file whole", font(rename("/Liberation-Serif"))),
    Defect("fonts.ours", "a font is none of the project's", font(rename("/ABCDEF+ComicNeue"))),
    Defect("fonts.missing-glyphs", "characters have no glyph", font(no_glyphs)),
    # boxes
    Defect("boxes.paper", "the paper is neither Letter nor A4",
           boxes(RectangleObject((0, 0, 600, 800)), "/MediaBox", "/TrimBox", "/BleedBox")),
    Defect("boxes.paper", "one page is of another paper",
           page(2, "/MediaBox", RectangleObject((0, 0, 595.28, 841.89)))),
    Defect("boxes.geometry", "a trim box reaches outside the paper",
           page(2, "/TrimBox", RectangleObject((-20, 0, 612, 792)))),
    Defect("boxes.geometry", "a page is turned", page(3, "/Rotate", NumberObject(90))),
    Defect("boxes.geometry", "a page has a unit of its own", page(1, "/UserUnit", FloatObject(2))),
    Defect("boxes.trim", "text is cut off", page(2, "/TrimBox", RectangleObject((70, 0, 612, 792)))),
    Defect("boxes.trim", "text runs off the paper",
           raw(("2031 session", '<span style="margin-left: -80pt">2031</span> session'))),
    Defect("boxes.trim", "a picture runs off the paper", painted("q 90 0 0 90 570 90 cm /Low Do Q")),
    Defect("boxes.trim", "a line runs off the paper", painted("590 300 m 620 300 l S")),
    Defect("boxes.margins", "text stands in the margin",
           raw(everywhere("note to the printer", "top: 300pt; left: -50pt"))),
    Defect("boxes.column", "a line begins in the margin", redrawn(moved((10,), x=-60))),
    Defect("boxes.column", "a line ends in the margin", redrawn(moved((10,), x=60))),
    Defect("boxes.column", "a text stands far from its letter", redrawn(moved((5,), x=60))),
    Defect("boxes.column", "an Arabic line ends in the margin", redrawn(moved((10,), x=-50)), AR),
    # links
    Defect("links.well-formed", "a link has no address that can be", link(uri("htp:/undocs"))),
    Defect("links.well-formed", "a link leads nowhere", link(lambda annotation: annotation.__delitem__("/A"))),
    Defect("links.targets", "a symbol leads to another document", link(uri("https://undocs.org/E/2031/31"))),
    Defect("links.targets", "an Arabic document's symbol leads to another",
           link(uri("https://undocs.org/E/2031/31")), AR),
    Defect("links.targets", "a symbol leads to a site that only looks like one",
           link(uri("https://undocs.org.example/E/2031/30"))),
    Defect("links.places", "a link lies beside its text", changed(links_moved)),
    Defect("links.places", "a link has no height", changed(links_flattened)),
    Defect("links.places", "a text that is no link leads to some address",
           annotated("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/")))),
    Defect("links.symbols", "symbols are no links",
           pdf(lambda writer: [leaf.__delitem__("/Annots") for leaf in writer.pages if "/Annots" in leaf])),
    # accessibility
    Defect("accessibility.tags", "the file is not marked as tagged", catalog("/MarkInfo")),
    Defect("accessibility.tags", "there is no structure tree", catalog("/StructTreeRoot")),
    Defect("accessibility.language", "the file has no language", catalog("/Lang")),
    Defect("accessibility.language", "the file has another language", catalog("/Lang", TextStringObject("fr")), AR),
    Defect("accessibility.title", "viewers show the file's name",
           catalog("/ViewerPreferences", DictionaryObject({NameObject("/Direction"): NameObject("/L2R")}))),
    Defect("accessibility.title", "the metadata has no title", metadata(b"dc:title", b"dc:source")),
    Defect("accessibility.alternatives", "a picture has no words",
           element("/Figure", lambda figure: figure.__delitem__("/Alt"))),
    Defect("accessibility.headings", "a heading level is left out",
           element("/H2", lambda node: node.__setitem__(NameObject("/S"), NameObject("/H4")))),
    Defect("accessibility.notes", "a note is no note",
           element("/Note", lambda node: node.__setitem__(NameObject("/S"), NameObject("/P")))),
    Defect("accessibility.direction", "an Arabic file is opened like an English one",
           catalog("/ViewerPreferences", DictionaryObject({NameObject("/DisplayDocTitle"): NameObject("/true")})), AR),
    Defect("accessibility.page-labels", "pages have no labels", catalog("/PageLabels")),
    Defect("accessibility.page-labels", "labels are other than folios",
           catalog("/PageLabels", DictionaryObject({NameObject("/Nums"): ArrayObject(
               [NumberObject(0), DictionaryObject({NameObject("/S"): NameObject("/r")})])}))),
    Defect("accessibility.bookmarks", "there are no bookmarks", catalog("/Outlines")),
    Defect("accessibility.bookmark-targets", "a bookmark has other words than its heading",
           bookmark(Title=lambda file: String("Another title"))),
    Defect("accessibility.bookmark-targets", "a bookmark leads to another page",
           bookmark(Dest=lambda file: Array([file.pages[2].obj, Name.Fit]))),
    Defect("accessibility.tables", "a table has no head", changed(renamed("/TH", "/TD"), report)),
    # archive
    Defect("archive.sound", "the page tree claims ten thousand million pages",
           pdf(lambda writer: writer.root_object["/Pages"].__setitem__(NameObject("/Count"), NumberObject(10**10)))),
    Defect("archive.sound", "the structure tree loops", pdf(loop)),
    Defect("archive.identification", "the file does not say that it is PDF/A",
           metadata(b"pdfaid:part=", b"pdfaid:pert=")),
    Defect("archive.identification", "the file has no metadata", catalog("/Metadata")),
    Defect("archive.colour", "there is no output intent", catalog("/OutputIntents")),
    Defect("archive.verapdf", "device colours without an output intent", catalog("/OutputIntents"), profile="archive"),
    Defect("archive.encryption", "the file is encrypted", pdf(encrypt)),
    Defect("archive.actions", "a script runs on opening",
           catalog("/OpenAction", action("JavaScript", JS=TextStringObject("app.alert(1)")))),
    Defect("archive.actions", "a link starts a program",
           link(lambda note: note.__setitem__(NameObject("/A"), action("Launch", F=TextStringObject("a"))))),
    Defect("archive.source", "the source is not attached", catalog("/AF")),
    Defect("archive.signature", "the file says that it is signed",
           catalog("/AcroForm", DictionaryObject({NameObject("/SigFlags"): NumberObject(3),
                                                  NameObject("/Fields"): ArrayObject()}))),
    Defect("archive.opening", "opening the file calls an address",
           catalog("/OpenAction", action("URI", URI=TextStringObject("https://example.org/")))),
    Defect("archive.attachments", "a program is attached", changed(attached)),
    Defect("archive.annotations", "a remark is written over the page",
           annotated("FreeText", Contents=String("not adopted"), DA=String("/Helv 18 Tf"))),
    Defect("archive.annotations", "a stamp lies over the page", annotated("Stamp")),
    # metadata
    Defect("metadata.creator", "the metadata name another organ",
           metadata(b">Economic and Social Council<", b">Security Council<")),
    Defect("metadata.language", "the metadata name another language",
           metadata(b"<rdf:li>en</rdf:li>", b"<rdf:li>fr</rdf:li>")),
    Defect("metadata.symbol", "the metadata name another symbol",
           metadata(b"E/RES/2031/18</dc:id", b"E/RES/2031/81</dc:id")),
    Defect("metadata.title", "the metadata have another title",
           metadata(b">Lighting of harbours", b">Fighting of harbours")),
    Defect("metadata.title", "the title is no heading of the document",
           html(("<title>Lighting of harbours", "<title>The lighting of harbours"))),
    Defect("metadata.dates", "the file has another date",
           pdf(lambda writer: writer.add_metadata({"/CreationDate": "D:20310101"}))),
    # press
    Defect("press.black", "black is made of red, green and blue", good, profile="press"),
    Defect("press.trim-box", "a page has no trim box",
           pdf(lambda writer: writer.pages[1].__delitem__("/TrimBox")), profile="press"),
    Defect("press.bleed-box", "there is no bleed", good, profile="press"),
    Defect("press.bleed", "a bar at the edge stops there", painted("0 g 0 400 120 50 re f"), profile="press"),
    Defect("press.output-intent", "the file is made for no press", good, profile="press"),
    Defect("press.inks", "four inks on one place", painted("1 1 1 1 k 90 90 90 90 re f"), profile="press"),
    Defect("press.images", "an image of few dots", painted("q 90 0 0 90 90 90 cm /Low Do Q"), profile="press"),
    Defect("press.hairlines", "a line of 0.1 pt", painted("0.1 w 90 90 m 300 90 l S"), profile="press"),
    Defect("press.overprint", "white overprints", painted("/Over gs 1 g 90 90 9 9 re f 0 g"), profile="press"),
    Defect("press.signature", "a number of pages that fills no signature",
           pdf(lambda writer: writer.add_blank_page(612, 792) if len(writer.pages) % 4 == 0 else None),
           profile="press"),
    Defect("press.binding", "Arabic that is not said to be bound at the right", catalog("/ViewerPreferences"),
           Language.ARABIC, profile="press"),
)  # fmt: skip


def table() -> str:
    """The table as Markdown."""
    rows = "".join(
        f"| {each.what} | {each.language.name.title()} | {each.profile} | `{each.rule}` |\n" for each in DEFECTS
    )
    return (
        "# Seeded defects\n\n"
        "Each defect is made by changing the source, the HTML or the PDF of a good document. The rule must find it,\n"
        "and no rule may find anything in the good documents. `python tests/support/defects.py` writes this page;\n"
        "`tests/preflight/test_defects.py` tests it.\n\n"
        f"| defect | document | profile | rule |\n|---|---|---|---|\n{rows}"
    )


if __name__ == "__main__":
    print(table(), end="")
