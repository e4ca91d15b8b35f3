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

import damages
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
    interpolated,
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
BACKWARDS = manuscripts.report(AR, "1. وبلغ ذلك ٠٠٠ ٢١٠ في السنة الماضية.")

DEFECTS = (
    # identity
    Defect("identity.symbol", "the symbol in the masthead is invalid", html((ENGLISH_SYMBOL, "E//RES 2031"))),
    Defect("identity.symbol", "the masthead has no symbol", html((ENGLISH_SYMBOL, "&nbsp;"))),
    Defect("identity.symbol", "the running heads have another symbol",
           html(('data-symbol="E/RES/2031/18"', 'data-symbol="E/RES/2031/19"'))),
    Defect("identity.symbol", "the running heads have no symbol",
           html(('data-symbol="E/RES/2031/18"', 'data-symbol=""'))),
    Defect("identity.symbol", "the symbol differs from the document's",
           html((ENGLISH_SYMBOL, '<span class="series">E</span>/RES/2031/81')), compared=True),
    Defect("identity.symbol", "the running heads of an Arabic document have another symbol",
           html(('data-symbol="E/RES/2031/18"', 'data-symbol="A/RES/2031/18"')), AR),
    Defect("identity.masthead", "the name of the organization is misspelt",
           html(('organization">United', 'organization">Untied'))),
    Defect("identity.masthead", "the masthead names no organ",
           html(('<p class="organ">Economic and Social Council</p>', ""))),
    Defect("identity.masthead", "the Distr. block is missing", html(("<p>Distr.: General</p>", ""))),
    Defect("identity.masthead", "the Distr. block is on every page",
           raw(everywhere("Distr.: General", "top: 20pt; left: 337pt"))),
    Defect("identity.recycling", "the recycling words are missing", html(("Please recycle", ""))),
    Defect("identity.recycling", "the recycling words are in another language",
           html(("الرجاء إعادة الاستعمال", "Please recycle")), AR),
    Defect("identity.recycling", "the recycling words are on every page",
           raw(everywhere("Please recycle", "top: 665pt; left: 200pt"))),
    Defect("identity.job-number", "page one has no job number", html((JOB, ""))),
    Defect("identity.job-number", "the letter of the job number is of another language", html((JOB, "31-12889 (F)"))),
    Defect("identity.job-number", "the barcode is of another document", other_code("barcode")),
    Defect("identity.job-number", "later pages have another job number",
           html(('data-job="31-12889"', 'data-job="31-12899"'))),
    Defect("identity.job-number", "the full job line is on every page",
           raw(everywhere("31-12889 (E)", "top: 665pt; left: 200pt"))),
    Defect("identity.qr-code", "the QR code leads to another document", other_code("qr-code")),
    Defect("identity.qr-code", "there is no QR code", html(('<img class="qr-code"', '<img hidden class="qr-code"'))),
    Defect("identity.dates", "the date of issue is before the adoption",
           source(lambda made: replace(made, masthead=Masthead("General", "18 June 2031")))),
    Defect("identity.dates", "the date of issue of a Chinese resolution is before the adoption",
           manuscript(resolution(ZH, *numbered(sentence(ZH), (1, 2)), date="4 December 2038")), ZH),
    Defect("identity.dates", "the date of issue of a Security Council resolution is before the adoption",
           manuscript(council_resolution(AR, *numbered(sentence(AR), (1, 2)), date="4 March 2046")), AR),
    Defect("identity.dates", "the job number is of another year",
           source(lambda made: replace(made, masthead=Masthead("General", "18 August 2035")))),
    Defect("identity.dates", "a date in the job line is invalid",
           source(lambda made: replace(made, job=JobNumber.parse("31-12889 (E)  310231")))),
    Defect("identity.dates", "the masthead has no date", html(("<p>18 August 2031</p>", ""))),
    # structure
    Defect("structure.folios", "a folio has another page number",
           raw(style("@page { counter-increment: page 2 }"))),
    Defect("structure.folios", "the folios have a wrong total",
           raw(style("@page :left { @bottom-left { content: '2/9' } }"
                     "@page :right { @bottom-right { content: '3/9' } }"))),
    Defect("structure.folios", "there are no folios",
           raw(style("@page :left { @bottom-left { content: none } }"
                     "@page :right { @bottom-right { content: none } }"))),
    Defect("structure.folios", "page one has a folio",
           raw(style("@page :first { @bottom-center { content: '1/3'; padding-top: 45pt } }"))),
    Defect("structure.folios", "the parts of the folios of an Arabic document are swapped",
           raw(('data-folio-separator="\u200f/\u200f"', 'data-folio-separator="/"')), AR),
    Defect("structure.sides", "running heads are at the inner edge", raw(style(INNER))),
    Defect("structure.sides", "an Arabic document is bound on the left", raw(style(INNER)), AR),
    Defect("structure.notes", "notes are pages away from their calls",
           pdf(lambda writer: writer.insert_page(writer.pages[0], 3))),
    Defect("structure.order", "two subparagraphs are swapped on the page",
           redrawn(both(moved(range(4, 8), y=56), moved(range(8, 12), y=-56)))),
    Defect("structure.order", "two paragraphs of an Arabic page are swapped",
           redrawn(both(moved(range(17, 21), y=80), moved(range(21, 25), y=-80))), AR),
    Defect("structure.order", "the text of a note is beside the mark of another",
           redrawn(moved(range(66, 69), y=-14), page=1)),
    Defect("structure.tables", "two columns of a table are swapped in reading order",
           changed(columns_exchanged, report)),
    Defect("structure.tables", "two rows of an Arabic table are swapped in reading order",
           changed(rows_exchanged, report), AR),
    Defect("structure.running-titles", "the running title is misspelt",
           html(('data-title="Lighting of', 'data-title="Lightning of'))),
    Defect("structure.running-titles", "the running title of an Arabic document lacks a letter",
           html(('data-title="إنارة', 'data-title="إنرة')), AR),
    # numbering
    Defect("numbering.notes", "a note has the number of another",
           raw(('data-note="2" data-mark="2"', 'data-note="2" data-mark="3"'))),
    Defect("numbering.notes", "a call has no note",
           raw(('<a class="call" href="#note-1">1', '<a class="call" href="#note-1">7'))),
    Defect("numbering.notes", "an Arabic call has no note",
           raw(('<a class="call" href="#note-1">(١)', '<a class="call" href="#note-1">(٧)')), AR),
    Defect("numbering.paragraphs", "a paragraph is skipped", html(('class="mark">5. ', 'class="mark">6. '))),
    Defect("numbering.paragraphs", "a paragraph number is repeated", html(('class="mark">9. ', 'class="mark">8. '))),
    Defect("numbering.paragraphs", "an Arabic paragraph number is skipped",
           html(('class="mark">٥ -', 'class="mark">٦ -')), AR),
    Defect("numbering.paragraphs", "a paragraph number is skipped on A4",
           manuscript(resolution(EN, *numbered(sentence(EN), (1, 2, 4)), geneva=True))),
    Defect("numbering.letters", "a letter is skipped", html(('class="mark">(b)', 'class="mark">(d)'))),
    Defect("numbering.letters", "letters do not start with the first", html(('class="mark">(a)', 'class="mark">(b)'))),
    Defect("numbering.letters", "an Arabic letter is skipped", html(('class="mark">(ب)', 'class="mark">(د)')), AR),
    Defect("numbering.letters", "a French letter is skipped",
           manuscript(resolution(FR, f"1. {sentence(FR)}", "   - a) Les phares;", "   - c) Les ports.")), FR),
    Defect("numbering.letters", "a numeral of the second level is skipped",
           manuscript(resolution(EN, "1. *Calls for:*", "   - (a) Lights:", "     - (i) Red;", "     - (iii) Green."))),
    # flow
    Defect("flow.blank-pages", "a page is blank",
           raw((FOURTH, f'<p style="break-before: page; break-after: page">&nbsp;</p>{FOURTH}'))),
    Defect("flow.closing", "the closing lines are alone on the last page",
           raw(style(".closing { break-before: page }"))),
    Defect("flow.closing", "the closing lines of an Arabic document are alone",
           raw(style(".closing { break-before: page }")), AR),
    Defect("flow.headings", "a heading is at the foot of a page",
           raw((FOURTH, f'<h2 style="font-size: 14pt; font-weight: bold; break-after: page">Harbours</h2>{FOURTH}'))),
    Defect("flow.headings", "a heading of level three is at the foot of page one",
           manuscript(manuscripts.report(EN, f"1. {sentence(EN)}", "## Lamps", "### Oil", "<!-- page end -->",
                                         *numbered(sentence(EN), (2, 3, 4)), pagination="source"))),
    Defect("flow.single-lines", "the last line of a paragraph is at the top of a page",
           raw((FOURTH,
                '<p class="operative cut">One line before the end of the page that has no full stop and goes on and</p>'
                f'<p class="operative continued">on.</p>{FOURTH}'))),
    # completeness
    Defect("completeness.text", "a paragraph is missing",
           html(('<p class="formula">The Economic and Social Council,</p>', "")), compared=True),
    Defect("completeness.text", "a word is replaced", html(("40th plenary", "41st plenary")), compared=True),
    Defect("completeness.text", "a line is repeated",
           html((SESSION, SESSION * 2)), compared=True),
    Defect("completeness.text", "two lines are swapped",
           source(lambda made: replace(made, closing=made.closing[::-1])), compared=True),
    Defect("completeness.text", "an Arabic paragraph lacks a letter", html(("إذ يشير", "إذ يشر")), AR, compared=True),
    Defect("completeness.text-layer", "the pages are pictures", scan),
    Defect("completeness.visible", "a line is drawn without ink", set_with("Tr", 3, number=10, after=(0,))),
    Defect("completeness.visible", "a line is only a clipping path", set_with("Tr", 7, number=10, after=(0,))),
    Defect("completeness.visible", "all lines of a page are drawn without ink",
           redrawn(lambda operators: operators.insert(0, ([3], "Tr")))),
    Defect("completeness.visible", "a line is white", set_with("rg", 1, 1, 1, number=10, after=(0, 0, 0))),
    Defect("completeness.visible", "a line is nearly white", set_with("g", 0.93, number=10, after=(0,))),
    Defect("completeness.visible", "an Arabic line is drawn without ink", set_with("Tr", 3, number=10, after=(0,)), AR),
    Defect("completeness.visible", "a line has a size of 1 pt",
           operands("Tf", lambda given: given.__setitem__(1, 1.3), number=10)),
    Defect("completeness.visible", "a line is clipped",
           between([([], "q"), ([0, 0, 9, 9], "re"), ([], "W"), ([], "n")], [([], "Q")], number=10)),
    Defect("completeness.visible", "a line is in a hidden layer", hidden(10)),
    Defect("completeness.visible", "white covers some lines", over("1 1 1 rg 100 560 400 60 re f")),
    Defect("completeness.visible", "white covers a page", over("1 1 1 rg 0 0 612 792 re f")),
    Defect("completeness.visible", "black covers some lines", over("0 0 0 rg 100 560 400 60 re f")),
    Defect("completeness.visible", "a picture covers some lines", over("400 0 0 60 100 560 cm /Dots Do")),
    Defect("completeness.structure", "a line is on the page twice, once outside the structure",
           copied(10, ([Name.Artifact], "BMC"), y=450)),
    Defect("completeness.structure", "an Arabic line is on the page twice, once outside the structure",
           copied(10, ([Name.Artifact], "BMC"), y=670), AR),
    Defect("completeness.structure", "a line is on the page without marked content",
           copied(10, ([Name.Span], "BMC"), y=450)),
    Defect("completeness.structure", "a line is on the page once more, in a drawing", in_a_form(10, y=450)),
    Defect("completeness.structure", "a line is marked as an artifact", opened(10, ([Name.Artifact], "BMC"))),
    Defect("completeness.structure", "the last page is removed", changed(lambda file: file.pages.__delitem__(-1))),
    Defect("completeness.actual-text", "the replacement text has other words",
           opened(10, ([Name.Span, Dictionary(MCID=10, ActualText=String("nothing"))], "BDC"))),
    Defect("completeness.sources", "the attached Akoma Ntoso has another word",
           changed(damages.DAMAGES["the attached Akoma Ntoso lacks a word"])),
    Defect("completeness.sources", "the attached Akoma Ntoso is cut off",
           changed(damages.DAMAGES["the attached Akoma Ntoso is cut off"])),
    Defect("completeness.pictures", "all drawings are empty",
           changed(damages.DAMAGES["all drawings are empty"], report)),
    Defect("completeness.pictures", "a picture is of one colour",
           painted("q 90 0 0 90 90 90 cm /Low Do Q")),
    Defect("completeness.numbers", "groups of digits are typed backwards", manuscript(BACKWARDS), AR),
    # script
    Defect("script.order", "an emphasized Latin phrase is reversed",
           html(("دورة عام ٢٠٣١", "دورة <i>Official</i> <i>Records</i> <b>of the</b> Assembly")), AR),
    Defect("script.numbers", "a Latin point is the decimal mark of Arabic-Indic digits",
           html(("دورة عام ٢٠٣١", "دورة ١.٢٥")), AR),
    Defect("script.joining", "markup inside a word breaks a join",
           html(("دورة عام ٢٠٣١", "دو<i>رة</i> مست<i>قب</i>لهم")), AR),
    Defect("script.joins", "an Arabic line has letter-spacing", set_with("Tc", 1.5, number=10, after=(0,)), AR),
    Defect("script.joins", "kerning moves Arabic letters 0.8 pt apart", kerned(-60, number=10), AR),
    Defect("script.joins", "kerning makes Arabic letters overlap", kerned(80, number=10), AR),
    Defect("script.shape", "an Arabic line is squeezed", set_with("Tz", 70, number=10, after=(100,)), AR),
    Defect("script.shape", "a line is stretched",
           operands("Tm", lambda given: given.__setitem__(0, 1.1), number=10)),
    Defect("script.shape", "a word is raised", set_with("Ts", 6, number=10, after=(0,)), AR),
    Defect("script.shape", "a line is turned", changed(damages.DAMAGES["a line is turned"])),
    Defect("script.colour", "a line is red", set_with("rg", 1, 0, 0, number=10, after=(0, 0, 0))),
    Defect("script.colour", "an Arabic line is green", changed(damages.DAMAGES["a line is dark green"]), AR),
    Defect("script.struck", "a line goes through some words",
           changed(damages.DAMAGES["a line goes through a line of text"])),
    Defect("script.baselines", "the second half of a line is lowered",
           changed(damages.DAMAGES["the second half of a line is lowered by three points"])),
    Defect("script.baselines", "a line of a paragraph is lowered",
           changed(damages.DAMAGES["a line is lowered by five points"])),
    # fonts
    Defect("fonts.embedded", "a font is not embedded", font(not_embedded)),
    Defect("fonts.subset", "a font is embedded completely", font(rename("/Liberation-Serif"))),
    Defect("fonts.ours", "a font is not one of the bundled fonts", font(rename("/ABCDEF+ComicNeue"))),
    Defect("fonts.missing-glyphs", "characters have no glyph", font(no_glyphs)),
    Defect("fonts.shapes", "two digits have each other's outlines",
           changed(damages.DAMAGES["two digits have each other's outlines"])),
    Defect("fonts.text", "two Arabic letters have each other's ToUnicode",
           changed(damages.DAMAGES["two letters have each other's ToUnicode"]), AR),
    # boxes
    Defect("boxes.paper", "the paper is neither Letter nor A4",
           boxes(RectangleObject((0, 0, 600, 800)), "/MediaBox", "/TrimBox", "/BleedBox")),
    Defect("boxes.paper", "one page has another size",
           page(2, "/MediaBox", RectangleObject((0, 0, 595.28, 841.89)))),
    Defect("boxes.geometry", "a trim box extends beyond the paper",
           page(2, "/TrimBox", RectangleObject((-20, 0, 612, 792)))),
    Defect("boxes.geometry", "a page is rotated", page(3, "/Rotate", NumberObject(90))),
    Defect("boxes.geometry", "a page has a user unit", page(1, "/UserUnit", FloatObject(2))),
    Defect("boxes.trim", "text is cut off", page(2, "/TrimBox", RectangleObject((70, 0, 612, 792)))),
    Defect("boxes.trim", "text runs off the paper",
           raw(("2031 session", '<span style="margin-left: -80pt">2031</span> session'))),
    Defect("boxes.trim", "a picture runs off the paper", painted("q 90 0 0 90 570 90 cm /Low Do Q")),
    Defect("boxes.trim", "a line runs off the paper", painted("590 300 m 620 300 l S")),
    Defect("boxes.margins", "text is in the margin",
           raw(everywhere("note to the printer", "top: 300pt; left: -50pt"))),
    Defect("boxes.column", "a line begins in the margin", redrawn(moved((10,), x=-60))),
    Defect("boxes.column", "a line ends in the margin", redrawn(moved((10,), x=60))),
    Defect("boxes.column", "a text is far from its letter", redrawn(moved((5,), x=60))),
    Defect("boxes.column", "an Arabic line ends in the margin", redrawn(moved((10,), x=-50)), AR),
    # links
    Defect("links.well-formed", "a link has an invalid address", link(uri("htp:/undocs"))),
    Defect("links.well-formed", "a link has no target", link(lambda annotation: annotation.__delitem__("/A"))),
    Defect("links.targets", "the link of a symbol leads to another document", link(uri("https://undocs.org/E/2031/31"))),
    Defect("links.targets", "the link of a symbol in an Arabic document leads to another",
           link(uri("https://undocs.org/E/2031/31")), AR),
    Defect("links.targets", "the link of a symbol leads to a similar site",
           link(uri("https://undocs.org.example/E/2031/30"))),
    Defect("links.places", "a link is beside its text", changed(links_moved)),
    Defect("links.places", "a link has no height", changed(links_flattened)),
    Defect("links.places", "text that is not tagged as a link leads to an address",
           annotated("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/")))),
    Defect("links.destinations", "a call leads to the last page",
           changed(damages.DAMAGES["the named places lead to the last page"])),
    Defect("links.symbols", "symbols are not links",
           pdf(lambda writer: [leaf.__delitem__("/Annots") for leaf in writer.pages if "/Annots" in leaf])),
    # accessibility
    Defect("accessibility.tags", "the file is not marked as tagged", catalog("/MarkInfo")),
    Defect("accessibility.tags", "there is no structure tree", catalog("/StructTreeRoot")),
    Defect("accessibility.language", "the file declares no language", catalog("/Lang")),
    Defect("accessibility.language", "the file declares another language",
           catalog("/Lang", TextStringObject("fr")), AR),
    Defect("accessibility.parts", "a paragraph is declared in the language of another script",
           changed(damages.DAMAGES["a paragraph is in another script's language"])),
    Defect("accessibility.parts", "an Arabic paragraph is declared in English",
           changed(damages.DAMAGES["a paragraph is in another script's language"]), AR),
    Defect("accessibility.title", "viewers show the file name",
           catalog("/ViewerPreferences", DictionaryObject({NameObject("/Direction"): NameObject("/L2R")}))),
    Defect("accessibility.title", "the metadata have no title", metadata(b"dc:title", b"dc:source")),
    Defect("accessibility.alternatives", "a figure has no alternative text",
           element("/Figure", lambda figure: figure.__delitem__("/Alt"))),
    Defect("accessibility.headings", "a heading level is skipped",
           element("/H2", lambda node: node.__setitem__(NameObject("/S"), NameObject("/H4")))),
    Defect("accessibility.notes", "a note is not tagged as a note",
           element("/Note", lambda node: node.__setitem__(NameObject("/S"), NameObject("/P")))),
    Defect("accessibility.direction", "an Arabic file declares no direction",
           catalog("/ViewerPreferences", DictionaryObject({NameObject("/DisplayDocTitle"): NameObject("/true")})), AR),
    Defect("accessibility.page-labels", "pages have no labels", catalog("/PageLabels")),
    Defect("accessibility.page-labels", "labels differ from folios",
           catalog("/PageLabels", DictionaryObject({NameObject("/Nums"): ArrayObject(
               [NumberObject(0), DictionaryObject({NameObject("/S"): NameObject("/r")})])}))),
    Defect("accessibility.bookmarks", "there are no bookmarks", catalog("/Outlines")),
    Defect("accessibility.bookmark-targets", "a bookmark differs from its heading",
           bookmark(Title=lambda file: String("Another title"))),
    Defect("accessibility.bookmark-targets", "a bookmark leads to another page",
           bookmark(Dest=lambda file: Array([file.pages[2].obj, Name.Fit]))),
    Defect("accessibility.tables", "a table has no header cells", changed(renamed("/TH", "/TD"), report)),
    # archive
    Defect("archive.sound", "the page tree claims ten thousand million pages",
           pdf(lambda writer: writer.root_object["/Pages"].__setitem__(NameObject("/Count"), NumberObject(10**10)))),
    Defect("archive.sound", "the structure tree loops", pdf(loop)),
    Defect("archive.identification", "the file does not declare PDF/A",
           metadata(b"pdfaid:part=", b"pdfaid:pert=")),
    Defect("archive.identification", "the file has no metadata", catalog("/Metadata")),
    Defect("archive.colour", "there is no output intent", catalog("/OutputIntents")),
    Defect("archive.pictures", "a picture is interpolated", changed(interpolated)),
    Defect("archive.verapdf", "device colours without an output intent", catalog("/OutputIntents"), profile="archive"),
    Defect("archive.encryption", "the file is encrypted", pdf(encrypt)),
    Defect("archive.actions", "a script runs on opening",
           catalog("/OpenAction", action("JavaScript", JS=TextStringObject("app.alert(1)")))),
    Defect("archive.actions", "a link starts a program",
           link(lambda note: note.__setitem__(NameObject("/A"), action("Launch", F=TextStringObject("a"))))),
    Defect("archive.source", "the source is not attached", catalog("/AF")),
    Defect("archive.signature", "the file is marked as signed without a signature",
           catalog("/AcroForm", DictionaryObject({NameObject("/SigFlags"): NumberObject(3),
                                                  NameObject("/Fields"): ArrayObject()}))),
    Defect("archive.opening", "opening the file visits an address",
           catalog("/OpenAction", action("URI", URI=TextStringObject("https://example.org/")))),
    Defect("archive.attachments", "a program is attached", changed(attached)),
    Defect("archive.annotations", "a comment is on the page",
           annotated("FreeText", Contents=String("not adopted"), DA=String("/Helv 18 Tf"))),
    Defect("archive.annotations", "a stamp is on the page", annotated("Stamp")),
    # metadata
    Defect("metadata.creator", "the metadata has another organ",
           metadata(b">Economic and Social Council<", b">Security Council<")),
    Defect("metadata.language", "the metadata has another language",
           metadata(b"<rdf:li>en</rdf:li>", b"<rdf:li>fr</rdf:li>")),
    Defect("metadata.symbol", "the metadata has another symbol",
           metadata(b"E/RES/2031/18</dc:id", b"E/RES/2031/81</dc:id")),
    Defect("metadata.title", "the metadata has another title",
           metadata(b">Lighting of harbours", b">Fighting of harbours")),
    Defect("metadata.title", "the title is not a heading of the document",
           html(("<title>Lighting of harbours", "<title>The lighting of harbours"))),
    Defect("metadata.dates", "the file has another date",
           pdf(lambda writer: writer.add_metadata({"/CreationDate": "D:20310101"}))),
    # press
    Defect("press.black", "black is defined in red, green and blue", good, profile="press"),
    Defect("press.trim-box", "a page has no trim box",
           pdf(lambda writer: writer.pages[1].__delitem__("/TrimBox")), profile="press"),
    Defect("press.bleed-box", "there is no bleed", good, profile="press"),
    Defect("press.bleed", "a bar at the edge does not extend into the bleed",
           painted("0 g 0 400 120 50 re f"), profile="press"),
    Defect("press.output-intent", "the file has no PDF/X output intent", good, profile="press"),
    Defect("press.inks", "four full inks in one place", painted("1 1 1 1 k 90 90 90 90 re f"), profile="press"),
    Defect("press.images", "an image of low resolution", painted("q 90 0 0 90 90 90 cm /Low Do Q"), profile="press"),
    Defect("press.hairlines", "a line of 0.1 pt", painted("0.1 w 90 90 m 300 90 l S"), profile="press"),
    Defect("press.overprint", "white is set to overprint", painted("/Over gs 1 g 90 90 9 9 re f 0 g"), profile="press"),
    Defect("press.signature", "the number of pages is not a multiple of four",
           pdf(lambda writer: writer.add_blank_page(612, 792) if len(writer.pages) % 4 == 0 else None),
           profile="press"),
    Defect("press.binding", "an Arabic file is not marked for binding on the right", catalog("/ViewerPreferences"),
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
