"""Imposition: every page once, in its place, on the right face, unchanged."""

from __future__ import annotations

import io
import random
import re
import subprocess
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document.errors import OrderError, SourceError
from masthead.press.imposition import (
    Booklet,
    CutStack,
    Edge,
    NUp,
    Paper,
    Perfect,
    Saddle,
    SheetOptions,
    Turning,
    Worked,
    arrange,
    impose,
    preview_html,
    preview_svg,
)

WIDTH, HEIGHT, BLEED = 200, 280, 9


def publication(
    pages: int, *, direction: str = "/L2R", bleed: int = BLEED, size: tuple[int, int] = (WIDTH, HEIGHT), text: str = ""
):
    """A PDF of numbered pages, each different, drawing into its bleed."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    width, height = size
    for number in range(1, pages + 1):
        content = (
            f"0 0 0 1 k 2 w 5 5 {width - 10} {height - 10} re S BT /F 60 Tf 20 100 Td ({number}) Tj ET "
            f"0 {number % 7 / 7:.2f} 1 0 k {-bleed} 40 {width + 2 * bleed} 9 re f {10 + number % 90} 240 12 12 re f "
            f"% {text}"
        )
        pdf.pages.append(
            pikepdf.Page(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([-bleed, -bleed, width + bleed, height + bleed]),
                    BleedBox=Array([-bleed, -bleed, width + bleed, height + bleed]),
                    TrimBox=Array([0, 0, width, height]),
                    Resources=Dictionary(Font=Dictionary(F=font)),
                    Contents=pdf.make_stream(content.encode()),
                )
            )
        )
    pdf.Root.ViewerPreferences = Dictionary(Direction=Name(direction))
    return saved(pdf)


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    file = io.BytesIO()
    pdf.save(file, deterministic_id=not options, **options)
    return file.getvalue()


def broken(change) -> bytes:
    pdf = pikepdf.open(io.BytesIO(publication(4)))
    change(pdf)
    return saved(pdf)


def with_another_page(size: tuple[int, int], direction: str = "/L2R") -> bytes:
    """Four pages, the second of another size."""
    pdf = pikepdf.open(io.BytesIO(publication(4, direction=direction)))
    with pikepdf.open(io.BytesIO(publication(1, size=size))) as other:
        pdf.pages[1:2] = other.pages
        return saved(pdf)


# --- drawing ----------------------------------------------------------------------------------------------------------


def raster(pdf: bytes, index: int, corner: tuple[float, float], turned: bool) -> Image.Image:
    """The trimmed page at `corner` (its lower left one as it is read) at 144 dpi, upright."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[index]
    left, bottom, _, top = page.get_mediabox()
    x, y, scale = corner[0] - left, corner[1] - bottom, -2 if turned else 2
    bitmap = pypdfium2.PdfBitmap.new_native(2 * WIDTH, 2 * HEIGHT, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, 2 * WIDTH, 2 * HEIGHT)
    # The origin of a rendered page is at the top left: (x, height - y) is moved to (0, 2 * HEIGHT).
    matrix = pypdfium2.raw.FS_MATRIX(scale, 0, 0, scale, -scale * x, 2 * HEIGHT - scale * (top - bottom - y))
    clip = pypdfium2.raw.FS_RECTF(0, 0, 2 * WIDTH, 2 * HEIGHT)
    pypdfium2.raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, clip, 0)
    image = bitmap.to_pil().copy()
    for thing in (bitmap, page, document):
        thing.close()
    return image


def raster_whole(pdf: bytes, index: int) -> Image.Image:
    """A page as it is shown, at 144 dpi, without what is outside its crop box."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[index].render(scale=2).to_pil().convert("RGB")
    document.close()
    return image


def turned_image(pdf: bytes, index: int, turn: int, rotation: int = 0) -> Image.Image:
    """The trimmed page as its reader sees it, turned by so many degrees counterclockwise."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[index]
    page.set_rotation(0)
    page.set_cropbox(*page.get_trimbox())
    image = page.render(scale=2).to_pil().convert("RGB")
    document.close()
    return image.rotate(turn - rotation, expand=True)


