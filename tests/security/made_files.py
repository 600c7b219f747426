"""Files made by code: pictures, papers, films and sounds that are as they should be."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

import pikepdf
from PIL import Image

from ombudsman_app.isolated.sounds import checksum

CANARY = "KENARI-7731"  # stands in every place where a file tells on its author


def picture(
    form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **saving: object
) -> bytes:
    """A picture with a red corner at the top left."""
    image = Image.new(mode, size, 0)
    if mode == "RGB":
        image.paste((220, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.save(out, form, **saving)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """Who, with what and where."""
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x013B] = orientation, CANARY, CANARY
    told.get_ifd(0x8825)[1], told.get_ifd(0x8825)[2] = "S", (6.0, 12.0, 30.0)
    told.get_ifd(0x8769)[0x9286] = CANARY.encode()
    return told


def png_chunk(kind: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + crc


def png_of(width: int, height: int, rows: bytes = b"", *more: bytes) -> bytes:
    """A PNG by hand: grey, eight bits, whatever its rows say."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + b"".join(more)
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )


def zipped(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def paper(pages: int = 1, **saving: object) -> bytes:
    """A PDF with blank pages."""
    return saved(blank(pages), **saving)


def blank(pages: int = 1) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    return made


def saved(made: pikepdf.Pdf, **saving: object) -> bytes:
    out = io.BytesIO()
    made.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def box(kind: bytes, *content: bytes) -> bytes:
    whole = b"".join(content)
    return struct.pack(">I4s", 8 + len(whole), kind) + whole


def handler(kind: bytes) -> bytes:
    return box(b"hdlr", bytes(8) + kind + bytes(12) + CANARY.encode() + b"\0")


def track(kind: bytes, offset: int, size: int) -> bytes:
    """A track of one sample, which lies at `offset`."""
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), box(b"avc1" if kind == b"vide" else b"mp4a", bytes(28))),
        box(b"stts", bytes(4), struct.pack(">III", 1, 1, 1000)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, 1, 1)),
        box(b"stsz", bytes(4), struct.pack(">III", 0, 1, size)),
        box(b"stco", bytes(4), struct.pack(">II", 1, offset)),
    )
    media = box(
        b"mdia",
        box(b"mdhd", bytes(4), b"\x11" * 8, struct.pack(">III", 1000, 1000, 0)),
        handler(kind),
        box(b"minf", table),
    )
    return box(b"trak", box(b"tkhd", bytes(4), b"\x22" * 8, bytes(72)), media)


def film(
    brand: bytes = b"isom",
    tracks: Sequence[tuple[bytes, bytes]] = ((b"vide", b"picture!"), (b"soun", b"sound...")),
    *more: bytes,
    movie_more: bytes = b"",
) -> bytes:
    """An MP4 whose samples stand first; three seconds long."""
    start = box(b"ftyp", brand, bytes(4), brand)
    samples = b"".join(sample for _kind, sample in tracks)
    at = len(start) + 8
    made = []
    for kind, sample in tracks:
        made.append(track(kind, at, len(sample)))
        at += len(sample)
    header = box(b"mvhd", bytes(4), b"\x33" * 8, struct.pack(">II", 1000, 3000), bytes(80))
    return start + box(b"mdat", samples) + box(b"moov", header, *made, movie_more) + b"".join(more)


def place_told() -> bytes:
    """Where a phone writes the place and its own name."""
    return box(
        b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7-06.2088+106.8456/"), box(b"meta", bytes(4), CANARY.encode())
    )


def page(packets: bytes, laces: Sequence[int], number: int, flags: int = 0, granule: int = 0) -> bytes:
    """A page of an OGG with its checksum."""
    head = b"OggS\0" + struct.pack("<BqII", flags, granule, 4242, number)
    whole = head + bytes(4) + bytes([len(laces), *laces]) + packets
    return whole[:22] + checksum(whole).to_bytes(4, "little") + whole[26:]


def laces_of(length: int) -> list[int]:
    return [255] * (length // 255) + [length % 255]


def comments(prefix: bytes, *said: str, end: bytes = b"") -> bytes:
    texts = [text.encode() for text in said]
    return (
        prefix
        + struct.pack("<I", 4)
        + b"Xiph"
        + struct.pack("<I", len(texts))
        + b"".join(struct.pack("<I", len(text)) + text for text in texts)
        + end
    )


def opus(*said: str, seconds: int = 2) -> bytes:
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    tags = comments(b"OpusTags", *said)
    return (
        page(head, [len(head)], 0, 2)
        + page(tags, laces_of(len(tags)), 1)
        + page(b"sound", [5], 2, 4, granule=312 + 48_000 * seconds)
    )


def vorbis(*said: str) -> bytes:
    head = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 8000, 0, 0, 0, 0xB8, 1)
    tags = comments(b"\x03vorbis", *said, end=b"\x01")
    setup = b"\x05vorbis" + bytes(30)
    return (
        page(head, [len(head)], 0, 2)
        + page(tags + setup, [*laces_of(len(tags)), len(setup)], 1)
        + page(b"sound", [5], 2, 4, granule=16_000)
    )
