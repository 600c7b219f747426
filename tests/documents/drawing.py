"""Papers drawn by the real render server, and what a reader, a listener and a camera find in them."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf


@dataclass(frozen=True)
class Sheet:
    """A PDF on disk."""

    path: Path

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, blanks evened out."""
        text = printed("pdftotext", "-layout", str(self.path), "-")
        return [" ".join(page.split()) for page in text.split("\f")[:-1]]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    def slanting(self, page: int) -> str:
        """The letters of a page as they were drawn, whichever way they run, without blanks."""
        return re.sub(
            r"\s", "", printed("pdftotext", "-raw", "-f", str(page), "-l", str(page), str(self.path), "-")
        )

    @property
    def unbroken(self) -> str:
        """All words without blanks: a long one may go over several lines."""
        return re.sub(r"\s", "", printed("pdftotext", str(self.path), "-"))

    @cached_property
    def tags(self) -> list[str]:
        """The tags of the structure in reading order."""
        with pikepdf.open(self.path) as paper:
            return [str(element.S)[1:] for element in _elements(paper.Root.StructTreeRoot)]

    @property
    def headings(self) -> list[int]:
        """The levels of the headings in reading order."""
        return [int(tag[1]) for tag in self.tags if re.fullmatch("H[1-6]", tag)]

    @property
    def fonts(self) -> list[str]:
        return printed("pdffonts", str(self.path)).splitlines()[2:]


def printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = parent.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
