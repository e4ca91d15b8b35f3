"""Small Word files made by hand, as other programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = ("United Nations", "A/80/7", "General Assembly", "Distr.: General", "7 April 2026", "", "Original: English")
STYLES = {"HCh": "_ H _Ch", "H1": "_ H_1", "H23": "_ H_2/3", "H4": "_ H_4", "SingleTxt": "__Single Txt",
          "Session": "Session", "TitleHCH": "Title_H_CH", "TitleH1": "Title_H1", "Fancy": "Fancy",
          "FootnoteText": "footnote text", "Heading1": "heading 1", "Heading2": "heading 2"}  # fmt: skip
TITLE = '<w:p><w:pPr><w:pStyle w:val="TitleHCH"/></w:pPr><w:r><w:t>Lamps</w:t></w:r></w:p>'


def p(text: str, style: str = "SingleTxt", look: str = "") -> str:
    """A paragraph: plain text, `\\t` for a tab, or runs where it begins with `<`."""
    runs = text if text.startswith("<") else r(text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{runs}</w:p>'


def r(text: str, look: str = "") -> str:
    """A run of text."""
    content = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' if part else "" for part in text.split("\t"))
    return f"<w:r><w:rPr>{look}</w:rPr>{content}</w:r>"


def note(number: int, text: str) -> str:
    """A note's text in the part of notes."""
    body = f"<w:r><w:footnoteRef/></w:r><w:r><w:tab/></w:r>{r(text)}"
    return f'<w:footnote w:id="{number}">{p(body, "FootnoteText")}</w:footnote>'


def parts(
    body: str,
    *,
    notes: str = "",
    numbering: str = "",
    head: tuple[str, ...] = HEAD,
    foot: str = "26-04887 (E)    150426",
) -> dict[str, bytes]:
    """The parts of a report in the UN template's styles: title, then `body`."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:rPr>{'<w:b/>' if name.startswith('_ H') else ''}</w:rPr></w:style>"
        for key, name in STYLES.items()
    )
    strong = '<w:style w:type="character" w:styleId="Ref"><w:name w:val="footnote reference"/></w:style>'
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="rId3"/><w:footerReference w:type="first" r:id="rId4"/>'
        "<w:titlePg/></w:sectPr>"
    )
    files = {
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}{strong}</w:styles>",
        "word/header1.xml": f"<w:hdr {SPACES}>{''.join(map(p, head))}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {SPACES}>{p(foot)}</w:ftr>",
    }
    kinds = {"document": "document.main", "styles": "styles", "header1": "header", "footer1": "footer"}
    relations = {"rId1": ("styles", "styles.xml"), "rId3": ("header", "header1.xml"), "rId4": ("footer", "footer1.xml")}
    for name, content in (("footnotes", notes), ("numbering", numbering)):
        if content:
            files[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{content}</w:{name}>"
            kinds[name] = name
            relations[f"rId{name}"] = (name, f"{name}.xml")
    files["[Content_Types].xml"] = _types(kinds)
    files["_rels/.rels"] = related({"rId1": ("officeDocument", "word/document.xml")})
    files["word/_rels/document.xml.rels"] = related(relations)
    return {name: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for name, text in files.items()}


def related(relations: Mapping[str, tuple[str, str]], outside: str = "") -> str:
    """A part of relations; those that `outside` names lie outside the file."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"'
            f"{' TargetMode=' + chr(34) + 'External' + chr(34) if key == outside else ''}/>"
            for key, (kind, target) in relations.items()
        )
        + "</Relationships>"
    )


def _types(kinds: Mapping[str, str]) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>' for name, kind in kinds.items()
        )
        + "</Types>"
    )


def pack(files: Mapping[str, bytes]) -> bytes:
    """The zip of these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def report(body: str, **kept: str) -> bytes:
    """A report whose text is `body`."""
    return pack(parts(TITLE + body, **kept))  # type: ignore[arg-type]


def table_of(*rows: tuple[str, ...], grid: str = "<w:gridCol/><w:gridCol/>") -> str:
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
