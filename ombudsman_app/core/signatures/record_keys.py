"""Ed25519 keys over records (RP3): the newest signs, all that ever signed still verify.

`record-0001.key` holds 32 random bytes and stays with us; `record-0001.pub`, beside it, is its public half
in base64. A key is changed by a file with a higher number. What an old key signed stays valid: its `.key`
may be destroyed as long as its `.pub` stays.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ombudsman_app.core.durable import alone_in, make_folder, writing
from ombudsman_app.core.errors import UnsafeSettings

from .errors import SigningNotPossible, Why

KEY_BYTES = 32
_FIRST = "record-0001"


@dataclass(frozen=True)
class Signature:
    """64 bytes, and which key made them."""

    key_id: str
    value: bytes


@dataclass(frozen=True)
class PublicKey:
    """What everybody may have. Its id is the SHA-256 of the 32 bytes, in 64 hex digits."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("an Ed25519 public key has 32 bytes")

    @property
    def id(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text(self) -> str:
        return base64.b64encode(self.raw).decode()

    @classmethod
    def from_text(cls, text: str) -> "PublicKey":
        """Read base64. Raises ValueError."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except binascii.Error as wrong:
            raise ValueError("a public key is written in base64") from wrong

    def verifies(self, record: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, record)
        except (InvalidSignature, ValueError):
            return False
        return True


class RecordKeys:
    """The keys of one folder. `private` is the newest; None where this machine only verifies."""

    def __init__(self, public: tuple[PublicKey, ...], private: Ed25519PrivateKey | None) -> None:
        self.public = public  # newest first
        self._private = private
        self._by_id = {key.id: key for key in public}

    @property
    def newest(self) -> PublicKey:
        """Return the public half of the key that signs. Raises SigningNotPossible."""
        return _public_of(self._signing_key())

    def sign(self, record: bytes) -> Signature:
        """Sign with the newest key. Raises SigningNotPossible."""
        return Signature(self.newest.id, self._signing_key().sign(record))

    def _signing_key(self) -> Ed25519PrivateKey:
        if self._private is None:
            raise SigningNotPossible(why=Why.MISSING)
        return self._private

    def verify(self, record: bytes, signature: bytes, key_id: str) -> bool:
        key = self._by_id.get(key_id)
        return key is not None and key.verifies(record, signature)


def record_keys_from(folder: Path, *, may_create: bool = False) -> RecordKeys:
    """Read all keys of a folder; with `may_create` the very first start makes one.

    A key that was lost is never made anew: its public half still stands there, and says so. Raises
    UnsafeSettings for a file that is no key or that others may read.
    """
    if may_create:
        make_folder(folder)
        with alone_in(folder):
            _make_first(folder)
    private = [_private_in(path) for path in sorted(folder.glob("record-*.key"), reverse=True)]
    public = [_public_of(key) for key in private]
    public += [_public_in(path) for path in sorted(folder.glob("record-*.pub"), reverse=True)]
    return RecordKeys(tuple(dict.fromkeys(public)), private[0] if private else None)


def _make_first(folder: Path) -> None:
    key, public = folder / f"{_FIRST}.key", folder / f"{_FIRST}.pub"
    others = (*folder.glob("record-*.key"), *folder.glob("record-*.pub"))
    if not others:
        with writing(key, point="record_key.private") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
    if key.exists() and not public.exists():  # also after a start that the power ended in between
        with writing(public, point="record_key.public") as file:
            file.write(f"{_public_of(_private_in(key)).text}\n".encode())


def _private_in(path: Path) -> Ed25519PrivateKey:
    if path.stat().st_mode & 0o077:
        raise UnsafeSettings(f"{path} may be read by others: chmod 600 it.")
    raw = path.read_bytes()
    if len(raw) != KEY_BYTES:
        raise UnsafeSettings(f"{path} must hold 32 random bytes.")
    return Ed25519PrivateKey.from_private_bytes(raw)


def _public_in(path: Path) -> PublicKey:
    try:
        return PublicKey.from_text(path.read_text(encoding="ascii"))
    except ValueError:
        raise UnsafeSettings(f"{path} must hold one public key in base64.") from None


def _public_of(key: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(key.public_key().public_bytes_raw())
