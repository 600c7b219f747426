"""OGG with Opus or Vorbis: every page is checked by its checksum; the comments are emptied in place.

The comment packet keeps its length: an empty list of comments after a maker's name of blanks is a valid one.
"""

import os
import zlib
from dataclasses import dataclass

from . import verdicts as v
from .streams import copy, write

MOST_PAGES = 200_000
_HEAD_BYTES = 27
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_OPUS_RATE = 48_000
_LONGEST_COMMENT = 8 * 1024 * 1024


@dataclass(frozen=True)
class _Page:
    start: int
    head: int  # bytes before the content
    size: int
    flags: int
    granule: int
    serial: int
    laces: bytes


def checksum(page: bytes) -> int:
    """Return the CRC of a page whose own checksum is zeroed: zlib's, read in a mirror."""
    crc = zlib.crc32(page.translate(_MIRRORED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int(f"{crc:032b}"[::-1], 2)


def end_of(body: int) -> int:
    return _last_end(_pages(body))


def examine(body: int, outs: tuple[int, ...]) -> dict[str, object]:
    """Write the cleaned copy into `outs`; return the duration in seconds."""
    pages = _pages(body)
    if len({page.serial for page in pages}) != 1 or any(page.flags & _FIRST for page in pages[1:]):
        raise v.Refusal(v.TOO_COMPLEX)
    start = os.pread(body, 64, pages[0].start + pages[0].head)
    if start.startswith(b"OpusHead") and len(start) >= 19:
        prefix, rate, skip = b"OpusTags", _OPUS_RATE, int.from_bytes(start[10:12], "little")
    elif start.startswith(b"\x01vorbis") and len(start) >= 30:
        prefix, rate, skip = b"\x03vorbis", int.from_bytes(start[12:16], "little"), 0
    else:
        raise v.Refusal(v.UNKNOWN_TYPE)
    comment = _second_packet(pages)
    if not comment or _bytes_at(body, comment)[: len(prefix)] != prefix or not rate:
        raise v.Refusal(v.DAMAGED)
    if outs:
        copy(body, outs[0], _last_end(pages))
        _empty_comments(outs[0], pages, comment, prefix)
    granules = [page.granule for page in pages if page.granule >= 0]
    return {"duration": round(max(0, max(granules, default=0) - skip) / rate, 1)}


def _last_end(pages: list[_Page]) -> int:
    return pages[-1].start + pages[-1].size


def _pages(body: int) -> list[_Page]:
    size = os.fstat(body).st_size
    pages: list[_Page] = []
    start = 0
    while start < size:
        page = _page(body, start, size)
        if page is None:
            if pages and pages[-1].flags & _LAST:
                break  # what follows is not of the sound
            raise v.Refusal(v.DAMAGED)
        pages.append(page)
        start += page.size
        if len(pages) > MOST_PAGES:
            raise v.Refusal(v.TOO_COMPLEX)
    if len(pages) < 2:
        raise v.Refusal(v.DAMAGED)
    return pages


def _page(body: int, start: int, size: int) -> _Page | None:
    head = os.pread(body, _HEAD_BYTES + 255, start)
    if len(head) < _HEAD_BYTES or not head.startswith(b"OggS\x00"):
        return None
    laces = head[_HEAD_BYTES : _HEAD_BYTES + head[26]]
    length = _HEAD_BYTES + len(laces) + sum(laces)
    whole = os.pread(body, length, start)
    if len(laces) != head[26] or start + length > size or len(whole) != length:
        return None
    if checksum(whole[:22] + bytes(4) + whole[26:]) != int.from_bytes(whole[22:26], "little"):
        return None
    granule = int.from_bytes(head[6:14], "little", signed=True)
    serial = int.from_bytes(head[14:18], "little")
    return _Page(start, _HEAD_BYTES + len(laces), length, head[5], granule, serial, laces)


def _second_packet(pages: list[_Page]) -> list[tuple[int, int, int]]:
    """Return the pieces of the second packet: number of the page, start, length."""
    pieces: list[tuple[int, int, int]] = []
    packet = length = 0
    for number, page in enumerate(pages):
        at = page.start + page.head
        for lace in page.laces:
            if packet == 1:
                pieces.append((number, at, lace))
                length += lace
                if length > _LONGEST_COMMENT:
                    raise v.Refusal(v.TOO_COMPLEX)
            at += lace
            if lace < 255:
                packet += 1
                if packet == 2:
                    return pieces
    return []


def _bytes_at(body: int, pieces: list[tuple[int, int, int]]) -> bytes:
    return b"".join(os.pread(body, length, start) for _number, start, length in pieces)


def _empty_comments(out: int, pages: list[_Page], pieces: list[tuple[int, int, int]], prefix: bytes) -> None:
    length = sum(piece[2] for piece in pieces)
    end = b"" if prefix == b"OpusTags" else b"\x01"
    blanks = length - len(prefix) - 8 - len(end)
    if blanks < 0:
        raise v.Refusal(v.DAMAGED)
    emptied = prefix + blanks.to_bytes(4, "little") + b" " * blanks + bytes(4) + end
    for _number, start, piece in pieces:
        write(out, emptied[:piece], start)
        emptied = emptied[piece:]
    for number in {piece[0] for piece in pieces}:
        page = pages[number]
        whole = os.pread(out, page.size, page.start)
        crc = checksum(whole[:22] + bytes(4) + whole[26:])
        write(out, crc.to_bytes(4, "little"), page.start + 22)
