"""`python -m ombudsman_app.isolated.render FOLDER [CHILDREN]`: draws papers from HTML of our own.

Task `pdf`: head {"variant"}, body a bundle of assets with the page itself under the name PAGE and its
styles in order; the paper is written into the first out. Answers {"warnings": [...], "pages", "peak_kib"};
a name outside the map fails (RP1).
"""

import io
import logging
import os
import resource
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from fontTools.ttLib import woff2
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import fence, letters
from .server import Ask, ForkServer
from .wire import PAGE, REFUSED, UNREADABLE, TaskFailed, unbundle

LIMITS = fence.Limits(
    memory_bytes=1024 * fence.MIB, file_bytes=128 * fence.MIB, open_files=128, may_start_others=True
)
VARIANTS = ("pdf/ua-1", "pdf/a-3a")
FONTS = Path(__file__).parent.parent / "static" / "fonts" / "paper"
# What the library loads, compiles and looks up on its first page is two thirds of that page's time.
FIRST_PAGE = """<!doctype html><html lang="id"><title>-</title><h1>-</h1>
<p>pemberitahuan <b>-</b> \u2013 \u2026</p><ol><li>-</li></ol>
<table><tr><th scope="col">-</th></tr><tr><td>-</td></tr></table><div class="flex"><p>-</p></div>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><title>-</title><path d="M0 0H1V1z"/></svg>"""
FIRST_STYLE = """@page { @bottom-center { content: counter(page) } }
p { width: 9mm; hyphens: auto; float: left } table { border: 1pt solid #000 } .flex { display: flex }
h1 { font-family: serif; transform: rotate(1deg) } li { font-family: "First" }
@font-face { font-family: "First"; src: url("aset:first") }"""
COLD = "COLD"  # the one word that our environment may hold: begun anew, do not draw before the first fork
_unfolded: dict[bytes, bytes] = {}  # our own fonts, by the hash of their compressed form
_SINGLE_SECONDS = 2.0
_WARNINGS, _WARNING_LETTERS = 50, 200


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers only names of the map. Who asks for another is noted: inside SVG the error is swallowed."""

    def __init__(self, assets: dict[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - theirs
        if url in self.assets:
            content, mime = self.assets[url]
            return URLFetcherResponse(url, content, {"Content-Type": mime})
        self.refused.append(url[:200])
        raise FatalURLFetchingError("refused")


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.words) < _WARNINGS:
            self.words.append(record.getMessage()[:_WARNING_LETTERS])


def pdf(ask: Ask) -> dict[str, Any]:
    """Draw one paper."""
    if ask.body is None or not ask.outs:
        raise TaskFailed(UNREADABLE, "body")
    try:
        with os.fdopen(ask.body, "rb", closefd=False) as body:
            assets = _unfold(unbundle(body.read()))
        page = assets.pop(PAGE)[0].decode()
    except (ValueError, KeyError, TypeError):
        raise TaskFailed(UNREADABLE, "bundle") from None
    variant = ask.head.get("variant")
    if variant not in (None, *VARIANTS):
        raise TaskFailed(REFUSED, "variant")
    with os.fdopen(ask.outs[0], "wb", closefd=False) as out:
        return draw(page, assets, variant, out)


def draw(
    page: str, assets: dict[str, tuple[bytes, str]], variant: str | None, out: IO[bytes]
) -> dict[str, Any]:
    """Write the PDF, tagged. Raises TaskFailed if any name outside the map was asked for."""
    heard = _Heard()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    fetcher = AssetFetcher(assets)
    options: dict[str, Any] = {"pdf_variant": variant} if variant else {"pdf_tags": True}
    try:
        fonts = FontConfiguration()
        carried = (content for content, mime in assets.values() if mime.startswith("font/"))
        html = HTML(string=letters.visible(page, carried), url_fetcher=fetcher, base_url=None)
        styles = [
            CSS(string=content.decode(), url_fetcher=fetcher, base_url=None, font_config=fonts)
            for content, mime in assets.values()
            if mime == "text/css"
        ]
        document = html.render(font_config=fonts, stylesheets=styles, **options)
        document.write_pdf(out, **options)
    except FatalURLFetchingError:
        raise TaskFailed(REFUSED, "asset") from None
    finally:
        logger.removeHandler(heard)
    if fetcher.refused:
        raise TaskFailed(REFUSED, "asset")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"warnings": heard.words, "pages": len(document.pages), "peak_kib": peak}


def warm_up(folder: Path) -> bool:
    """Read our fonts and draw a page of our own before the first fork; say whether we are still alone.

    Some versions of the text library keep a thread for their fonts. A child of a process with threads may
    wait for ever for one that it did not get.
    """
    for path in sorted(FONTS.glob("*.woff2")):
        content, out = path.read_bytes(), io.BytesIO()
        woff2.decompress(io.BytesIO(content), out)
        _unfolded[sha256(content).digest()] = out.getvalue()
    first = next(iter(_unfolded.values()))
    assets = {"aset:first": (first, "font/ttf"), "first.css": (FIRST_STYLE.encode(), "text/css")}
    with tempfile.TemporaryDirectory(dir=folder) as tempfile.tempdir:
        draw(FIRST_PAGE, assets, VARIANTS[0], io.BytesIO())
    tempfile.tempdir = None
    until = time.monotonic() + _SINGLE_SECONDS
    while (threads := len(list(Path("/proc/self/task").iterdir()))) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    return threads == 1


def _unfold(assets: dict[str, tuple[bytes, str]]) -> dict[str, tuple[bytes, str]]:
    """Put those of our fonts in place that were read before."""
    return {
        name: (_unfolded.get(sha256(content).digest(), content), mime)
        if mime.startswith("font/")
        else (content, mime)
        for name, (content, mime) in assets.items()
    }


def main() -> None:
    """Serve until a signal asks to stop."""
    folder, children = fence.start("ombudsman_app.isolated.render")
    logging.getLogger("weasyprint").propagate = False
    if letters.of_machine().isdisjoint({ord(letters.INSTEAD)}):
        sys.stderr.write("ombudsman_app.isolated.render: fonts-dejavu-core is missing here.\n")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if COLD not in os.environ and not warm_up(folder):
        os.execve(sys.executable, sys.orig_argv, {COLD: "yes"})  # noqa: S606 - ourselves, without threads
    ForkServer(folder, "render", {"pdf": pdf}, limits=LIMITS, children_at_once=children).run()


if __name__ == "__main__":
    main()
