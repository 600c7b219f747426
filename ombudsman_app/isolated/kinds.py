"""What kind of file this is, by our own table of signatures; names and headers are not asked (FI1)."""

import re
from collections.abc import Sequence

from . import verdicts as v

LOOK_BYTES = 4096
_SNIFF_BYTES = 1024  # where a browser or a PDF reader looks for another beginning
_ZIP_TAIL_BYTES = 65_557  # a comment of a ZIP archive is at most 65,535 bytes long
_ZIP_END = b"PK\x05\x06"

_FORBIDDEN: Sequence[tuple[bytes, str]] = (
    (b"PK\x03\x04", v.ARCHIVE),
    (b"PK\x05\x06", v.ARCHIVE),
    (b"PK\x07\x08", v.ARCHIVE),
    (b"Rar!\x1a\x07", v.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", v.ARCHIVE),
    (b"\x1f\x8b", v.ARCHIVE),
    (b"BZh", v.ARCHIVE),
    (b"\xfd7zXZ\x00", v.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", v.ARCHIVE),
    (b"MSCF", v.ARCHIVE),
    (b"!<arch>\n", v.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", v.OFFICE),
    (b"{\\rt", v.OFFICE),
    (b"MZ", v.PROGRAM),
    (b"\x7fELF", v.PROGRAM),
    (b"\xca\xfe\xba\xbe", v.PROGRAM),
    (b"\xfe\xed\xfa", v.PROGRAM),
    (b"\xce\xfa\xed\xfe", v.PROGRAM),
    (b"\xcf\xfa\xed\xfe", v.PROGRAM),
    (b"dex\n", v.PROGRAM),
    (b"\x00asm", v.PROGRAM),
    (b"L\x00\x00\x00\x01\x14\x02\x00", v.PROGRAM),  # a Windows shortcut
    (b"#!", v.SCRIPT),
)
_OFFICE_MEMBERS = (b"[Content_Types].xml", b"application/vnd.oasis.opendocument", b"word/", b"xl/", b"ppt/")
_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<iframe", b"<?xml", b"<meta", b"<!--")
_SCRIPTS = (b"<?php", b"<%@", b"<job", b"@echo off", b"on error resume next", b"createobject(", b"powershell")
_BRANDS = {
    b"isom": v.MP4,
    b"iso2": v.MP4,
    b"iso3": v.MP4,
    b"iso4": v.MP4,
    b"iso5": v.MP4,
    b"iso6": v.MP4,
    b"mp41": v.MP4,
    b"mp42": v.MP4,
    b"avc1": v.MP4,
    b"dash": v.MP4,
    b"MSNV": v.MP4,
    b"M4V ": v.MP4,
    b"M4VH": v.MP4,
    b"M4VP": v.MP4,
    b"M4A ": v.M4A,
}
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")
_SECOND_BEGINNINGS = re.compile(rb"<(?:!doctype html|html|svg|script|iframe|\?php)[\s>/]", re.IGNORECASE)


def kind_of(head: bytes) -> str:
    """Return the media type, or raise Refusal with the reason why it is none of ours."""
    if not head:
        raise v.Refusal(v.EMPTY)
    if head.startswith(b"\xff\xd8\xff"):
        return v.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return v.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return v.WEBP
    if head.startswith(b"%PDF-"):
        return v.PDF
    if head.startswith(b"OggS\x00"):
        return v.OGG
    if head[4:8] == b"ftyp":
        return _kind_of_brand(head[8:12])
    raise v.Refusal(_why_not(head))


def agrees(given_name: str, kind: str) -> bool:
    """Whether the name ends as its kind does."""
    _stem, dot, extension = given_name.rpartition(".")
    return bool(dot) and extension.strip().lower() in v.EXTENSIONS[kind]


def refuse_second_kind(head: bytes, tail: bytes, appended: bytes = b"", *, kind: str) -> None:
    """Raise Refusal if the file is another kind for another reader.

    `tail` are the last 64 KiB of the file, `appended` is what stands after its end.
    """
    if kind != v.PDF and b"%PDF-" in head[:_SNIFF_BYTES]:
        raise v.Refusal(v.AMBIGUOUS)
    if _SECOND_BEGINNINGS.search(head[:_SNIFF_BYTES]) or _SECOND_BEGINNINGS.search(appended):
        raise v.Refusal(v.AMBIGUOUS)
    if b"%PDF-" in appended or appended.lstrip()[:8].startswith(tuple(sign for sign, _ in _FORBIDDEN)):
        raise v.Refusal(v.AMBIGUOUS)
    if _ends_as_zip(tail):
        raise v.Refusal(v.AMBIGUOUS)


def _ends_as_zip(tail: bytes) -> bool:
    tail = tail[-_ZIP_TAIL_BYTES:]
    start = tail.rfind(_ZIP_END)
    while start >= 0:
        record = tail[start : start + 22]
        disks, members = record[4:8], int.from_bytes(record[10:12], "little")
        if len(record) == 22 and disks == b"\0\0\0\0" and members == int.from_bytes(record[8:10], "little"):
            return True
        start = tail.rfind(_ZIP_END, 0, start)
    return False


def _kind_of_brand(brand: bytes) -> str:
    if brand in _HEIC_BRANDS:
        raise v.Refusal(v.HEIC)
    if brand.startswith((b"3gp", b"3ge", b"3gr", b"3gs", b"3gg")):
        return v.THREE_GP
    if brand in _BRANDS:
        return _BRANDS[brand]
    raise v.Refusal(v.UNKNOWN_TYPE)


def _why_not(head: bytes) -> str:
    for sign, reason in _FORBIDDEN:
        if head.startswith(sign):
            is_office = reason == v.ARCHIVE and any(member in head for member in _OFFICE_MEMBERS)
            return v.OFFICE if is_office else reason
    if head[257:262] == b"ustar":
        return v.ARCHIVE
    return _why_not_text(_as_text(head))


def _why_not_text(text: bytes) -> str:
    start = text.lstrip(b" \t\r\n\f\0")
    if any(word in text for word in _SCRIPTS):
        return v.SCRIPT
    if start.startswith(b"<"):
        if b"<svg" in text:
            return v.SVG
        if start.startswith(_PAGES) or b"<html" in text or b"<script" in text:
            return v.WEB_PAGE
    return v.UNKNOWN_TYPE


def _as_text(head: bytes) -> bytes:
    """Return it in lower case, also where it is written in two bytes a letter."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(encoding, "ignore").encode().lower()
    return head.removeprefix(b"\xef\xbb\xbf").lower()
