"""Computed values kept by class of style: with the same declarations, below a style of the same class, they are alike.

WeasyPrint computes the value of a property for each element when it is asked for, and again in every document. Sheets
are parsed once (`pace.sheets`), so that equal declarations are the same objects, and the class of a style can
be told by its parent's class and by them; anonymous boxes below a class are a class too. Not shared are styles with
variables, calculations, or lengths relative to the first page, and what is below them; nor copies, which WeasyPrint
makes in order to change them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle, Pending
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.css.units import VIEWPORT_UNITS

from masthead.typesetting.pace import memory
from masthead.typesetting.repairs.replacing import Repair, Replacement

_SPECIFIED = ("position", "float", "display")  # WeasyPrint keeps the specified values of these three beside
_SIZE = 24_000  # bytes of a class and its anonymous one: some hundred and fifty values each
_CHANGED = ("anchor", "white_space")  # of an anonymous style: its element's name, and what WeasyPrint changes in place
_ANONYMOUS = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED
    and name not in INITIAL_NOT_COMPUTED
    and name != "page"
    and not name.startswith("text_decoration_")
}


class Class:
    """Values that all styles of a class have."""

    __slots__ = ("anonymous", "cascaded", "is_shared", "lengths", "mark", "specified", "strut", "texts", "values")

    def __init__(self, cascaded: dict[str, Any]) -> None:
        self.cascaded = dict(cascaded)  # alive as long as the class, which is told by its identities
        self.is_shared = all(_is_sharable(name, value) for name, (value, _) in cascaded.items())
        self.values: dict[str, Any] = {}
        self.specified: dict[str, Any] = {}
        # What `percentages`, `struts` and `memory` find out about styles of the class.
        self.lengths: Any = ...
        self.strut: tuple[float, float] | None = None
        self.texts: dict[str, str] = {}
        self.anonymous: Class | None = None
        self.mark = object()  # stands for the class where it may be forgotten


def init(style: Any, *arguments: Any) -> None:
    """Begin a style with what is known of its class."""
    _init(style, *arguments)
    style.pace_class = known = _class_of(style)
    if known is not None:
        style.update(known.values)
        style.specified.update(known.specified)


def _class_of(style: Any) -> Class | None:
    parent, root = (getattr(each, "pace_class", None) for each in (style.parent_style, style.root_style))
    if style.parent_style is not None and (parent is None or root is None):
        return None
    # Words by themselves, since those of the document are new in each; other values by identity.
    declared = tuple(
        (name, value if value.__class__ is str or name == "lang" else id(value), origin, layer, *specificity)
        for name, (value, (origin, layer, specificity)) in style.cascaded.items()
    )
    known = memory.of(style.font_config, "styles")
    key = parent, root, style.pseudo_type, style.base_url, declared
    kept: Class = known.get(key) or known.keep(key, Class(style.cascaded), _SIZE)
    return kept if kept.is_shared else None


def _is_sharable(name: str, value: Any) -> bool:
    return not (isinstance(value, Pending) or name.startswith("__") or check_math(value) or _is_viewport(value))


def _is_viewport(value: Any) -> bool:
    if getattr(value, "unit", None) in VIEWPORT_UNITS:
        return True
    return isinstance(value, tuple) and any(map(_is_viewport, value))


def missing(style: Any, name: str) -> Any:
    """Return the computed value of a property, as WeasyPrint computes it, and keep it for the class."""
    value = _missing(style, name)
    known = style.pace_class
    if known is not None and name != "anchor" and name[:2] != "__":
        if name in _SPECIFIED:
            known.specified[name] = style.specified[name]
        known.values[name] = value
    return value


def copy(style: Any) -> Any:
    """Return a copy that may be changed."""
    made = _copies[style.__class__](style)
    made.pace_class = None
    return made


def init_anonymous(style: Any, parent_style: Any) -> None:
    """Begin the style of an anonymous box with the initial values that it has anyhow, and those of its class."""
    style.update(_ANONYMOUS)
    _init_anonymous(style, parent_style)
    above = getattr(parent_style, "pace_class", None)
    style.pace_class = None
    if above is not None:
        style.pace_class = above.anonymous = above.anonymous or Class({})
        style.update(style.pace_class.values)


def missing_anonymous(style: Any, name: str) -> Any:
    """Return the value of a property of an anonymous box, and keep it for the class."""
    value = _missing_anonymous(style, name)
    known = style.pace_class
    if known is not None and name not in _CHANGED and name[:2] != "__":
        known.values[name] = value
    return value


_init: Callable[..., None] = ComputedStyle.__init__
_missing: Callable[[Any, str], Any] = ComputedStyle.__missing__
_init_anonymous: Callable[[Any, Any], None] = AnonymousStyle.__init__
_missing_anonymous: Callable[[Any, str], Any] = AnonymousStyle.__missing__
_copies: dict[type, Callable[[Any], Any]] = {each: each.copy for each in (ComputedStyle, AnonymousStyle)}

PACE = Repair(
    "styles",
    lambda: (
        Replacement(ComputedStyle, "__init__", init),
        Replacement(ComputedStyle, "__missing__", missing),
        Replacement(AnonymousStyle, "__init__", init_anonymous),
        Replacement(AnonymousStyle, "__missing__", missing_anonymous),
        *(Replacement(each, "copy", copy) for each in _copies),
    ),
)
