"""Where the engine finds what a book refers to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin

from weasyprint.urls import URLFetcher, URLFetcherResponse, iri_to_uri

from pipeline.layout import Copy

BASE = "https://book.invalid/"
"""A host that cannot exist (RFC 2606): references resolve, nothing is fetched."""


class Files(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the assets of the book, and no more."""

    def __init__(self, copy: Copy) -> None:
        super().__init__()
        self._assets = {_asset_url(asset.name): asset for asset in copy.assets}

    def fetch(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 - as it is called
    ) -> URLFetcherResponse:
        """Return what is at ``url``. Raises ValueError."""
        if asset := self._assets.get(url):
            kind = {"Content-Type": asset.media_type}
            return URLFetcherResponse(url, asset.data, kind)
        if url.startswith("data:"):
            return super().fetch(url)
        raise ValueError(f"{url} is not a part of the book")


def _asset_url(name: str) -> str:
    return str(iri_to_uri(urljoin(BASE, name)))
