"""Passwords (AU1): Argon2id, at most two hashes at a time, never while a transaction holds a lock."""

import re
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from ombudsman_app.core import limits
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import TooManyTries

LEAST_CHARACTERS = 15
LEAST_CHARACTERS_WITH_SECOND_FACTOR = 12
_LEAST_OWN_CHARACTERS = 6  # of what is left without the words that everybody tries first
_LEAST_WORD = 4

_SALT_BYTES, _HASH_BYTES = 16, 32
_PATIENCE_SECONDS = 10.0
_hashing = BoundedSemaphore(2)  # of this process: a storm of sign-ins must not eat the memory

# Read as letters, since everybody knows these disguises.
_DISGUISES = str.maketrans("013457@$!", "oleastasi")
_KEYBOARD_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "01234567890123456789",
    "98765432109876543210",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujmik",
)


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"


def normalised(password: str) -> str:
    """Return one form of what looks the same on all keyboards."""
    return unicodedata.normalize("NFC", password)


def hashed(password: str) -> str:
    """Return the Argon2id hash, parameters and salt included. Raises TooManyTries under overload."""
    with _turn():
        return _hasher().hash(normalised(password))


def is_right(stored: str | None, password: str) -> bool:
    """Compare in one hash of work, also where there is no hash to compare with (AU3)."""
    hasher = _hasher()
    with _turn():
        try:
            return hasher.verify(stored or _dummy(hasher), normalised(password)) is True
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(stored: str) -> bool:
    """Return whether the settings have changed since this hash was made."""
    return _hasher().check_needs_rehash(stored)


def least_characters(*, has_second_factor: bool) -> int:
    """Return how long a password must be: alone it guards more (AU1)."""
    return LEAST_CHARACTERS_WITH_SECOND_FACTOR if has_second_factor else LEAST_CHARACTERS


def weakness(
    password: str, *, own_words: Iterable[str] = (), has_second_factor: bool = False
) -> Weakness | None:
    """Return what is wrong with a new password. `own_words`: name and address of the person."""
    text = normalised(password)
    if len(text) < least_characters(has_second_factor=has_second_factor):
        return Weakness.TOO_SHORT
    if len(text.encode("utf-8", "replace")) > limits.PASSWORD_BYTES:
        return Weakness.TOO_LONG
    own = {word for given in own_words for word in re.split(r"\W+", given.casefold())}
    if _own_part(text, own) < _LEAST_OWN_CHARACTERS:
        return Weakness.COMMON
    return None


def _own_part(text: str, own_words: set[str]) -> int:
    """Count the different characters that are left when common words, own words and runs are cut out."""
    counts = []
    for rest in (text.casefold(), text.casefold().translate(_DISGUISES)):
        for run in _runs(rest):
            rest = rest.replace(run, "")  # noqa: PLW2901 - it is eaten up
        for word in sorted(_common_words() | own_words, key=len, reverse=True):
            if len(word) >= _LEAST_WORD:
                rest = rest.replace(word, "")  # noqa: PLW2901
        counts.append(len(set(rest)))
    return min(counts)


def _runs(text: str) -> Iterator[str]:
    """Yield the pieces of at least four characters that run along a row of keys, the alphabet or one key."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _is_run(text[start : end + 1]):
            end += 1
        if end - start >= _LEAST_WORD:
            yield text[start:end]
        start = end


def _is_run(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in row for row in _KEYBOARD_RUNS)


@cache
def _common_words() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@contextmanager
def _turn() -> Iterator[None]:
    if db.session().info.get("in_command"):
        raise RuntimeError("a hash takes long: make it before the command")
    db.release()
    if not _hashing.acquire(timeout=_PATIENCE_SECONDS):
        raise TooManyTries(retry_after_seconds=int(_PATIENCE_SECONDS))
    try:
        yield
    finally:
        _hashing.release()


def _hasher() -> PasswordHasher:
    settings: Settings = current_app.extensions["settings"]
    return PasswordHasher(
        time_cost=settings.argon2_time_cost,
        memory_cost=settings.argon2_memory_kib,
        parallelism=1,
        hash_len=_HASH_BYTES,
        salt_len=_SALT_BYTES,
        type=Type.ID,
    )


def _dummy(hasher: PasswordHasher) -> str:
    """Return a hash of nothing with today's parameters: it costs what a real one costs and never fits."""
    salt, digest = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (_SALT_BYTES, _HASH_BYTES)
    )
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p=1${salt}${digest}"
