"""A PDF is a page like any other, drawn by the render server from a template and named assets (RP1, RP2).

Called in jobs only: it waits. The template is filled in here, where the words and the records are; the
server gets finished HTML and bytes, no names of files, and answers with a tagged PDF.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from ombudsman_app.core.children import UNREADABLE, ChildFailed, ask, bundle
from ombudsman_app.core.config import EMBLEMS, Settings
from ombudsman_app.core.logs import logger
from ombudsman_app.core.paths import STATIC, TEMPLATES

Asset = tuple[bytes, str]
NOTHING: Mapping[str, Asset] = MappingProxyType({})
SECONDS = 60.0
PAGE = "page"
KAWUNG = """<svg xmlns="http://www.w3.org/2000/svg" width="44" height="44" viewBox="0 0 44 44" fill="none"
stroke="#fff" stroke-opacity=".14"><g transform="rotate(45)"><ellipse cx="15.56" rx="13.2" ry="5.4"/>
<ellipse cx="46.67" rx="13.2" ry="5.4"/><ellipse cx="31.11" cy="15.56" rx="5.4" ry="13.2"/>
<ellipse cx="31.11" cy="-15.56" rx="5.4" ry="13.2"/></g><g fill="#f0a202" fill-opacity=".3" stroke="none">
<circle cx="22" r="1.4"/>
<circle cy="22" r="1.4"/><circle cx="44" cy="22" r="1.4"/><circle cx="22" cy="44" r="1.4"/></g></svg>"""

# Stands where an office has set no emblem of its own; the emblem of the state is never drawn by us.
EMBLEM = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100" fill="none">
<circle r="47" stroke="#073f36" stroke-width="3"/><circle r="41.5" stroke="#f0a202" stroke-width="1.6"/>
<g fill="#073f36" transform="rotate(45)"><ellipse cx="19.5" rx="16.5" ry="9"/>
<ellipse cx="-19.5" rx="16.5" ry="9"/><ellipse cy="19.5" rx="9" ry="16.5"/>
<ellipse cy="-19.5" rx="9" ry="16.5"/></g><g fill="#f0a202"><circle r="3.4"/><circle cx="28" r="2.4"/>
<circle cx="-28" r="2.4"/><circle cy="28" r="2.4"/><circle cy="-28" r="2.4"/></g></svg>"""
FONTS = {
    "jakarta": "plus-jakarta-sans-latin-wght-normal.woff2",
    "jakarta-ext": "plus-jakarta-sans-latin-ext-wght-normal.woff2",
    "sans": "plus-jakarta-sans-latin-400-normal.woff2",
    "sans-bold": "plus-jakarta-sans-latin-700-normal.woff2",
    "serif": "source-serif-4-latin-400-normal.woff2",
    "serif-bold": "source-serif-4-latin-700-normal.woff2",
    "serif-ext": "source-serif-4-latin-ext-400-normal.woff2",
    "serif-ext-bold": "source-serif-4-latin-ext-700-normal.woff2",
}
_EXTENDS = re.compile(r"""{%-?\s*extends\s+[^%]*?"([^"]+)"[^%]*%}""")  # a default counts too


@dataclass(frozen=True)
class Paper:
    """A finished PDF. `warnings` are what the renderer did not understand: a right template has none."""

    content: bytes
    warnings: tuple[str, ...]
    pages: int
    peak_kib: int = 0  # the most memory that the child which drew it held


def render_pdf(
    template: str, *, assets: Mapping[str, Asset] = NOTHING, variant: str | None = None, **values: Any
) -> bytes:
    """Return the PDF. `variant` is one of design.md §12 or None: tagged without a claim.

    Raises ChildFailed: `away` is worth another try, `refused` means that the template named what is not ours.
    """
    return draw(template, assets=assets, variant=variant, **values).content


def draw(
    template: str,
    *,
    assets: Mapping[str, Asset] = NOTHING,
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
    return Paper(content, warnings, int(answer["pages"]), int(answer["peak_kib"]))


def as_bundle(
    template: str, *, assets: Mapping[str, Asset] = NOTHING, language: str = "id", **values: Any
) -> bytes:
    """Return what the render server gets: the finished page, its styles, and all that they may name."""
    with force_locale(language):
        page = render_template(template, language=language, **values)
    common = {**_styles(template), **common_assets(), **_own_emblem()}
    return bundle({PAGE: (page.encode(), "text/html"), **common, **assets})


@cache
def _styles(template: str) -> Mapping[str, Asset]:
    """Return the style that stands beside each layout, the outermost first, then that beside the template."""
    styles: dict[str, Asset] = {}
    name: str | None = template
    while name:
        path = TEMPLATES / name
        style = path.with_suffix(".css")
        if style.is_file():
            styles[style.name] = (style.read_bytes(), "text/css")
        extended = _EXTENDS.search(path.read_text(encoding="utf-8"))
        name = extended[1] if extended else None
    return dict(reversed(styles.items()))


def _own_emblem() -> Mapping[str, Asset]:
    """Return the picture that the office has set for its letterheads, in the place of ours."""
    settings: Settings = current_app.extensions["settings"]
    return _read_emblem(settings.emblem) if settings.emblem else NOTHING


@cache
def _read_emblem(path: Path) -> Mapping[str, Asset]:
    return {"aset:emblem": (path.read_bytes(), EMBLEMS[path.suffix.lower()])}


@cache
def common_assets() -> Mapping[str, Asset]:
    """Fonts, the pattern of the house, a mark for letterheads; the styles of the layouts name them."""
    fonts = STATIC / "fonts" / "paper"
    return {
        **{f"aset:{name}": ((fonts / file).read_bytes(), "font/woff2") for name, file in FONTS.items()},
        "aset:kawung": (KAWUNG.encode(), "image/svg+xml"),
        "aset:emblem": (EMBLEM.encode(), "image/svg+xml"),
    }
