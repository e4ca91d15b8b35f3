"""What each stage returns for a fixed set of sources, as text, and a table of its digests.

    python tests/support/results.py [--accept [SOURCE ...] | --write FOLDER]

The table `tests/data/results.tsv` says with which results the tests passed last; `tests/project/test_results.py`
compares it. Without an option, the command prints the results that differ from the table. `--accept` rewrites it, or
its rows for some sources. To see how a result differs from that of another commit, let both checkouts write theirs, and
compare the folders:

    git worktree add /tmp/before HEAD~1
    (cd /tmp/before && PYTHONPATH=pipeline:benchmarks python tests/support/results.py --write /tmp/a)
    PYTHONPATH=pipeline:benchmarks python tests/support/results.py --write /tmp/b
    diff -r /tmp/a /tmp/b

Places on typeset pages are left out, because they depend on the system's Pango. Results of published documents of the
United Nations need MASTHEAD_REFERENCE.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree
from rich.console import Console
from typer.testing import CliRunner

import changes
import charts
import fuzz
from corpora import sample
from damages import DAMAGES, Inapplicable, Operators, damaged, redrawn
from discords import DISCORDS, REPORT, RESOLUTION, VERSIONS, Discord
from masthead import __version__, comparison, editing, formats, page, pdf, preflight, publication
from masthead.cli.app import app
from masthead.document import Document, DocumentType, Language, MastheadError, Variant, terms
from masthead.editing import concordance, lint
from masthead.formats.markdown import reader as markdown
from masthead.preflight import report as reports
from masthead.press import imposition
from masthead.press.imposition import SheetOptions
from masthead.press.pdfx import PdfxStandard, to_pdfx
from masthead.publication import Options
from paths import DATA, EXAMPLES, ROOT, SPECIMENS
from reference import VARIABLE
from slips import SEEDS

TABLE = DATA / "results.tsv"
_DAY = date(2049, 3, 14)
_SHOWN = (".md", ".svg", ".xml", ".txt", ".akn", ".docx")
_COMMANDS = (
    "lint slipped.md", "lint slipped.md ar.md --json", "lint --fix slipped.md", "lint --all en.md ar.md",
    "lint slipped.md --sarif found.sarif", "lint slipped.md --config lint.toml", "lint absent.md", "lint en.pdf",
    "lint --write slipped.md", "refs ar.md", "refs en.md --json", "refs absent.md", "text en.pdf", "text en.md",
    "concord ar.md en.md fr.md", "concord en.md fr.pdf --json", "concord en.md", "concord ar.md en.md --html page.html",
    "check en.pdf fr.pdf", "check en.pdf --json", "check en.pdf --profile pres", "check en.pdf --report r.html",
    "check en.pdf --report r.xml", "check en.pdf --report r.png", "check absent.pdf", "check en.md",
    "compare en.pdf fr.pdf", "compare en.pdf en.pdf", "compare en.pdf fr.pdf --as text", "compare en.pdf absent.pdf",
    "compare en.pdf", "compare en.pdf fr.pdf --as nothing", "compare en.pdf pdfs", "compare pdfs en.pdf",
    "compare pdfs", "impose en.pdf --scheme booklet -o b.pdf",
    "impose en.pdf --scheme saddle --preview s.svg", "impose en.pdf", "impose en.md --scheme booklet",
    "impose en.pdf fr.pdf --scheme n-up --columns 2 --rows 1 --paper A3 -o n.pdf",
    "impose en.pdf --scheme booklet --columns 2 -o b.pdf", "impose en.pdf --scheme perfect --creep 99 -o b.pdf",
    "impose en.pdf --scheme cut-and-stack --binding right --gutter 3 --preview c.svg", "ticket", "ticket ticket.toml",
    "ticket en.md", "ticket absent.toml", "schema", "convert en.md --to html", "convert en.md -o en.akn",
    "convert en.akn", "convert en.md fr.md ar.md -o many --to docx", "convert en.md fr.md", "convert en.md -o en.md",
    "convert many/en.docx -o back.md", "convert fr.pdf --to md", "convert en.md --to gif", "sign absent.pdf",
    "new resolution --language fr --date 2049-03-14", "new report --language ar --date 2049-03-14 -o r.md",
    "new report --language ar --date 2049-03-14 -o r.md", "new nothing --language fr",
    "new letter --language zh --date 2049-13-14", "publish absent.md -o out",
    "publish en.md --pagination no", "approve", "collect", "watch absent.md", "queue --journal journal.sqlite",
    "convert en.md -o en.xyz", "convert en.md -o bare", "convert en.md fr.md -o both.md",
    "convert en.md -o many --pattern {stem}.html --to md", "convert en.md -o many --to gif", "convert en.md absent.md",
    "convert en.md absent.md -o many --to html", "convert fr.md -o en.md --force", "convert ar.md --to akn --pattern x",
    "approve kept -m first --by A --baselines base", "compare kept --baselines base", "review kept --baselines base",
    "compare one.pdf --baselines base", "approve kept -m first",
    "approve kept -m no --undo --by B --baselines base", "compare kept --baselines base --json",
    "collect --baselines base",
)  # fmt: skip
Results = Iterator[tuple[str, object]]

_PDFS = (  # small, and of different programs and offices
    "pdf/A_RES_73_6-EN.pdf", "pdf/A_RES_73_8-EN.pdf", "pdf/ohchr_1_ru.pdf", "pdf/A_80_604_Add.1.pdf",
    "geneva/A_HRC_WG.6_7_ITA_1.fr.pdf", "geneva/ECE_TRADE_C_CEFACT_2018_6.en.pdf",
)  # fmt: skip
_WORD_FILES = ("pdf/A_80_604_Add.1.docx", "reports/A_81_6_Sect_34.docx")
_COUNCIL = "files of the Council"
_REARRANGED = "rearranged pages"
REFERENCES = (
    _REARRANGED,
    *_PDFS,
    *_WORD_FILES,
    f"damaged {_WORD_FILES[0]}",
    _COUNCIL,
)
_DAMAGED = ("E_RES_2017_18.ar.txt", "E_RES_2041_7.en.md", "specimens/A_104_96.en.md", "specimens/A_HRC_98_8.ru.md")
_PUBLISHED = ("E_RES_2017_18.ar.md", "specimens/A_104_96.en.md", "specimens/A_RES_104_12.zh.md")
_KEPT = (DATA / "published/A_104_96.en.pdf", DATA / "published/A_RES_104_12.ar.pdf")
_PARTS = 4
_OF_THE_SYSTEM = ("a font is not embedded", "the font file is damaged")  # PDFium draws another font then
_OPERATORS: Operators = [
    ([0.5], "g"),
    ([1, 0, 0], "rg"),
    ([0, 0, 0, 0.3], "k"),
    ([1], "g"),
    ([0, 1, 0], "RG"),
    ([3], "Tr"),
    ([1], "Tr"),
    ([2], "Ts"),
    ([150], "Tz"),
    ([3], "Tw"),
    ([1], "Tc"),
    ([4], "w"),
    ([0, 1, -1, 0, 300, 300], "cm"),
    ([], "Q"),
    ([1.1, 0, 0, 1.1, -20, 9], "cm"),
    ([50, 300, 200, 90], "re"),
    ([], "f"),
    ([], "S"),
    ([], "W*"),
    ([], "n"),
]
_SCHEMES = {
    "saddle": (imposition.Saddle(), SheetOptions()),
    "saddle-2": (imposition.Saddle(folds=2), SheetOptions(creep=1, gutter=9)),
    "perfect": (imposition.Perfect(sheets=1), SheetOptions(spine=6)),
    "n-up": (imposition.NUp(2, 2), SheetOptions(paper=imposition.Paper(842, 595), marks=False)),
    "cut-stack": (imposition.CutStack(2, 2), SheetOptions(turning=imposition.Turning.HEAD_TO_TOE)),
    "booklet": (imposition.Booklet(), SheetOptions()),
}


def groups() -> dict[str, Callable[[], Results]]:
    """Return what makes results, by the name of the source; each result has the name of its stage."""
    sources = sorted([*EXAMPLES.glob("*.md"), *EXAMPLES.glob("*.txt"), *SPECIMENS.glob("*.md"), *VERSIONS.glob("*.md")])
    return {
        **{path.name: partial(_of_source, path) for path in sources},
        **{f"drafts in {language}": partial(_drafts, language) for language in Language},
        "charts": lambda: iter(charts.of_every_kind()),
        "slips": _slips,
        **{f"damaged {name}": partial(_damaged, EXAMPLES / name) for name in _DAMAGED},
        "concordance": _concordance,
        **{f"published {name}": partial(_published, EXAMPLES / name) for name in _PUBLISHED},
        **{f"documents of every kind {part}": partial(_of_every_kind, part) for part in range(_PARTS)},
        **{f"damages of a PDF {part}": partial(_damages, part) for part in range(_PARTS)},
        **{path.name: partial(_of_pdf, path) for path in _KEPT},
        "redrawn pages": _redrawn,
        "changes of a PDF": _changes,
        "commands": _commands,
    }


def groups_of_references(folder: Path) -> dict[str, Callable[[], Results]]:
    """The same for published documents in the folder of reference files."""
    return {
        **{name: partial(_of_pdf, folder / name) for name in _PDFS},
        **{name: partial(_of_source, folder / name) for name in _WORD_FILES},
        f"damaged {_WORD_FILES[0]}": partial(_damaged_parts, folder / _WORD_FILES[0], 20),
        _COUNCIL: partial(_council, folder / "council"),
        _REARRANGED: partial(_rearranged, folder / "pdf"),
    }


def _of_source(path: Path) -> Results:
    document = formats.read(path)
    yield "document", document
    yield "lint", lint.check(path)
    yield "references", list(editing.references(document))
    yield "html", page.mark_up(document)
    yield from _written(document)


def _written(document: Document) -> Results:
    for suffix in formats.WRITABLE:
        yield suffix, _or_error(partial(formats.render, document, suffix))


def _or_error(make: Callable[[], object]) -> object:
    try:
        return make()
    except MastheadError as error:
        return _said(error)


def _said(error: MastheadError) -> object:
    return error.message, error.where, error.hint


def _drafts(language: Language) -> Results:
    for kind in DocumentType:
        for organ in terms.Organ:
            yield (
                f"{kind} of {organ}",
                _or_error(
                    lambda kind=kind, organ=organ: formats.new_document(kind, language, organ, date(2049, 3, 14))
                ),
            )


def _slips() -> Results:
    for number, seed in enumerate(SEEDS, 1):
        text, _ = seed.sown()
        yield f"{number} {seed.rule}", _or_error(partial(_linted, text, str(seed.path)))


def _linted(text: str, name: str) -> object:
    found = lint.check_document(markdown.read(text.encode(), name), name, text)
    return found, lint.diff(text, lint.apply(text, lint.edits(found)), name)


def _damaged(path: Path) -> Results:
    """What is read of a source, and of the Akoma Ntoso and Word files made of it, after changes at random."""
    document, chance = formats.read(path), random.Random(path.name)
    known = {each.name: each.read_bytes() for each in (path, SPECIMENS / "A_RES_104_12.es.md")}
    changed = [fuzz.changed(path.name, known[path.name], known, chance) for _ in range(80)]
    yield path.suffix, [_or_error(partial(formats.parse, data, path.name)) for data in changed]
    akn = formats.render(document, ".akn")
    yield ".akn", [_or_error(partial(formats.parse, _changed_xml(akn, chance), "x.akn")) for _ in range(80)]
    yield ".docx", [*_of_changed_parts(formats.render(document, ".docx"), chance, 40)]


def _damaged_parts(path: Path, count: int) -> Results:
    yield path.suffix, [*_of_changed_parts(path.read_bytes(), random.Random(path.name), count)]


def _of_changed_parts(data: bytes, chance: random.Random, count: int) -> Iterator[object]:
    """What is read of a Word file after each of some changes in its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = ["word/document.xml"] * 3 + [
        name for name in parts if name.endswith(("notes.xml", "er1.xml", "bering.xml"))
    ]
    for _ in range(count):
        name = chance.choice(names)
        with zipfile.ZipFile(buffer := io.BytesIO(), "w") as package:
            for each, content in parts.items():
                package.writestr(each, _changed_xml(content, chance) if each == name else content)
        yield _or_error(partial(formats.parse, buffer.getvalue(), "x.docx"))


