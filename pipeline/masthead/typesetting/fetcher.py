"""How WeasyPrint gets style sheets and images: from the bundled files and from `data:` URLs, and nowhere else."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64decode
from email.message import EmailMessage, Message
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import DataHandler, Request, url2pathname

from masthead.document import TEMPLATES, Organization, files, organizations
from masthead.typesetting.engine.weasyprint.urls import FatalURLFetchingError, URLFetcherResponse, iri_to_uri

# The headers of our files need none of the rules of e-mail, which Python imports for a message without a policy.
_PLAIN = Message().policy
_BASE64 = re.compile("data:([a-z/+]+);base64,([A-Za-z0-9+/=]*)")


class Fetcher:
    """Reads files below `folders` and `data:` URLs. Files of an organization replace the bundled ones.

    It has WeasyPrint's interface for fetchers. WeasyPrint's own one keeps the request that it is working on, so it
    cannot be shared by threads, and makes a TLS context that is of no use here.
    """

    _fail_on_errors = True  # WeasyPrint then stops, instead of leaving out what cannot be fetched

    def __init__(self, *folders: Path, organization: Organization | None = None) -> None:
        self._folders = tuple(folder.resolve() for folder in folders)
        self._bundled = TEMPLATES.resolve()
        self._organization = organization

    def __call__(self, url: str) -> URLFetcherResponse:
        return self.fetch(url)

    def fetch(self, url: str) -> URLFetcherResponse:
        """Return what `url` names. Raises FatalURLFetchingError for a file elsewhere or absent, ValueError."""
        if inline := _BASE64.fullmatch(url):
            return URLFetcherResponse(url, b64decode(inline[2]), _headers(inline[1]))
        parts = urlsplit(url)
        if parts.scheme == "data":
            response = DataHandler().data_open(Request(iri_to_uri(url)))
            return URLFetcherResponse(url, response, _headers(response.headers["Content-Type"]))
        if parts.scheme != "file":
            raise ValueError(f"URL uses a protocol that is not allowed: {url}")
        path = self._layered(Path(url2pathname(parts.path)).resolve())
        if parts.netloc or not any(path.is_relative_to(folder) for folder in self._folders):
            raise FatalURLFetchingError(f"outside the bundled files: {url}")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise FatalURLFetchingError(f"{path}: {files.reason(error)}") from None
        media_type, _ = mimetypes.guess_type(path)
        return URLFetcherResponse(url.split("?")[0], data, _headers(media_type or "text/plain"))

    def _layered(self, path: Path) -> Path:
        """Return the organization's own file in place of a bundled one."""
        if self._organization is None or not path.is_relative_to(self._bundled):
            return path
        return self._organization.find(path.relative_to(self._bundled).as_posix()).resolve()


@lru_cache(maxsize=16)  # WeasyPrint only reads them
def _headers(media_type: str) -> EmailMessage:
    headers = EmailMessage(_PLAIN)
    headers["Content-Type"] = media_type
    return headers


def fetcher(base: Path) -> Fetcher:
    """Return a fetcher for a page whose files are below `base`, the templates, or those of the organization."""
    return _fetcher(base, organizations.current())


@lru_cache(maxsize=8)
def _fetcher(base: Path, organization: Organization) -> Fetcher:
    return Fetcher(*organization.folders, TEMPLATES, base, organization=organization)
