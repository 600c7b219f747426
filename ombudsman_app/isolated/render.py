"""`python -m ombudsman_app.isolated.render FOLDER [CHILDREN]`: draws papers from HTML of our own.

Task `pdf`: head {"variant"}, body a bundle of assets with the page itself under the name PAGE and its
styles in order; the paper is written into the first out. Answers {"warnings": [...], "pages", "peak_kib"};
a name outside the map fails (RP1).
"""

import logging
import os
import resource
import sys
from importlib import import_module
from typing import IO, Any

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
_LOADED_LATE = (  # by the library on the first page; a tenth of the time of each child
    "email.policy",
    "fontTools.agl",
    *(f"fontTools.ttLib.tables.{name}" for name in ("M_V_A_R_", "O_S_2f_2", "S_T_A_T_", "_f_p_g_m")),
    *(f"fontTools.ttLib.tables.{name}" for name in ("_g_a_s_p", "_h_h_e_a", "_p_r_e_p")),
)
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
            assets = unbundle(body.read())
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


def main() -> None:
    """Serve until a signal asks to stop."""
    folder, children = fence.start("ombudsman_app.isolated.render")
    logging.getLogger("weasyprint").propagate = False
    for name in _LOADED_LATE:
        import_module(name)
    if letters.of_machine().isdisjoint({ord(letters.INSTEAD)}):
        sys.stderr.write("ombudsman_app.isolated.render: fonts-dejavu-core is missing here.\n")
    ForkServer(folder, "render", {"pdf": pdf}, limits=LIMITS, children_at_once=children).run()


if __name__ == "__main__":
    main()
