"""Which chapter explains the page that somebody looks at."""

from flask import url_for
from flask_babel import get_locale

from .contents import contents


def help_href(endpoint: str | None) -> str:
    """Return the address of the help for an endpoint: the longest beginning that the guide knows."""
    book = contents()
    parts = (endpoint or "").split(".")
    for length in range(len(parts), 0, -1):
        target = book.pages.get(".".join(parts[:length]))
        if target is not None:
            slug, _, anchor = target.partition("#")
            if str(get_locale()) == "en" and slug in {one.slug for one in book.parts[0].chapters}:
                slug, anchor = book.english.slug, ""
            return url_for("public.home.guide_chapter", slug=slug, _anchor=anchor or None)
    return url_for("public.home.guide")