def fraction_that_differs(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    histogram = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(histogram[64:]) / sum(histogram)


CASES = [
    (Saddle(), SheetOptions(), 10),
    (Saddle(2), SheetOptions(gutter=6), 11),
    (Perfect(2, 3), SheetOptions(gutter=6, spine=4, turning=Turning.HEAD_TO_TOE), 40),
    (CutStack(2, 2), SheetOptions(gutter=8), 13),
    (NUp(3, 1), SheetOptions(paper=Paper(450, 320), gutter=7), 8),
]


@pytest.mark.parametrize(("scheme", "options", "count"), CASES)
@pytest.mark.parametrize("direction", ["/L2R", "/R2L"])
def test_an_imposed_page_has_the_pixels_of_its_original(scheme, options, count, direction):
    source = publication(count, direction=direction)
    imposed = impose([source], scheme, options=options).data
    imposition = arrange([source], scheme, options=options)
    ((_, sheets),) = imposition.publications
    seen = 0
    for index, (_, face) in enumerate(imposition.faces(sheets)):
        for place in imposition.layout.placements(face):
            if place.page is None or place.page % 3:
                continue
            corner = (place.trim.right, place.trim.top) if place.turned else (place.trim.left, place.trim.bottom)
            original = raster(source, place.page, (0, 0), False)
            copy = raster(imposed, index, corner, place.turned)
            assert len(original.getcolors()) > 10
            # The same curves in another position: rounding in the renderer changes a shade by 2 of 255.
            worst = max(high for _, high in ImageChops.difference(original, copy).getextrema())
            assert worst <= 2
            seen += 1
    assert seen == -(-count // 3)


def test_scaled_pages_keep_their_proportions_and_stay_inside_the_paper():
    imposition = arrange([publication(9)], Booklet(), options=SheetOptions(paper=Paper.parse("A6")))
    layout = imposition.layout
    assert layout.width > layout.height and layout.scale < 1
    for sheet in imposition.publications[0][1]:
        for place in layout.placements(sheet.front):
            assert 0 < place.trim.left < place.trim.right < layout.width
            assert place.trim.height / place.trim.width == pytest.approx(HEIGHT / WIDTH)


def test_creep_moves_inner_pages_towards_their_spine():
    imposition = arrange([publication(16)], Saddle(), options=SheetOptions(creep=0.5))
    spine = imposition.layout.columns[0][1]
    gaps = []
    for sheet in imposition.publications[0][1]:
        left, right = imposition.layout.placements(sheet.front)
        gaps.append(left.trim.right - spine)
        assert left.clip.right == right.clip.left == spine
        assert right.trim.left - spine == pytest.approx(-gaps[-1])
    assert gaps == pytest.approx([depth * 0.5 * 72 / 25.4 for depth in range(4)])


def test_each_language_is_bound_at_its_own_edge_in_one_run():
    arabic, english = publication(5, direction="/R2L"), publication(4)
    imposition = arrange([arabic, english], Saddle())
    assert [edge for edge, _ in imposition.publications] == [Edge.RIGHT, Edge.LEFT]
    assert [edge for edge, _ in arrange([arabic, english], Saddle(), binding=Edge.LEFT).publications] == [Edge.LEFT] * 2
    with pikepdf.open(io.BytesIO(impose([arabic, english], Saddle()).data)) as run:
        assert len(run.pages) == 2 * (2 + 1)
        assert [sorted(page.Resources.XObject.keys()) for page in run.pages] == [
            ["/P1"], ["/P2"], ["/P3"], ["/P4", "/P5"], ["/P1", "/P4"], ["/P2", "/P3"],
        ]  # fmt: skip


def test_without_viewer_preferences_the_language_decides_the_binding_edge():
    def arabic(pdf):
        del pdf.Root.ViewerPreferences
        pdf.Root.Lang = pikepdf.String("ar")

    assert arrange([broken(arabic)], Saddle()).publications[0][0] is Edge.RIGHT


def test_an_imposed_file_is_valid_small_and_reproducible(tmp_path):
    source = publication(400, direction="/R2L", text=random.Random(1).randbytes(2000).hex())
    options = SheetOptions(gutter=6, spine=4, creep=0.1)
    first, second = (impose([source], Perfect(), options=options).data for _ in range(2))
    assert first == second
    assert len(first) <= 1.1 * len(source)
    path = tmp_path / "imposed.pdf"
    path.write_bytes(first)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_duplex_preference_says_how_sheets_are_turned():
    def duplex(options):
        with pikepdf.open(io.BytesIO(impose([publication(4)], Saddle(), options=options).data)) as pdf:
            return str(pdf.Root.ViewerPreferences.Duplex)

    assert duplex(SheetOptions()) == "/DuplexFlipShortEdge"
    assert duplex(SheetOptions(turning=Turning.HEAD_TO_TOE)) == "/DuplexFlipLongEdge"
    assert duplex(SheetOptions(paper=Paper(1300, 1300))) == "/DuplexFlipLongEdge"  # a square is as a portrait sheet


def test_the_direction_preference_says_where_sheets_are_bound():
    def direction(*publications):
        with pikepdf.open(io.BytesIO(impose(publications, NUp()).data)) as pdf:
            return pdf.Root.ViewerPreferences.get(Name.Direction)

    arabic, english = publication(3, direction="/R2L"), publication(3)
    assert direction(arabic) == direction(arabic, arabic) == Name.R2L
    assert direction(english) is None and direction(arabic, english) is None


def test_references_to_removed_pages_are_dropped():
    def outlined(pdf):
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))

    with pikepdf.open(io.BytesIO(impose([broken(outlined)], Saddle()).data)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/ViewerPreferences"}


def test_marks_are_outside_the_trim_in_the_registration_colour():
    with pikepdf.open(io.BytesIO(impose([publication(4)], Saddle()).data)) as pdf:
        page = pdf.pages[0]
        assert page.Resources.ColorSpace.Registration[1] == Name.All
        content = page.Contents.read_bytes().decode()
    layout = arrange([publication(4)], Saddle()).layout
    left, right = layout.columns[0][0], layout.columns[-1][1]
    bottom, top = layout.rows[-1][1], layout.rows[0][0]
    strokes = [
        line.split() for line in content.split("1 scn 0.25 w")[1].replace("[3 2] 0 d", "").split(" S") if " l" in line
    ]
    assert len(strokes) == 4 + 4 + 2
    for x1, y1, _, x2, y2, _ in strokes:
        for x, y in ((float(x1), float(y1)), (float(x2), float(y2))):
            assert not (left < x < right and bottom < y < top)


def test_each_signature_has_a_collating_mark_a_step_lower():
    def bars(sheets):
        with pikepdf.open(io.BytesIO(impose([publication(24)], Perfect(sheets=sheets)).data)) as pdf:
            contents = [page.Contents.read_bytes().decode().split() for page in pdf.pages]
        return [float(words[words.index("re") - 3]) for words in contents if "re" in words]

    assert bars(6) == []
    heights = bars(2)
    assert len(heights) == 3 and sorted(heights, reverse=True) == heights


def test_filled_forms_and_stamps_are_printed():
    def stamped(pdf):
        stamp = pdf.make_stream(b"0 0 50 50 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 50])
        pdf.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=[70, 150, 120, 200], AP=Dictionary(N=stamp))]
        )

    pdf = pypdfium2.PdfDocument(impose([broken(stamped)], CutStack(1, 1), options=SheetOptions(marks=False)).data)
    try:
        assert pdf[0].render().to_pil().convert("L").getpixel((95, HEIGHT - 175)) == 0
    finally:
        pdf.close()


