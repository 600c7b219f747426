"""Letters as our renderer draws them, and signed."""

import io

from ombudsman_app.core.clock import now
from ombudsman_app.core.sealing import random_crockford
from ombudsman_app.documents.pades import sign_pdf
from ombudsman_app.isolated.render import draw

ADDRESS = "https://kawal.example.go.id/verifikasi/"
_PAGE = """<!doctype html><html lang="id"><head><title>Pemberitahuan {number}</title></head><body>
<h1>Pemberitahuan kelengkapan</h1><p>Nomor {number}</p>{paragraphs}
<table><caption>Yang belum ada</caption><tr><th scope="col">Berkas<th scope="col">Sebab
<tr><td>KTP<td>tidak terbaca</table></body></html>"""


def code() -> str:
    """Return a code as papers have it."""
    return random_crockford(26)


def drawn(number: str = "B/0001", paragraphs: int = 40) -> bytes:
    """Return a tagged letter as the render server would draw it, two pages by default."""
    out = io.BytesIO()
    words = "".join(
        f"<p>Alinea {n}: mohon melengkapi laporan Anda dalam waktu 30 hari.</p>" for n in range(paragraphs)
    )
    draw(_PAGE.format(number=number, paragraphs=words), {}, "pdf/ua-1", out)
    return out.getvalue()


def signed(code: str, content: bytes | None = None) -> bytes:
    """Return a signed letter."""
    office = "Ombudsman RI Perwakilan Sulawesi Barat"
    return sign_pdf(content or drawn(), code=code, address=ADDRESS + code, at=now(), office=office)
