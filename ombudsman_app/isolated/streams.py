"""Bytes from one open file to another, a piece at a time."""

import os

PIECE_BYTES = 1024 * 1024


def copy(source: int, target: int, length: int) -> None:
    """Copy the first `length` bytes."""
    done = 0
    while done < length:
        piece = os.pread(source, min(PIECE_BYTES, length - done), done)
        if not piece:
            return
        write(target, piece, done)
        done += len(piece)


def write(target: int, piece: bytes, at: int) -> None:
    while piece:
        written = os.pwrite(target, piece, at)
        piece, at = piece[written:], at + written


def overwrite(target: int, at: int, length: int) -> None:
    """Put nothing there."""
    while length > 0:
        piece = min(length, PIECE_BYTES)
        write(target, bytes(piece), at)
        at, length = at + piece, length - piece