def _changed_xml(data: bytes, chance: random.Random) -> bytes:
    """Return an XML file with elements or attributes removed, repeated, renamed or exchanged."""
    root = etree.fromstring(data)
    elements = [each for each in root.iterdescendants() if isinstance(each.tag, str)]
    for one, other in [chance.sample(elements, 2) for _ in range(chance.randint(1, 3))]:
        parent = one.getparent()
        match chance.randrange(6):
            case 0 if parent is not None:
                parent.remove(one)
            case 1 if parent is not None:
                parent.insert(parent.index(one), deepcopy(one))
            case 2:
                one.tag = other.tag
            case 3 if one.attrib:
                del one.attrib[chance.choice(sorted(one.attrib))]
            case 4:
                one.attrib.update(other.attrib)
            case _:
                one.text, other.text = other.text, one.text
    return etree.tostring(root)


def _of_every_kind(part: int) -> Results:
    """The results for documents that have every kind of block, in any order and with any signs."""
    sources = (DATA / "documents.jsonl").read_text("utf-8").splitlines()
    for number, text in list(enumerate(map(json.loads, sources), 1))[part::_PARTS]:
        document = markdown.read(text.encode(), "x.md")
        forms = dict(_written(document))
        read = {
            suffix: _or_error(partial(formats.parse, data, f"x{suffix}"))
            for suffix, data in forms.items()
            if isinstance(data, bytes)
        }
        yield f"{number}", (_or_error(partial(page.mark_up, document)), lint.check_document(document, "x.md", text))
        yield f"{number} forms", (forms, read)


