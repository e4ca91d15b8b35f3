"""Characters of the fonts Symbol and Wingdings, whose letters are other signs, as the Unicode characters they show."""

from __future__ import annotations

# By the encoding of Symbol (PDF 32000-1, annex D.5), from the codes 0x20, 0xA0 and 0xF0 on. A space is no sign.
_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SIGNS: dict[str, dict[int, str]] = {
    "symbol": {start + at: sign for start, signs in _SYMBOL.items() for at, sign in enumerate(signs)},
    "wingdings": _WINGDINGS,
}
_PRIVATE = 0xF000  # Word keeps a code of such a font as this much more


def sign_of(font: str, code: int) -> str | None:
    """Return the character that a code of a font shows, None if it is not known."""
    return _SIGNS.get(font.casefold(), {}).get(code - _PRIVATE if code >= _PRIVATE else code)


def shown_as(text: str, font: str) -> str:
    """Return the characters that a text in a font shows: those of Symbol and Wingdings as other characters."""
    signs = _SIGNS.get(font.casefold())
    if not signs:
        return text
    return "".join(
        signs.get(ord(char) % _PRIVATE, char) if ord(char) < 0x100 or ord(char) >= _PRIVATE else char for char in text
    )
