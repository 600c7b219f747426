"""`python -m ombudsman_app.isolated.unforked TIMES [VARIANT FILE…] <bundle`: WeasyPrint as it is.

For comparison only: draws the page of each bundle so often, in one process that nobody tuned; prints its
memory, its time and its pages. Without files the one bundle comes in at the door.
"""

import io
import json
import os
import resource
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from .render import AssetFetcher
from .server import NICENESS
from .wire import PAGE, unbundle


def main() -> None:
    """Draw, then say {"peak_kib", "seconds", "cpu_seconds", "pages"}."""
    times, *more = sys.argv[1:]
    options: dict[str, Any] = {"pdf_variant": more[0]} if more else {"pdf_tags": True}
    with suppress(OSError):
        os.nice(NICENESS)  # as the server: both wait alike for others on the machine
    bundles = [Path(name).read_bytes() for name in more[1:]] or [sys.stdin.buffer.read()]
    pages, began, burnt = 0, time.monotonic(), time.process_time()
    for _ in range(int(times)):
        pages += sum(_draw(content, options) for content in bundles)
    said = {
        "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "seconds": time.monotonic() - began,
        "cpu_seconds": time.process_time() - burnt,
        "pages": pages,
    }
    sys.stdout.write(json.dumps(said))


def _draw(content: bytes, options: dict[str, Any]) -> int:
    assets = unbundle(content)
    page = assets.pop(PAGE)[0].decode()
    fetcher, fonts = AssetFetcher(assets), FontConfiguration()
    styles = [
        CSS(string=content.decode(), url_fetcher=fetcher, base_url=None, font_config=fonts)
        for content, mime in assets.values()
        if mime == "text/css"
    ]
    html = HTML(string=page, url_fetcher=fetcher, base_url=None)
    document = html.render(font_config=fonts, stylesheets=styles, **options)
    document.write_pdf(io.BytesIO(), **options)
    return len(document.pages)


if __name__ == "__main__":
    main()