def _concordance() -> Results:
    for name in (RESOLUTION, REPORT):
        versions = {
            path.name.split(".")[-2]: concordance.Version.of(
                formats.read(path), path.name.split(".")[-2], path=str(path)
            )
            for path in sorted([*SPECIMENS.glob(f"{name}.??.md"), *VERSIONS.glob(f"{name}.??.md")])
        }
        yield name, concordance.to_dict(concordance.concord([*versions.values()]))
        seeded = [each for each in DISCORDS if each.document == name]
        for number, discord in enumerate(seeded[::5]):
            yield f"{name} {number}", _discord(discord, versions)


def _discord(discord: Discord, versions: Mapping[str, concordance.Version]) -> object:
    changed = markdown.read(discord.sown().encode(), str(discord.path))
    version = concordance.Version.of(changed, discord.language)
    found = concordance.concord([*(versions | {discord.language: version}).values()])
    return concordance.to_dict(found), concordance.to_html(found)


def _published(path: Path) -> Results:
    for variant in ("archive", "press-x1a"):
        edition = publication.publish(path, Options(variant=Variant(variant)))
        yield variant, (edition.report.facts, edition.report.findings, pdf.read_text(edition.pdf.data))
        yield f"{variant} catalogue", _catalogue(edition.pdf.data)


