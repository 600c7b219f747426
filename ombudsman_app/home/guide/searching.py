"""Looking for words in the guide: every word must be there, in any form that holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ombudsman_app.core import limits

from .contents import Chapter, contents
from .written import Heading, written

MOST_HITS = 20
_MOST_WORDS = 8
_AROUND = 90  # letters on each side of what was found
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class Hit:
    """A section that holds the words; `excerpt` in pieces, with whether each is one of the words."""

    chapter: Chapter
    section: Heading
    excerpt: tuple[tuple[str, bool], ...]


def search(asked: str) -> list[Hit]:
    """Return sections with all of the words, those that have them in a heading first."""
    words = _WORD.findall(asked[: limits.SEARCH].casefold())[:_MOST_WORDS]
    if not words:
        return []
    found = sorted(_scored(words), key=lambda one: -one[0])
    return [hit for _score, hit in found[:MOST_HITS]]


def _scored(words: list[str]) -> Iterator[tuple[int, Hit]]:
    book = contents()
    for chapter in (*book.chapters, book.english):
        for section in written(chapter).sections:
            heading = f"{chapter.title} {section.title}".casefold()
            text = section.text.casefold()
            if all(word in heading or word in text for word in words):
                score = sum(
                    3 * (word in section.title.casefold()) + (word in heading) + (word in text)
                    for word in words
                )
                yield score, Hit(chapter, section, _excerpt(section.text, words))


def _excerpt(text: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """Cut out what stands around the first of the words, at the edges of words."""
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    first = pattern.search(text)
    middle = first.start() if first else 0
    start = text.rfind(" ", 0, max(0, middle - _AROUND)) + 1 if middle > _AROUND else 0
    end = text.find(" ", middle + _AROUND)
    cut = text[start : end if end >= 0 else len(text)]
    pieces, place = list[tuple[str, bool]](), 0
    for match in pattern.finditer(cut):
        pieces += [(cut[place : match.start()], False), (match[0], True)]
        place = match.end()
    pieces.append((cut[place:] + ("…" if end >= 0 else ""), False))
    if start:
        pieces.insert(0, ("…", False))
    return tuple(piece for piece in pieces if piece[0])
