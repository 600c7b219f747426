"""What a page says, seen or read aloud, and which of it belongs to the other language."""

import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser

from ..house import words

_SILENT = {"script", "style", "svg"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SPOKEN = ("aria-label", "alt", "placeholder", "title")
_PLACE = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")
# Little words that no Indonesian sentence has: they give away English that never went through gettext.
_ENGLISH = re.compile(
    r"\b(the|of|and|you|your|is|are|was|this|that|with|not|for|from|by|on|at)\b", re.IGNORECASE
)
# Names that are data as well.
_NAMES = {"Ombudsman Republik Indonesia"}
_LONG = 4  # words; from here on a sentence is recognised inside another one too


class Speech(HTMLParser):
    """The sentences of a page in its own language. Quotes (`lang="…"`), typed text and what no language says
    (`translate="no"`: in a key anything may stand, "+BY=" as well) are left out.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language, self.said = "", list[str]()
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        is_foreign = given.get("lang", self.language) != self.language
        is_typed = tag == "textarea" or "typed" in given.get("class", "").split()
        is_no_language = given.get("translate") == "no"
        is_silent = self._is_silent or tag in _SILENT or is_foreign or is_typed or is_no_language
        if not is_silent:
            for name, value in given.items():
                if name in _SPOKEN or name.startswith("data-") or (tag, name) == ("meta", "content"):
                    self._say(value)
        if tag not in _VOID:
            self._open.append((tag, is_silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self._say(data)

    @property
    def _is_silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _say(self, text: str) -> None:
        if plain := " ".join(text.split()):
            self.said.append(plain)


class Lexicon:
    """Sentences of one language that the other one says differently, and words that give it away."""

    def __init__(self, own: Iterable[str], other: set[str], tell_tale: re.Pattern[str] | None = None) -> None:
        self._tell_tale = tell_tale
        own = {" ".join(text.split()) for text in own} - other - _NAMES - {""}
        self._whole = {text for text in own if not _PLACE.search(text)}
        self._long = [text for text in self._whole if len(text.split()) >= _LONG]
        self._filled = [
            re.compile(".+?".join(re.escape(part) for part in _PLACE.split(text)))
            for text in own - self._whole
            if len(_PLACE.sub("", text).split()) > 1  # "Laporan …" begins many a title
        ]

    def found_in(self, said: list[str]) -> list[str]:
        """Return the texts of a page that belong to this language."""
        pieces = {piece for text in said for piece in (text, *re.split(r" [·–] |: ", text))}
        together = "\n".join(said)
        return [
            *sorted(pieces & self._whole),
            *(text for text in self._long if text in together and text not in pieces),
            *(text for text in said if any(filled.fullmatch(text) for filled in self._filled)),
            *(text for text in said if self._tell_tale and self._tell_tale.search(text)),
        ]


@cache
def lexicons() -> dict[str, Lexicon]:
    """Return what must not be heard: by the language of the page, the words of the other one."""
    english, indonesian = set[str](), set[str]()
    for message in words.messages(words.catalogue()):
        english |= {message.id} if isinstance(message.id, str) else set(message.id)
        indonesian |= {message.string} if isinstance(message.string, str) else set(message.string or ())
    return {"id": Lexicon(english, indonesian, _ENGLISH), "en": Lexicon(indonesian, english)}
