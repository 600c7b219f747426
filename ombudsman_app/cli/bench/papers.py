"""Small real files for invented records: pictures and letters, sealed into the store as checked ones lie."""

import hashlib
import struct
import zlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from uuid import UUID

from ombudsman_app.attachments.commands.arriving import ORIGINAL, stored_name
from ombudsman_app.attachments.commands.checking import CLEANED, PREVIEW, THUMB
from ombudsman_app.attachments.models import AttachmentState
from ombudsman_app.attachments.queries import place_of
from ombudsman_app.attachments.store import store
from ombudsman_app.core.sealed_files import write_sealed
from ombudsman_app.core.sealing import new_record_key

from .cases import Row, uuid_by
from .dice import Dice
from .stories import MARK

_WIDTH, _HEIGHT = 96, 64
_PICTURES = 70  # percent; the rest are letters
_NAMES = ("antrean", "kuitansi", "surat", "loket", "kartu")


def sealed_file(folder: UUID, at: datetime, dice: Dice) -> Row:
    """Seal a small file into the store; return its row, as it stands once it was checked.

    The bytes are there before the row (FI7); if the row never comes, they are swept after a day.
    """
    uuid, is_picture = uuid_by(dice), dice.happens(_PICTURES)
    content = picture(dice) if is_picture else letter(dice)
    place = place_of(uuid)
    key, wrapped = new_record_key(place=place)
    for part in (ORIGINAL, CLEANED, *((PREVIEW, THUMB) if is_picture else ())):
        with store().writing(stored_name(uuid, part)) as file:
            inside = place if part == ORIGINAL else f"{place}.{part}"
            write_sealed(BytesIO(content).read, file, key, place=inside)
    name = f"{MARK} {dice.pick(_NAMES)} {dice.between(1, 99)}.{'png' if is_picture else 'pdf'}"
    return {
        "uuid": uuid,
        "folder": folder,
        "sealed_name": key.seal(name, place=f"{place}.name"),
        "wrapped_key": wrapped,
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "media_type": "image/png" if is_picture else "application/pdf",
        "cleaned_bytes": len(content),
        "has_preview": is_picture,
        "state": AttachmentState.READY,
        "reason": "",
        "added_by_id": None,  # whoever reports
        "added_at": at,
        "checked_at": at,
    }


def picture(dice: Dice) -> bytes:
    """Draw stripes of two colours as a PNG."""
    colours = [bytes(dice.below(256) for _ in range(3)) for _ in range(2)]
    wide = dice.between(2, 12)
    row = b"\0" + b"".join(colours[x // wide % 2] for x in range(_WIDTH))
    head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(row * _HEIGHT)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def letter(dice: Dice) -> bytes:
    """Write a PDF of one page with one line."""
    line = f"BT /F1 18 Tf 72 720 Td ({MARK} {dice.below(1_000_000)}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(line), line),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return b"%b%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (out, head, size, len(out))


def spread(files: int, among: int) -> Callable[[int], int]:
    """Return how many files the record of an index gets, so that all together have so many."""
    return lambda index: (index + 1) * files // among - index * files // among
