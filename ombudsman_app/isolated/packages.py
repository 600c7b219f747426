"""ZIP packages of office programs: counted while they are unfolded, since their headers lie (FI3)."""

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise

from . import verdicts as v

MEMBERS = 1_000
UNFOLDED_BYTES = 50 * 1024 * 1024  # all members together
RATIO, RATIO_FROM_BYTES = 100, 1024 * 1024  # of one member; small ones may be all blanks
NAME = 200
_PIECE_BYTES = 256 * 1024
_IS_ENCRYPTED = 0x1
_LOCAL_HEAD_BYTES = 30
_KNOWN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


Seen = Callable[[str, bytes], None]  # the name of a member, and the next piece of it


def members_of(body: int) -> dict[str, bytes]:
    """Return the members by name. Raises Refusal: damaged, encrypted, bomb, too_complex."""
    found: dict[str, bytearray] = {}
    walk(body, UNFOLDED_BYTES, lambda name, piece: found.setdefault(name, bytearray()).extend(piece))
    return {name: bytes(content) for name, content in found.items()}


def walk(body: int, most_bytes: int, seen: Seen) -> None:
    """Unfold every member piece by piece and hold none of it; each gets a last piece that is empty.

    Raises Refusal: damaged, encrypted, bomb, too_complex.
    """
    try:
        with zipfile.ZipFile(io.FileIO(body, closefd=False)) as package:
            listed = package.infolist()
            _refuse_list(listed, os.fstat(body).st_size)
            _unfold(package, listed, most_bytes, seen)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, KeyError):
        raise v.Refusal(v.DAMAGED) from None


def _refuse_list(listed: list[zipfile.ZipInfo], size: int) -> None:
    if len(listed) > MEMBERS:
        raise v.Refusal(v.TOO_COMPLEX)
    if any(one.flag_bits & _IS_ENCRYPTED for one in listed):
        raise v.Refusal(v.ENCRYPTED)
    names = [one.filename for one in listed]
    if len(set(names)) != len(names) or any(len(name) > NAME for name in names):
        raise v.Refusal(v.DAMAGED)
    if any(one.compress_type not in _KNOWN_WAYS for one in listed):
        raise v.Refusal(v.DAMAGED)
    spans = sorted((one.header_offset, _least_end(one)) for one in listed)
    if any(end > start for (_, end), (start, _) in pairwise(spans)) or (spans and spans[-1][1] > size):
        raise v.Refusal(v.BOMB)  # one piece of the file read as several members


def _least_end(one: zipfile.ZipInfo) -> int:
    return one.header_offset + _LOCAL_HEAD_BYTES + len(one.filename) + one.compress_size


def _unfold(package: zipfile.ZipFile, listed: list[zipfile.ZipInfo], left: int, seen: Seen) -> None:
    for one in listed:
        size = 0
        with package.open(one) as member:
            while piece := member.read(_PIECE_BYTES):
                size += len(piece)
                if size > left or size > max(RATIO_FROM_BYTES, RATIO * one.compress_size):
                    raise v.Refusal(v.BOMB)
                seen(one.filename, piece)
        left -= size
        seen(one.filename, b"")