def _catalogue(data: bytes) -> object:
    evidence = pdf.gather(data)
    return (
        evidence.metadata,
        [*pdf.read_bookmarks(evidence.reader)],
        [(block.kind, block.text, block.language, block.alternative) for block in evidence.tree],
        evidence.damage,
    )


def _changes() -> Results:
    base = changes.rich(publication.publish(EXAMPLES / "specimens/A_104_30.en.md").pdf.data)
    for kind in changes.KINDS[::3]:
        if made := kind.made(base):
            yield kind.name, comparison.compare(base, made).differences


def _damages(part: int) -> Results:
    """What is found in a published file, and between it and the good one, after each of the seeded damages."""
    good = [path.read_bytes() for path in _KEPT]
    if part < len(good):
        yield "in print", _press_copy(good[part], "page {} من ١٢")
    for number, (words, change) in list(enumerate(DAMAGES.items()))[part::_PARTS]:
        if number % 3 == 1 or words in _OF_THE_SYSTEM:
            continue
        for data in (good[number % 2], good[1 - number % 2]):
            with contextlib.suppress(Inapplicable):
                yield words, _judged(data, damaged(data, change))
                break


def _redrawn() -> Results:
    """What is read and found in a published file whose pages are turned, moved, split, or drawn in other ways."""
    good = _KEPT[1].read_bytes()
    for name, change in _TURNED.items():
        made = damaged(good, change)
        yield name, (_shown(pdf.gather(made).pages), preflight.check(made, profile="default").findings)
    for name, change in _COLOURED.items():
        made = damaged(good, change)
        yield name, (_judged(good, made), _press_copy(made))
    good = _KEPT[0].read_bytes()
    for at in (0.3, 0.7):
        parted = damaged(good, partial(_split, at=at))
        yield f"split at {at}", _judged(good, parted)
        yield f"joined at {at}", _compared(parted, good)


def _split(file: pikepdf.Pdf, at: float) -> None:
    """Make two pages of the second."""
    file.pages.insert(2, file.pages[1])
    for number, is_first in ((1, True), (2, False)):
        redrawn(file.pages[number], file, lambda operators, first=is_first: _keep_part(operators, at, first=first))


