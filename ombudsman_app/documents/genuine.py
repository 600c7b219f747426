"""Genuine or not: what a register says about the bytes of a file (design.md §12). No database in here."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from .marks import Bytes, codes_in, is_marked
from .records import Record


class Status(StrEnum):
    """What can be said about a paper."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Known:
    """What a register holds about one paper that went out. `changed_on`: superseded or revoked."""

    record: Record
    status: Status
    key_id: str
    signature: bytes
    office_name: str = ""
    changed_on: date | None = None
    successor: str = ""  # the number of the paper that stands in its place
    successor_code: str = ""


@dataclass(frozen=True)
class Answer:
    """The status of a file, and which paper it is or claims to be."""

    status: Status
    known: Known | None = None


class Register(Protocol):
    """Papers that went out. What is not proven by a signature of ours is not in it."""

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """Return the public keys that stand in our PAdES signatures."""

    def by_hash(self, sha256: str, codes: tuple[str, ...]) -> Known | None:
        """Return the paper with this hash. `codes`: those that the file carries."""

    def by_code(self, code: str) -> Known | None:
        """Return the paper with this code."""


def verify(content: Bytes, register: Register) -> Answer:
    """Say what a file is: a known hash has its status; ours but changed is altered; else unknown."""
    codes = codes_in(content)
    known = register.by_hash(hashlib.sha256(content).hexdigest(), codes)
    if known is not None:
        return Answer(known.status, known)
    if is_marked(content) or any(_is_signed_with(content, key) for key in register.certificates):
        claimed = (register.by_code(code) for code in codes)
        return Answer(Status.ALTERED, next((found for found in claimed if found), None))
    return Answer(Status.UNKNOWN)


def _is_signed_with(content: Bytes, public_key: bytes) -> bool:
    """Whether a certificate with this key stands in it; a PDF writes it in hexadecimal digits."""
    digits = public_key.hex()
    return content.find(digits.upper().encode()) >= 0 or content.find(digits.encode()) >= 0
