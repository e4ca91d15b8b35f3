"""Document → Html."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is PDF/A-3's (ISO 19005-3, 6.8): Source, Data, …"""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: str = "Source"


@dataclass(frozen=True, slots=True)
class Html:
    """A page to set: the HTML text, the folder its relative addresses start from, and what travels with it."""

    text: str
    base: Path
    attachments: tuple[Attachment, ...] = ()
