"""Computed values shared by style classes: styles with the same declarations and a parent of the same class.

WeasyPrint computes the value of a property for each element, and again in every document. Style sheets are parsed once
(`pace.stylesheets`), so equal declarations are the same objects, and the class of a style is identified by its parent's
class and its declarations. The anonymous boxes inside the boxes of a class form a class too. Not shared are styles with
calculations, or lengths relative to the first page, and the styles that inherit from them; nor copies, which
WeasyPrint makes in order to change them. But the anonymous boxes inside a copy are of the class of those inside the
original as long as nothing differs that they inherit: a note is a copy that does not float.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting import memory
from masthead.typesetting.engine.weasyprint.css import AnonymousStyle, ComputedStyle, Pending
from masthead.typesetting.engine.weasyprint.css.functions import check_math
from masthead.typesetting.engine.weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from masthead.typesetting.engine.weasyprint.css.units import VIEWPORT_UNITS

_SPECIFIED = ("position", "float", "display")  # WeasyPrint also keeps the specified values of these three
_OWN = ("anchor", "link")  # the id and address of an element, on which no other value depends
_SIZE = 24_000  # bytes, roughly, of a class and its anonymous one, with about 150 values each
# Not shared between anonymous styles: the first belongs to the element, and WeasyPrint changes the second in place.
_NOT_SHARED = (*_OWN, "white_space")
_ANONYMOUS = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED
    and name not in INITIAL_NOT_COMPUTED
    and name != "page"
    and not name.startswith("text_decoration_")
}
_FROM_PARENT = (*INHERITED, "page", *(name for name in INITIAL_VALUES if name.startswith("text_decoration_")))


class StyleClass:
    """The values that all styles of a class have."""

    __slots__ = (
        *("anonymous", "cascaded", "is_bare", "is_shared", "lengths", "mark", "specified", "strut", "texts", "values"),
    )

    def __init__(self, cascaded: dict[str, Any]) -> None:
        # Kept alive, since the key of the class contains ids of these values. The key is without those of an element
        # alone: each paragraph has an id, and it and all within it would be in classes of their own.
        self.cascaded = {name: value for name, value in cascaded.items() if name not in _OWN}
        self.is_shared = all(_is_sharable(name, value) for name, (value, _) in cascaded.items())
        self.values: dict[str, Any] = {}
        self.specified: dict[str, Any] = {}
        # What `percentages`, `struts`, `backgrounds` and `memory` compute for styles of the class.
        self.lengths: Any = ...
        self.is_bare: bool | None = None
        self.strut: tuple[float, float] | None = None
        self.texts: dict[str, str] = {}
        self.anonymous: StyleClass | None = None
        self.mark = object()  # identifies the class in keys of other caches, without keeping it alive


def init(style: Any, *arguments: Any) -> None:
    """Initialize a style with the values of its class."""
    _stock_init(style, *arguments)
    style.pace_class = known = _class_of(style)
    if known is not None:
        style.update(known.values)
        style.specified.update(known.specified)


def _class_of(style: Any) -> StyleClass | None:
    """Return the class of a style; None if its values cannot be shared."""
    parent, root = (getattr(each, "pace_class", None) for each in (style.parent_style, style.root_style))
    if style.parent_style is not None and (parent is None or root is None):
        return None
    # Strings are compared by value, since those from the document are other objects each time; the rest by identity.
    declared = tuple(
        (name, value if value.__class__ is str or name == "lang" else id(value), origin, layer, *specificity)
        for name, (value, (origin, layer, specificity)) in style.cascaded.items()
        if name not in _OWN
    )
    known = memory.of(style.font_config, "styles")
    key = parent, root, style.pseudo_type, style.base_url, declared
    kept: StyleClass = known.get(key) or known.keep(key, StyleClass(style.cascaded), _SIZE)
    return kept if kept.is_shared else None


def _is_sharable(name: str, value: Any) -> bool:
    # The value of a variable follows from the declarations of the class and of those above it.
    if isinstance(value, Pending) or name.startswith("__"):
        return True
    return not (check_math(value) or _is_viewport(value))


def _is_viewport(value: Any) -> bool:
    if getattr(value, "unit", None) in VIEWPORT_UNITS:
        return True
    return isinstance(value, tuple) and any(map(_is_viewport, value))


def missing(style: Any, name: str) -> Any:
    """Return the computed value of a property, and share it in the class."""
    value = _stock_missing(style, name)
    known = style.pace_class
    if known is not None and name not in _OWN and name[:2] != "__":
        if name in _SPECIFIED:
            known.specified[name] = style.specified[name]
        known.values[name] = value
    return value


def copy(style: Any) -> Any:
    """Return a copy that may be changed."""
    made = _stock_copies[style.__class__](style)
    made.pace_class, made.pace_original = None, style
    return made


def init_anonymous(style: Any, parent_style: Any) -> None:
    """Initialize the style of an anonymous box with the values of its class, or with initial ones if it has none."""
    above = getattr(parent_style, "pace_class", None) or _class_of_original(parent_style)
    style.pace_class = None
    if above is not None:
        style.pace_class = above.anonymous = above.anonymous or StyleClass({})
    style.update(_ANONYMOUS if above is None else style.pace_class.values)
    _stock_init_anonymous(style, parent_style)


def _class_of_original(copied: Any) -> StyleClass | None:
    """Return the class of the style of which a style is a copy; None if anonymous boxes inside them would differ."""
    original = getattr(copied, "pace_original", None)
    if original is None or any(name in copied and copied[name] != original[name] for name in _FROM_PARENT):
        return None
    return getattr(original, "pace_class", None)


def missing_anonymous(style: Any, name: str) -> Any:
    """Return the value of a property of an anonymous box, and share it in the class."""
    value = _stock_missing_anonymous(style, name)
    known = style.pace_class
    if known is not None and name not in _NOT_SHARED and name[:2] != "__":
        known.values[name] = value
    return value


_stock_init: Callable[..., None] = ComputedStyle.__init__
_stock_missing: Callable[[Any, str], Any] = ComputedStyle.__missing__
_stock_init_anonymous: Callable[[Any, Any], None] = AnonymousStyle.__init__
_stock_missing_anonymous: Callable[[Any, str], Any] = AnonymousStyle.__missing__
_stock_copies: dict[type, Callable[[Any], Any]] = {each: each.copy for each in (ComputedStyle, AnonymousStyle)}


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    ComputedStyle.__init__, ComputedStyle.__missing__ = init, missing
    AnonymousStyle.__init__, AnonymousStyle.__missing__ = init_anonymous, missing_anonymous
    ComputedStyle.copy = AnonymousStyle.copy = copy
