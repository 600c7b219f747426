"""Sealed files: pieces of any length, each with its length before it, and an empty last one that ends them.

A piece that is missing, doubled, moved or cut off at the end breaks the seal.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import IO

from . import limits
from .sealing import RecordKey, SealBroken

PIECE_BYTES = limits.UPLOAD_PIECE
_LENGTH_BYTES = 4


def frame(key: RecordKey, plain: bytes, *, place: str, number: int, is_last: bool = False) -> bytes:
    """Return one sealed piece with its length."""
    sealed = key.seal_piece(plain, place=place, number=number, is_last=is_last)
    return len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed


def unsealed(file: IO[bytes], key: RecordKey, *, place: str) -> Iterator[bytes]:
    """Yield the pieces of a whole file. Raises SealBroken, at the latest at its end."""
    number, sealed = 0, _next(file)
    while sealed is not None:
        following = _next(file)
        plain = key.unseal_piece(sealed, place=place, number=number, is_last=following is None)
        if plain:
            yield plain
        number, sealed = number + 1, following
    if number == 0:
        raise SealBroken("the file is empty")


def _next(file: IO[bytes]) -> bytes | None:
    head = file.read(_LENGTH_BYTES)
    if not head:
        return None
    size = int.from_bytes(head, "big")
    sealed = file.read(size) if len(head) == _LENGTH_BYTES and size <= 2 * PIECE_BYTES else b""
    if len(sealed) != size:
        raise SealBroken("the file ends in the middle of a piece")
    return sealed


def write_sealed(
    read: Callable[[int], bytes], file: IO[bytes], key: RecordKey, *, place: str
) -> tuple[int, str]:
    """Seal everything that `read` gives; return its bytes and their SHA-256."""
    number = size = 0
    digest = hashlib.sha256()
    while plain := read(PIECE_BYTES):
        digest.update(plain)
        size += len(plain)
        file.write(frame(key, plain, place=place, number=number))
        number += 1
    file.write(frame(key, b"", place=place, number=number, is_last=True))
    return size, digest.hexdigest()
