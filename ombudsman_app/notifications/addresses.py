"""Addresses of our pages in what leaves the house: made from the public one, never from a request (OU5)."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from ombudsman_app.core.config import Settings


def absolute(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page, also where no request is."""
    settings: Settings = current_app.extensions["settings"]
    parts = urlsplit(settings.public_url)
    bound = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    return bound.build(endpoint, values, force_external=True)


def mail_host() -> str:
    """Return the host that our messages are named after."""
    settings: Settings = current_app.extensions["settings"]
    return urlsplit(settings.public_url).hostname or "localhost"