def test_the_dry_run_draws_each_page_number_in_its_place():
    drawing = preview_svg(arrange([publication(7, direction="/R2L")], Saddle()))
    assert drawing.count('class="page"') == 7 and drawing.count('class="blank"') == 1
    assert drawing == preview_svg(arrange([publication(7, direction="/R2L")], Saddle()))


def test_a_preview_has_front_and_back_of_each_sheet_in_a_row():
    drawing = preview_svg(arrange([publication(16)], Saddle()))
    labels = re.findall(r">sheet (\d) (front|back),", drawing)
    assert labels == [(str(sheet), side) for sheet in range(1, 5) for side in ("front", "back")]
    places = [(float(x), float(y)) for x, y in re.findall(r"translate\(([\d.]+) ([\d.]+)\)", drawing)]
    left, right = places[0][0], places[1][0]
    assert [x for x, _ in places] == [left, right] * 4
    rows = [y for _, y in places]
    width, height = map(float, re.search(r'class="sheet" width="([\d.]+)" height="([\d.]+)"', drawing).groups())
    middles = re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">sheet', drawing)
    assert [float(x) for x in middles] == [pytest.approx(width / 2, abs=0.1)] * 8
    assert rows[::2] == rows[1::2]
    pages = re.findall(
        r'class="page" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>'
        r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"',
        drawing,
    )
    assert len(pages) == 16
    for x, y, across, down, middle, baseline, size in (map(float, page) for page in pages):  # its number is inside
        assert middle == pytest.approx(x + across / 2, abs=0.1)
        assert y < baseline - size / 3 == pytest.approx(y + down / 2, abs=0.1)
        assert size < across / 2
    assert all(lower - upper > height for upper, lower in pairwise(rows[::2]))


