"""A PDF is a page like any other, drawn by the render server from a template and named assets (RP1, RP2).

Called in jobs only: it waits. The template is filled in here, where the words and the records are; the
server gets finished HTML and bytes, no names of files, and answers with a tagged PDF.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import render_template
from flask_babel import force_locale

from ombudsman_app.core.children import UNREADABLE, ChildFailed, ask, bundle
from ombudsman_app.core.logs import logger
from ombudsman_app.core.paths import STATIC, TEMPLATES

Asset = tuple[bytes, str]
SECONDS = 60.0
PAGE = "page"
KAWUNG = """<svg xmlns="http://www.w3.org/2000/svg" width="44" height="44" viewBox="0 0 44 44" fill="none"
stroke="#fff" stroke-opacity=".14"><g transform="rotate(45)"><ellipse cx="15.56" rx="13.2" ry="5.4"/>
<ellipse cx="46.67" rx="13.2" ry="5.4"/><ellipse cx="31.11" cy="15.56" rx="5.4" ry="13.2"/>
<ellipse cx="31.11" cy="-15.56" rx="5.4" ry="13.2"/></g><g fill="#f0a202" fill-opacity=".3" stroke="none">
<circle cx="22" r="1.4"/>
<circle cy="22" r="1.4"/><circle cx="44" cy="22" r="1.4"/><circle cx="22" cy="44" r="1.4"/></g></svg>"""


@dataclass(frozen=True)
class Paper:
    """A finished PDF. `warnings` are what the renderer did not understand: a right template has none."""

    content: bytes
    warnings: tuple[str, ...]
    pages: int


def render_pdf(
    template: str, *, assets: Mapping[str, Asset], variant: str | None = None, **values: Any
) -> bytes:
    """Return the PDF. `variant` is one of design.md §12 or None: tagged without a claim.

    Raises ChildFailed: `away` is worth another try, `refused` means that the template named what is not ours.
    """
    return draw(template, assets=assets, variant=variant, **values).content


def draw(
    template: str,
    *,
    assets: Mapping[str, Asset],
    variant: str | None = None,
    language: str = "id",
    seconds: float = SECONDS,
    **values: Any,
) -> Paper:
    """The same, with what the renderer said."""
    body = as_bundle(template, assets=assets, language=language, **values)
    answer, content = ask("render", "pdf", {"variant": variant}, body, seconds=seconds)
    if content is None or not content.startswith(b"%PDF-"):
        raise ChildFailed(UNREADABLE, "result")
    warnings = tuple(str(word) for word in answer["warnings"])
    if warnings:
        logger.warning("a paper has what the renderer does not know", code=template, count=len(warnings))
    return Paper(content, warnings, int(answer["pages"]))


def as_bundle(template: str, *, assets: Mapping[str, Asset], language: str = "id", **values: Any) -> bytes:
    """Return what the render server gets: the finished page, its styles, and all that they may name."""
    with force_locale(language):
        page = render_template(template, language=language, **values)
    return bundle({PAGE: (page.encode(), "text/html"), **_styles(template), **common_assets(), **assets})


@cache
def _styles(template: str) -> Mapping[str, Asset]:
    """Return the style of all papers, then the one that stands beside the template."""
    paths = (TEMPLATES / "layouts" / "print.css", (TEMPLATES / template).with_suffix(".css"))
    return {path.name: (path.read_bytes(), "text/css") for path in paths if path.is_file()}


@cache
def common_assets() -> Mapping[str, Asset]:
    """Fonts and the pattern of the house; `templates/layouts/print.css` names them."""
    fonts = STATIC / "fonts" / "paper"
    return {
        "aset:jakarta": ((fonts / "plus-jakarta-sans-latin-wght-normal.woff2").read_bytes(), "font/woff2"),
        "aset:jakarta-ext": (
            (fonts / "plus-jakarta-sans-latin-ext-wght-normal.woff2").read_bytes(),
            "font/woff2",
        ),
        "aset:kawung": (KAWUNG.encode(), "image/svg+xml"),
    }