def _keep_part(operators: Operators, at: float, *, first: bool) -> None:
    """Take the text from one part of a page."""
    end = round(len(operators) * at)
    operators[:] = [
        each for place, each in enumerate(operators) if (place < end) is first or each[1] not in ("Tj", "TJ", "'")
    ]


def _on_each_page(change: Callable[[pikepdf.Pdf, pikepdf.Page], object]) -> Callable[[pikepdf.Pdf], None]:
    def changed(file: pikepdf.Pdf) -> None:
        for each in file.pages:
            change(file, each)

    return changed


def _set(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    return _on_each_page(lambda file, page: [setattr(page.obj, key, value) for key, value in entries.items()])


def _within(matrix: str, width: float = 612, height: float = 792) -> Callable[[pikepdf.Pdf], None]:
    """Draw all of a page under a matrix, on a page of that size."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.contents_add(f"q {matrix} cm\n".encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.obj.MediaBox = pikepdf.Array([0, 0, width, height])

    return _on_each_page(change)


def _with(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Draw something more, in colours and with pictures of all kinds."""

    def change(file: pikepdf.Pdf, page: pikepdf.Page) -> None:
        function = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0.5, 0], N=1)
        two = file.make_stream(b"{pop dup 0 exch 0}", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1] * 4)
        profile = file.make_stream(b"none", N=3)
        name = pikepdf.Name
        page.obj.Resources.ColorSpace = spaces = pikepdf.Dictionary(
            Spot=[name.Separation, name.Red, name.DeviceCMYK, function],
            Inks=[name.DeviceN, [name.Cyan, name.Gold], name.DeviceCMYK, two],
            Lab=[name.Lab, pikepdf.Dictionary(WhitePoint=[0.95, 1, 1.08])],
            Few=[name.Indexed, name.DeviceRGB, 1, pikepdf.String("\0\0\0abc")],
            Own=[name.ICCBased, profile],
            Same=name.DeviceGray,
        )
        for key, space in (("Im1", spaces.Few), ("Im2", name.DeviceGray), ("Im3", name.DeviceRGB)):
            sides = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": space}
            stream = file.make_stream(bytes(range(12)), Type=name.XObject, Subtype=name.Image, **sides)
            page.add_resource(stream, name.XObject, name=f"/{key}")
        page.contents_add(b"q", prepend=True)
        page.contents_add(b" Q q " + content + b" Q ")

    return _on_each_page(change)


_PLACE = b"90 0 0 60 200 300 cm "
_TURNED = {
    "turned left": _within("0 1 -1 0 792 0", 792, 612),
    "turned right": _within("0 -1 1 0 0 612", 792, 612),
    "upside down": _within("-1 0 0 -1 612 792"),
    "mirrored": _within("-1 0 0 1 612 0"),
    "slanted": _within("1 0.1 0 1 0 -20"),
    "half as large": _within("0.5 0 0 0.5 0 0", 306, 396),
    **{f"shown turned by {turn}": _set(Rotate=turn) for turn in (90, 180, 270)},
    "from another corner": _set(MediaBox=[-10, -20, 602, 772]),
    "cropped": _set(CropBox=[30, 40, 580, 760]),
    "in larger units": _set(UserUnit=2),
}
_COLOURED = {
    "spot colours": _with(
        b"/Spot cs 0.4 scn 9 9 60 60 re f /Inks cs 0.2 0.7 scn 90 9 60 60 re f /Inks CS 1 0 SCN 5 5 m 9 99 l S"
    ),
    "other spaces": _with(
        b"/Lab cs 50 20 30 sc 9 9 60 60 re f /Few cs 1 sc 99 9 60 60 re f /Same cs 0.5 sc 200 9 9 9 re f"
    ),
    "a profile": _with(b"/Own cs 0.5 0.2 0.1 sc 9 9 60 60 re f /Own CS 0 0 1 SC 3 w 9 9 60 60 re S"),
    "ink and paper": _with(
        b"0.2 0.3 0.4 0.5 k 9 9 60 60 re B* 1 1 0 rg 1 0 0 RG 70 9 60 60 re b 0.3 G 5 w 5 5 m 9 99 l S"
    ),
    **{f"picture {number}": _with(_PLACE + f"/Im{number} Do".encode()) for number in (1, 2, 3)},
    "a picture in the text": _with(_PLACE + b"BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI"),
    "a stencil": _with(_PLACE + b"0 0 1 rg BI /W 8 /H 1 /IM true ID a EI"),
    "broken content": _with(b"1 0 0 rg (abc Tj 4 4 re f ]"),
}