@pytest.mark.parametrize("option", ["--preview", "--dry-run"])  # the second is the old name
def test_the_command_draws_a_preview(tmp_path, option):
    (tmp_path / "a.pdf").write_bytes(publication(4))
    arguments = ["impose", tmp_path / "a.pdf", "--scheme", "saddle", option, tmp_path / "a.svg"]
    assert CliRunner().invoke(app, [str(each) for each in arguments]).exit_code == 0
    assert (tmp_path / "a.svg").read_text().count('class="page"') == 4


def test_the_command_still_accepts_the_old_name_of_a_scheme(tmp_path):
    (tmp_path / "a.pdf").write_bytes(publication(4))
    for scheme in ("cut-and-stack", "cut-stack"):
        arguments = ["impose", tmp_path / "a.pdf", "--scheme", scheme, "-o", tmp_path / f"{scheme}.pdf"]
        assert CliRunner().invoke(app, [str(each) for each in arguments]).exit_code == 0
    assert (tmp_path / "cut-and-stack.pdf").read_bytes() == (tmp_path / "cut-stack.pdf").read_bytes()


@pytest.mark.parametrize(("direction", "turn"), [("/L2R", 90), ("/R2L", -90)])
def test_a_landscape_page_is_turned_with_its_head_to_the_binding_edge(direction, turn):
    data = with_another_page((HEIGHT, WIDTH), direction)
    imposed = impose(data, CutStack(1, 1), options=SheetOptions(marks=False)).data
    expected = turned_image(data, 1, turn)
    drawn = raster_whole(imposed, 1)
    assert fraction_that_differs(drawn, expected) < 0.002
    assert fraction_that_differs(drawn, turned_image(data, 1, -turn)) > 0.01


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_is_imposed_as_it_is_shown(rotation):
    def rotate(pdf):
        for page in pdf.pages:
            page.Rotate = rotation

    data = broken(rotate)
    size = (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT)
    imposed = impose(data, CutStack(1, 1), options=SheetOptions(marks=False)).data
    with pikepdf.open(io.BytesIO(imposed)) as file:
        assert tuple(map(float, file.pages[1].mediabox[2:])) == size
    shown = raster_whole(imposed, 1)
    assert fraction_that_differs(shown, turned_image(data, 1, 0, rotation)) < 0.002


def test_pages_of_other_sizes_are_scaled_into_the_middle_of_a_booklet():
    data = with_another_page((2 * WIDTH, 2 * HEIGHT))
    imposed = impose(data, Booklet(), options=SheetOptions(marks=False, paper=Paper(400, 400))).data
    with pikepdf.open(io.BytesIO(imposed)) as file:
        content = file.pages[1].Contents.read_bytes()
    matrices = re.findall(rb"q ([\d.]+) 0 0 [\d.]+ ([\d.]+) ([\d.]+) cm", content)
    assert [float(scale) for scale, _, _ in matrices] == [0.5, 1]


