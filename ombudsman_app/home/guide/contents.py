"""Parts and chapters in reading order, as `daftar.yaml` beside the chapters says. Read once per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from ombudsman_app.core.paths import GUIDE


@dataclass(frozen=True)
class Chapter:
    """One page of the guide; its heading is its title."""

    slug: str
    title: str
    language: str
    source: str  # Markdown, without the heading


@dataclass(frozen=True)
class Part:
    """Chapters for the same readers."""

    title: str
    about: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Contents:
    """The whole guide, a short page in English, and which page of the product is explained where."""

    parts: tuple[Part, ...]
    english: Chapter
    pages: Mapping[str, str]  # beginning of an endpoint → slug, with an anchor where it helps

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for part in self.parts for chapter in part.chapters)


@cache
def contents() -> Contents:
    """Read the guide. Raises FileNotFoundError for a chapter that is named and not there."""
    given = yaml.safe_load((GUIDE / "daftar.yaml").read_text(encoding="utf-8"))
    parts = tuple(
        Part(one["title"], one["about"], tuple(_read(slug) for slug in one["chapters"]))
        for one in given["parts"]
    )
    return Contents(parts, _read(given["english"], "en"), given["pages"])


def _read(slug: str, language: str = "id") -> Chapter:
    text = (GUIDE / f"{slug}.md").read_text(encoding="utf-8")
    heading, _, source = text.partition("\n")
    return Chapter(slug, heading.removeprefix("# ").strip(), language, source)


def chapter_of(slug: str) -> Chapter | None:
    """Return a chapter by the word in its address."""
    book = contents()
    return next((one for one in (*book.chapters, book.english) if one.slug == slug), None)


def neighbours(chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """Return the chapters before and after one; the page in English has none."""
    chapters = contents().chapters
    if chapter not in chapters:
        return None, None
    place = chapters.index(chapter)
    before = chapters[place - 1] if place else None
    return before, chapters[place + 1] if place + 1 < len(chapters) else None