def _judged(before: bytes, after: bytes) -> object:
    found = _or_error(lambda: preflight.check(after, profile="default").findings)
    return found, _or_error(lambda: comparison.compare(before, after).differences)


def _commands() -> Results:
    """What commands print, their exit codes, and the files that they write, save PDFs."""
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for language in ("ar", "en", "fr"):
            shutil.copy(SPECIMENS / f"A_RES_104_12.{language}.md", f"{language}.md")
        slipped, _ = SEEDS[0].sown()
        Path("slipped.md").write_text(slipped, "utf-8")
        Path("lint.toml").write_text('[severity]\nnote-end = "warning"\n[[exempt]]\nrule = "x"\n', "utf-8")
        Path("ticket.toml").write_text('copies = 2\nmedia = "A4"\n[files."b.pdf"]\ncopies = 9\n', "utf-8")
        publication.publish(Path("en.md")).pdf.save(Path("en.pdf"))
        publication.publish(Path("fr.md")).pdf.save(Path("fr.pdf"))
        for name in ("pdfs", "kept"):
            Path(name).mkdir()
        shutil.copy("en.pdf", "pdfs")
        for path in _KEPT:
            shutil.copy(path, "kept")
        shutil.copy(_KEPT[0], "one.pdf")
        environment = {"COLUMNS": "100", "XDG_CACHE_HOME": cache, "CI": None}
        for command in _COMMANDS:
            before = {path: path.stat().st_mtime_ns for path in Path().rglob("*")}
            run = CliRunner().invoke(app, command.split(), env=environment, color=False)
            error = _said(run.exception) if isinstance(run.exception, MastheadError) else None
            written = [path for path in sorted(Path().rglob("*")) if path.stat().st_mtime_ns != before.get(path)]
            shown = [(str(each), each.read_bytes() if each.suffix in _SHOWN else b"") for each in written]
            yield command, text_of((run.exit_code, error, run.stdout, run.stderr, shown)).replace(folder, "FOLDER")


def _rearranged(folder: Path) -> Results:
    """The comparison of published PDFs with their pages in another order, and with each other."""
    for path in (folder / "A_RES_73_6-EN.pdf", folder / "A_RES_73_8-EN.pdf", folder / "A_80_604_Add.1.pdf"):
        count = len(pikepdf.Pdf.open(path).pages)
        every = [*range(count)]
        for order in (every[1:], every[:-1], every[::-1], [*every, 0], [0, *every], every[:1] + every[2:]):
            yield f"{path.name} {order}", _compared(path.read_bytes(), _in_order(path, order))
    yield "two resolutions", _compared(*((folder / f"A_RES_73_{number}-EN.pdf").read_bytes() for number in (6, 8)))


def _compared(before: bytes, after: bytes) -> object:
    found = comparison.compare(before, after)
    return found.differences, comparison.reports.to_text(found)


def _in_order(path: Path, order: list[int]) -> bytes:
    with pikepdf.Pdf.open(path) as file:
        pages = [*file.pages]
        del file.pages[:]
        file.pages.extend(pages[number] for number in order)
        file.save(buffer := io.BytesIO(), deterministic_id=True)
    return buffer.getvalue()


def _of_pdf(path: Path) -> Results:
    data = path.read_bytes()
    evidence = pdf.gather(data)
    yield "pages", _shown(evidence.pages)
    yield "texts", evidence.texts
    yield "structure", (evidence.tree, evidence.damage)
    yield "facts", evidence.facts
    yield "catalogue", (evidence.metadata, evidence.links, evidence.held and len(evidence.held))
    report = preflight.check(data, profile="default" if path in _KEPT else "foreign")
    yield "findings", report.findings
    if path.name == Path(_PDFS[0]).name:  # it names every rule: enough once
        yield "report", [reports.to_json(report), reports.to_junit(report, "x"), reports.to_sarif(report, "x")]
        console = Console(file=(table := io.StringIO()), width=100)
        console.print(reports.table(report), reports.exemptions(report.profile))
        yield "report for people", (table.getvalue(), reports.to_html(report, "x", data))
    for name, (scheme, options) in _SCHEMES.items():
        yield name, _or_error(partial(_imposed, data, scheme, options))
    yield "press copy", _press_copy(data)