def test_a_folder_has_the_sheets_of_each_publication_and_one_that_fails_stops_none(tmp_path):
    for name, data in (("a.pdf", publication(4)), ("b.pdf", b"no PDF"), ("c.pdf", publication(3))):
        (tmp_path / name).write_bytes(data)
    paths = sorted(tmp_path.glob("*.pdf"))
    command = ["impose", *map(str, paths), "--scheme", "saddle", "-o"]
    done = CliRunner().invoke(app, [*command, str(tmp_path / "sheets")])
    assert done.exit_code == 3 and "b.pdf: this is not a PDF" in done.output
    assert sorted(path.name for path in (tmp_path / "sheets").iterdir()) == ["a.pdf", "c.pdf"]
    assert (tmp_path / "sheets/a.pdf").read_bytes() == impose(publication(4), Saddle()).data
    kept = CliRunner().invoke(app, [*command, str(tmp_path)])
    assert kept.exit_code == 2 and paths[0].read_bytes() == publication(4)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.pdf").write_bytes(publication(4))
    twins = ["impose", str(paths[0]), str(tmp_path / "other/a.pdf"), "--scheme", "saddle", "-o", str(tmp_path / "x")]
    assert "2 PDFs are named a.pdf" in str(CliRunner().invoke(app, twins).exception)


def test_a_page_shows_how_sheets_are_folded(tmp_path):
    (tmp_path / "a.pdf").write_bytes(publication(7, direction="/R2L"))
    paths = [str(tmp_path / name) for name in ("a.pdf", "sheets.html", "b.pdf")]
    command = ["impose", paths[0], "--scheme", "perfect", "--section", "12", "--preview", paths[1], "-o", paths[2]]
    assert CliRunner().invoke(app, [*command, "--blank-after", "1"]).exit_code == 0
    shown = (tmp_path / "sheets.html").read_text("utf-8")
    steps = [
        "1. the upper row over",
        "2. the lower row over",
        "3. the right half over the left",
        "the spine at the right",
    ]
    assert [shown.find(step) for step in steps] == sorted(shown.find(step) for step in steps) and -1 not in map(
        shown.find, steps
    )
    assert shown.count('class="crease"') == 3 and '<td class="number">5</td>' in shown  # 12 places for 7 pages
    assert "a.pdf" in shown and "staircase" in shown and "Cut the" not in shown
    plate = preview_html(arrange(publication(8), Worked(Saddle(2), tumble=True)))
    assert "Cut the printed sheets between their middle rows" in plate and "staple" in plate
    assert "Folding" not in preview_html(arrange(publication(4), NUp(2, 1)))
    assert CliRunner().invoke(app, [*command[:6], "--preview", "a.png"]).exit_code == 2


def test_the_text_of_a_spine_is_on_the_spine(tmp_path):
    (tmp_path / "a.pdf").write_bytes(publication(2))
    command = ["impose", str(tmp_path / "a.pdf"), "--scheme", "cover", "--spine", "12", "--spine-text", "A/80/1 · قرار"]
    assert CliRunner().invoke(app, [*command, "-o", str(tmp_path / "c.pdf")]).exit_code == 0
    document = pypdfium2.PdfDocument(tmp_path / "c.pdf")
    width, height = document[0].get_size()
    text = document[0].get_textpage()
    where = [text.get_charbox(index) for index in range(text.count_chars()) if text.get_text_range(index, 1) in "A/8"]
    document.close()
    assert len(where) >= 4 and all(abs((left + right) / 2 - width / 2) < 6 * 72 / 25.4 for left, _, right, _ in where)
    heads = [top for _, _, _, top in where]
    assert heads == sorted(heads, reverse=True) and height / 3 < heads[0] < height * 2 / 3  # from head to foot


# --- what is refused --------------------------------------------------------------------------------------------------


def _enlarge(pdf):
    pdf.pages[1].UserUnit = 2


def _mix(pdf):
    pdf.pages[2].TrimBox = Array([0, 0, WIDTH - 20, HEIGHT])


def _stray(pdf):
    pdf.pages[0].TrimBox = Array([-40, 0, WIDTH, HEIGHT])


def _flatten(pdf):
    pdf.pages[0].TrimBox = Array([0, 0, 0, 0])


