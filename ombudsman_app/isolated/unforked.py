"""`python -m ombudsman_app.isolated.unforked TIMES <bundle`: WeasyPrint as it is, for comparison only.

Draws the page of a bundle so often, in one process that nobody tuned; prints its memory and its time.
"""

import io
import json
import resource
import sys
import time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from .render import AssetFetcher
from .wire import PAGE, unbundle


def main() -> None:
    """Draw, then say {"peak_kib", "seconds"}."""
    times = int(sys.argv[1])
    assets = unbundle(sys.stdin.buffer.read())
    page = assets.pop(PAGE)[0].decode()
    began = time.monotonic()
    for _ in range(times):
        fetcher, fonts = AssetFetcher(assets), FontConfiguration()
        styles = [
            CSS(string=content.decode(), url_fetcher=fetcher, base_url=None, font_config=fonts)
            for content, mime in assets.values()
            if mime == "text/css"
        ]
        html = HTML(string=page, url_fetcher=fetcher, base_url=None)
        html.write_pdf(io.BytesIO(), font_config=fonts, stylesheets=styles, pdf_tags=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"peak_kib": peak, "seconds": time.monotonic() - began}))


if __name__ == "__main__":
    main()