def _shown(pages: object) -> str:
    return repr(pages).replace("Character(", "\nCharacter(")  # repr is fast, and pages are large


def _press_copy(data: bytes, slug: str = "") -> object:
    slugs = [slug.format(number) for number in range(len(pikepdf.Pdf.open(io.BytesIO(data)).pages) if slug else 0)]
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # of pictures with a matte, which ours lack
        return [_or_error(lambda each=each: _drawn(to_pdfx(data, slugs, standard=each))) for each in PdfxStandard]


def _imposed(data: bytes, scheme: imposition.Scheme, options: SheetOptions) -> object:
    arranged = imposition.arrange(data, scheme, options=options)
    return imposition.preview_svg(arranged), _drawn(imposition.impose(data, scheme, options=options).data)


def _drawn(data: bytes) -> object:
    """The boxes and contents of the pages of a PDF."""
    file = pikepdf.Pdf.open(io.BytesIO(data))
    return [
        ({key: str(page.get(key)) for key in ("/MediaBox", "/TrimBox", "/BleedBox")}, _content(page))
        for page in file.pages
    ]


def _content(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return page.Contents.read_bytes()


def _council(folder: Path) -> Results:
    for path in sample(sorted(folder.rglob("*.xml")), 24):
        document = formats.read(path)
        yield path.name, (document, lint.check(path), [*_written(document)])


# --- as text ----------------------------------------------------------------------------------------------------------


def text_of(value: object) -> str:
    """Return a value with all that is in it, the same in each process and folder."""
    text = "\n".join(_lines(value, "")).replace(__version__, "VERSION").replace(f"{ROOT}/", "")
    return text.replace(f"{os.environ.get(VARIABLE) or ROOT}/", "")  # make sets it to nothing where there is none


def _lines(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, bytes) and value.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(value))
        value = {each.filename: archive.read(each) for each in archive.infolist()}
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    if isinstance(value, pdf.Font):
        value = value.name, sorted(value.codes)
    if isinstance(value, set | frozenset):
        value = sorted(value, key=repr)
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _lines(each, f"{name}.{key}")
    elif isinstance(value, list | tuple):
        yield f"{name}: {len(value)}"
        for number, each in enumerate(value):
            yield from _lines(each, f"{name}.{number}")
    else:
        yield f"{name}: {value:.2f}" if isinstance(value, float) else f"{name}: {value}"


# --- the table --------------------------------------------------------------------------------------------------------


def digests(make: Callable[[], Results]) -> dict[str, str]:
    """Return the digest of each result of a source, by its stage."""
    return {stage: hashlib.sha256(text_of(value).encode()).hexdigest()[:12] for stage, value in make()}


def table() -> dict[tuple[str, str], str]:
    """Return the digests in the table, by source and stage."""
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines())
    return {(source, stage): digest for source, stage, digest in rows}


def main(arguments: list[str]) -> int:
    folder = os.environ.get(VARIABLE)
    if not folder:
        sys.exit(f"{VARIABLE} must name the folder of reference files: the table has their results too")
    everything = groups() | groups_of_references(Path(folder))
    if arguments[:1] == ["--write"] and len(arguments) == 2:
        for source, make in everything.items():
            for stage, value in make():
                path = Path(arguments[1]) / source.replace("/", "_") / f"{stage.replace('/', '_')}.result"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text_of(value), "utf-8")
        return 0
    accepts, chosen = arguments[:1] == ["--accept"], arguments[1:] or [*everything]
    if (arguments and not accepts) or not everything.keys() >= {*chosen}:
        sys.exit(__doc__)
    before = table()
    made = {(source, stage): digest for source in chosen for stage, digest in digests(everything[source]).items()}
    if accepts:
        kept = {key: digest for key, digest in before.items() if key[0] in everything and key[0] not in chosen}
        rows = sorted((kept | made).items(), key=lambda row: [*everything].index(row[0][0]))
        TABLE.write_text("".join(f"{source}\t{stage}\t{digest}\n" for (source, stage), digest in rows), "utf-8")
        return 0
    moved = [key for key in made.keys() | before.keys() if made.get(key) != before.get(key)]
    print(*sorted(f"{source}: {stage}" for source, stage in moved), sep="\n")
    return int(bool(moved))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