def _unbleed(pdf):
    pdf.pages[0].BleedBox = Array([20, 20, 100, 100])


def _sign(pdf):
    pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_enlarge, "page 2: the page is scaled"), (_mix, "page 3 is 63.5 × 98.8 mm, but most pages are 70.6 × 98.8 mm"),
        (_stray, "page 1: the trim box extends beyond the media box"),
        (_flatten, "page 1: the trim box measures only 0.0 × 0.0"),
        (_unbleed, "page 1: the trim box extends beyond the bleed box"), (_sign, "the PDF is signed"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_imposed_is_refused_with_the_reason(change, words):
    with pytest.raises(SourceError, match=words) as caught:
        impose([broken(change)], Saddle())
    assert caught.value.hint


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_file_is_refused(password):
    data = saved(pikepdf.open(io.BytesIO(publication(2))), encryption=pikepdf.Encryption(owner="owner", user=password))
    with pytest.raises(SourceError, match="password" if password else "encrypted"):
        impose([data], Saddle())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.7\nno more", "the PDF is damaged: can't find startxref"),
        (publication(3)[:-200], "damaged"),
        (b"<html>", "this is not a PDF"),
    ],
)
def test_a_damaged_file_is_refused(data, words):
    with pytest.raises(SourceError, match=words):
        impose([data], Saddle())


def test_a_page_of_a_centimetre_is_the_smallest():
    millimetre = 72 / 25.4
    impose([publication(2, size=(10.5 * millimetre, 300))], Saddle())
    with pytest.raises(SourceError, match=r"measures only 9\.5 ×"):
        impose([publication(2, size=(9.5 * millimetre, 300))], Saddle())


def test_publications_of_different_sizes_are_refused(tmp_path):
    with pytest.raises(SourceError, match="PDF 2: the page size differs"):
        impose([publication(2), publication(2, size=(300, 400))], Saddle())
    (tmp_path / "a.pdf").write_bytes(publication(2, size=(300, 400)))
    with pytest.raises(SourceError, match=r"a\.pdf: the page size differs"):
        impose([publication(2), tmp_path / "a.pdf"], Saddle())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Perfect(sheets=0), "0 sheets"), (lambda: Saddle(folds=4), "4 folds"),
        (lambda: NUp(0, 2), "0 columns"), (lambda: SheetOptions(creep=9), "creep out of range: 9 mm"),
        (lambda: Paper.parse("A99"), "unknown paper size: A99"), (lambda: Paper.parse("1x1"), "unknown paper size"),
    ],
)  # fmt: skip
def test_impossible_options_are_refused(make, words):
    with pytest.raises(OrderError, match=words):
        make()


def test_pages_are_not_shrunk_by_schemes_that_keep_their_size():
    with pytest.raises(OrderError, match="do not fit on 105 × 148 mm") as caught:
        impose([publication(4)], Saddle(), options=SheetOptions(paper=Paper.parse("A6")))
    assert "they need" in caught.value.hint


def test_the_command_folds_to_twelve_pages_and_works_and_turns(tmp_path):
    source, path = tmp_path / "x.pdf", tmp_path / "sheets.pdf"
    source.write_bytes(publication(12))
    command = ["impose", str(source), "--scheme", "saddle", "--section", "12", "-o", str(path)]
    assert CliRunner().invoke(app, command).exit_code == 0
    with pikepdf.open(path) as file:
        assert len(file.pages) == 2
    assert CliRunner().invoke(app, [*command, "--work", "turn", "--controls"]).exit_code == 0
    with pikepdf.open(path) as file:
        (plate,) = file.pages
        assert file.Root.ViewerPreferences.Duplex == Name.Simplex
        assert len(plate.Resources.XObject) == 12
        assert float(plate.mediabox[2]) > 4 * WIDTH
    drawing = preview_svg(arrange(source, Worked(Saddle(section=12), tumble=True)))
    assert "sheet 1 both sides" in drawing
    assert "back" not in drawing


def test_a_sheet_is_not_folded_to_ten_pages():
    with pytest.raises(OrderError, match="cannot be folded to 10 pages") as raised:
        Perfect(section=10)
    assert raised.value.hint == "give 4, 8, 12, 16, 24"
