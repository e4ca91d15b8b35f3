"""Documents with what is seldom right in archives: every kind of picture, charts, rare characters, tables with spans.

Each is published as a variant that claims standards. `benchmarks/standards.py` validates 120 of them, the tests 12.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageCms

from masthead import formats, publication
from masthead.document.terms import Language, Variant
from paths import ROOT

EXAMPLES = ROOT / "examples" / "specimens"
CLAIMS = {Variant.ARCHIVE: ("3a", "ua1"), Variant.ARCHIVE_4: ("4f", "ua2")}
RARE = "龘䶮㐂"  # of extension A too
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 150"><defs><linearGradient id="g"><stop offset="0" '
    'stop-color="#036"/><stop offset="1" stop-color="#9cf"/></linearGradient></defs>'
    '<rect x="10" y="60" width="60" height="80" fill="url(#g)"/><rect x="90" y="20" width="60" height="120" '
    'fill="#900" fill-opacity="0.5"/><circle cx="230" cy="80" r="50" fill="none" stroke="#060" stroke-width="8"/></svg>'
)


class Claim(NamedTuple):
    """A published document, and the standards that it claims."""

    name: str
    pdf: bytes
    flavours: tuple[str, ...]


def _picture(mode: str, form: str, **options: Any) -> bytes:
    """Bars of several colours in a mode of Pillow."""
    bars = Image.new("RGB", (200, 120), "white")
    for place in range(10):
        bars.paste((25 * place, 200 - 15 * place, 90), (20 * place, 20, 20 * place + 12, 110))
    if mode == "I;16":
        grey = bars.convert("L")
        made = Image.frombytes(mode, grey.size, b"".join(bytes((level // 2, level)) for level in grey.tobytes()))
    elif mode in ("LA", "RGBA"):
        made = bars.convert(mode)
        made.putalpha(128)
    else:
        made = bars.convert(mode)
    file = io.BytesIO()
    made.save(file, form, **options)
    return file.getvalue()


def pictures() -> dict[str, bytes]:
    """A picture of each kind, by the name of its file."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    modes = {"black-and-white": "1", "grey": "L", "palette": "P", "colour": "RGB"}
    deep = {"transparent": "RGBA", "transparent-grey": "LA", "deep": "I;16"}
    made = {f"{name}.png": _picture(mode, "PNG") for name, mode in (modes | deep).items()}
    made["transparent-palette.png"] = _picture("P", "PNG", transparency=0)
    made["profile.png"] = _picture("RGB", "PNG", icc_profile=profile)
    made |= {
        f"{name}.jpg": _picture(mode, "JPEG") for name, mode in {"inks": "CMYK", "photo": "RGB", "old": "L"}.items()
    }
    made["progressive.jpg"] = _picture("RGB", "JPEG", progressive=True)
    made["chart.svg"] = CHART.encode()
    return made


def claims(count: int) -> Iterator[Claim]:
    """Publish `count` documents: languages, kinds of document, pictures and variants in turn."""
    shown = list(pictures().items())
    sources = sorted(EXAMPLES.glob("A_RES_104_12.*.md")) + sorted(EXAMPLES.glob("A_104_96.*.md"))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            name, data = shown[number % len(shown)]
            source = sources[number % len(sources)]
            variant = list(CLAIMS)[number // len(sources) % 2]
            path = Path(folder) / f"{number}-{source.name}"
            path.write_text(_with_annex(source, name), "utf-8")
            path.with_name(name).write_bytes(data)
            document = formats.read(path)
            pdf = publication.typeset(publication.mark_up(document), document, variant=variant).data
            yield Claim(f"{source.stem} with {name}, {variant}", pdf, CLAIMS[variant])


def _with_annex(source: Path, picture: str) -> str:
    """The text of a specimen with a figure, and an annex with a table with spans."""
    text = source.read_text("utf-8")
    words = re.findall(r"(?m)^title: (.*)$", text)[0].strip('"')
    if "gardens.svg" in text:
        return text.replace("gardens.svg", picture)
    if Language(source.suffixes[-2][1:]) is Language.CHINESE:
        words += RARE
    table = "\n".join(
        (
            f"| {words[:9]} | {words} | < | < |",
            "|---|--:|--:|--:|",
            "| | 1 | 2 | 3 |",
            "| 1 | 2 | < | 4 |",
            "| 5 | 6 | 7 | 8 |",
        )
    )
    notes = text.index("\n[^")
    figure = f"<!-- figure 1 --> {words}\n\n![{words}]({picture})"
    annex = f"<!-- annex --> {words}\n\n{figure}\n\n<!-- table 1, head 2 --> {words}\n\n{table}\n"
    return f"{text[:notes]}\n{text[notes:].rstrip()}\n\n{annex}"
