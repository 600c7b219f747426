"""The user guide: what it holds, how its Markdown becomes pages, and looking for words in it."""

from .contents import Chapter, Contents, Part, chapter_of, contents, neighbours
from .pages import help_href
from .searching import Hit, search
from .written import Heading, Written, written

__all__ = [
    "Chapter",
    "Contents",
    "Heading",
    "Hit",
    "Part",
    "Written",
    "chapter_of",
    "contents",
    "help_href",
    "neighbours",
    "search",
    "written",
]
