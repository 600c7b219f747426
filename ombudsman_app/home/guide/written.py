"""Markdown of a chapter → HTML, its headings, and its text by sections for the search.

Markdown holds no HTML of its own, and what comes out passes an allow-list (OU1). Done once per process.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import nh3
from flask import url_for
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from ombudsman_app.web.assets import asset_url

from .contents import Chapter
from .pictures import size_of

_TAGS = {
    "a", "blockquote", "br", "code", "em", "figure", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "figure": {"class"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"},
    "img": {"alt", "decoding", "height", "loading", "src", "width"},
    "ol": {"start"},
    "table": {"class"},
    "th": {"scope"},
}  # fmt: skip
_NO_WORD = re.compile(r"[\W_]+")
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    """A heading of the second order, and what stands below it as plain text."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Written:
    """A chapter as it is shown. The first section, above all headings, has no title."""

    html: Markup
    sections: tuple[Heading, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(one for one in self.sections if one.title)


@cache
def written(chapter: Chapter, *, is_whole: bool = False) -> Written:
    """Write a chapter as a page of its own; `is_whole`: as a part of the page that holds the whole guide."""
    tokens = _markdown.parse(chapter.source)
    prefix = f"{chapter.slug}-" if is_whole else ""
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        _fit(token, after, prefix)
        for child in token.children or ():
            _fit_inside(child, is_whole=is_whole)
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        _make_figure(opening, inline, closing)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None, url_schemes=set())
    return Written(Markup(clean), tuple(_sections(tokens)))  # noqa: S704 - our own text, cleaned


def heading_id(title: str) -> str:
    """Return the anchor of a heading: its words with hyphens."""
    return _NO_WORD.sub("-", title.casefold()).strip("-")


def _fit(token: Token, after: Token | None, prefix: str) -> None:
    if token.type == "heading_open" and after is not None:
        token.attrSet("id", prefix + heading_id(_plain(after)))
    if token.type in ("heading_open", "heading_close") and prefix:
        token.tag = f"h{int(token.tag[1]) + 1}"
    if token.type == "table_open":
        token.attrSet("class", "table")
    if token.type == "th_open":
        token.attrSet("scope", "col")


def _fit_inside(token: Token, *, is_whole: bool) -> None:
    if token.type == "link_open":
        token.attrSet("href", _address(str(token.attrGet("href")), is_whole=is_whole))
    elif token.type == "image":
        name = str(token.attrGet("src")).removeprefix("img/")
        width, height = size_of(name)
        token.attrSet("src", asset_url(f"guide/{name}"))
        token.attrSet("width", str(width))
        token.attrSet("height", str(height))
        token.attrSet("loading", "eager" if is_whole else "lazy")  # a page for the printer waits for nobody
        token.attrSet("decoding", "async")


def _address(target: str, *, is_whole: bool) -> str:
    """Return where a link leads: chapters name each other as files, so that they also work unrendered."""
    name, _, anchor = target.partition("#")
    if not name.endswith(".md"):
        return target
    slug = name.removesuffix(".md")
    if is_whole:
        return f"#{slug}-{anchor}" if anchor else f"#{slug}"
    return url_for("public.home.guide_chapter", slug=slug, _anchor=anchor or None)


def _make_figure(opening: Token, inline: Token, closing: Token) -> None:
    """Make a figure of a paragraph that holds a picture alone; phones are narrower than desks."""
    inside = inline.children or []
    if opening.type == "paragraph_open" and len(inside) == 1 and inside[0].type == "image":
        opening.tag = closing.tag = "figure"
        is_phone = "/phone-" in str(inside[0].attrGet("src"))
        opening.attrSet("class", "shot phone" if is_phone else "shot")


def _sections(tokens: list[Token]) -> Iterator[Heading]:
    held, title, text = "", "", list[str]()
    is_heading = False
    for token in tokens:
        if token.type == "heading_open" and token.markup == "##":
            yield Heading(held, title, " ".join(text))
            held, title, text, is_heading = str(token.attrGet("id")), "", [], True
        elif token.type == "inline":
            if is_heading:
                title, is_heading = _plain(token), False
            else:
                text.append(_plain(token))
    yield Heading(held, title, " ".join(text))


def _plain(inline: Token) -> str:
    """Return the words of a line, without marks; of pictures their description."""
    parts = (
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or ()
    )
    return "".join(parts).strip()
