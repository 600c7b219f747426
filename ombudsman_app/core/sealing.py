"""The module that does cryptography (KD1), beside `signatures`: sealing, keyed hashes, tokens, derived keys.

Everything sealed says its version and the id of its key, so that keys can be changed while running.
The master keys lie in files outside the database (PD1); a purpose gives each use a key of its own.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app

from .config import Settings
from .durable import alone_in, is_full, sync_folder
from .errors import UnsafeSettings

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = 1
_FIRST_KEYS = ("hash.key", "master-0001.key")
EXPECTED_IDS = "expected-ids"  # put into an empty key folder by a restore: which keys belong there
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SealBroken(Exception):
    """What was sealed was changed, moved to another place, or sealed with a key that is not here."""


@dataclass(frozen=True)
class _Key:
    id: bytes  # 4 bytes, in every sealed value
    material: bytes

    def derived(self, purpose: str) -> bytes:
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(
            self.material
        )


class Keyring:
    """The master keys, newest first: the first seals, all unseal. Hashes use the hash key alone."""

    def __init__(self, sealing: list[bytes], hashing: bytes) -> None:
        if not sealing or any(len(key) < KEY_BYTES for key in (*sealing, hashing)):
            raise UnsafeSettings("Every key file must hold at least 32 random bytes.")
        self._keys = [_Key(_id_of(key), key) for key in sealing]
        self._hashing = _Key(b"hash", hashing)
        self._derived: dict[tuple[bytes, str], bytes] = {}

    def key(self, purpose: str, key_id: bytes | None = None) -> tuple[bytes, bytes]:
        """Return (key id, derived key) of the newest master key, or of the one named."""
        for master in self._keys:
            if key_id is None or master.id == key_id:
                return master.id, self._derive(master, purpose)
        raise SealBroken("the key that sealed this is not in the key folder")

    def hash_key(self, purpose: str) -> bytes:
        return self._derive(self._hashing, purpose)

    @property
    def ids(self) -> tuple[str, ...]:
        """Name the keys without giving them away: those that seal, newest first, then the hash key."""
        return (*(key.id.hex() for key in self._keys), _id_of(self._hashing.material).hex())

    def _derive(self, master: _Key, purpose: str) -> bytes:
        place = (master.id, purpose)
        if place not in self._derived:
            self._derived[place] = master.derived(purpose)
        return self._derived[place]


class BackupKey:
    """Seals whole backups, nothing else; it lies in a file of its own and opens no row of the house."""

    def __init__(self, material: bytes) -> None:
        if len(material) < KEY_BYTES:
            raise UnsafeSettings("The backup key must hold at least 32 random bytes.")
        self._key = _Key(_id_of(material), material)
        self.id = self._key.id.hex()

    def of_one(self, salt: str) -> "RecordKey":
        """Return the key of one backup."""
        return RecordKey(self._key.derived(f"backup:{salt}"))


def _id_of(material: bytes) -> bytes:
    return hashlib.sha256(b"key-id" + material).digest()[:4]


def read_backup_key(path: Path) -> BackupKey:
    """Read the key of the backups. Raises UnsafeSettings where it is missing or may be read by others."""
    if not path.exists():
        raise UnsafeSettings(f"The backup key is missing: {path}.")
    return BackupKey(_read(path))


def make_backup_key(path: Path) -> bool:
    """Make the key of the backups unless it is there; return whether it was made."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_in(path.parent):
        if path.exists():
            return False
        draft = path.parent / f".{path.name}.new"
        _write(draft)
        draft.rename(path)
        sync_folder(path.parent)
    return True


def init_sealing(app: Flask, settings: Settings) -> None:
    """Open the key folder; in embedded mode make it at first start. Raises UnsafeSettings."""
    app.extensions["keyring"] = keyring_from(settings.keys, may_create=not settings.is_production)


def keyring_from(folder: Path, *, may_create: bool) -> Keyring:
    """Read `master-*.key` (newest name last) and `hash.key`; refuse files that others may read."""
    hashing = folder / "hash.key"
    expected = folder / EXPECTED_IDS
    if may_create and not expected.exists():  # else new keys would open nothing of what was restored
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with alone_in(folder):
                _make_first_keys(folder)
        except OSError as failed:
            if not is_full(failed):
                raise
            raise UnsafeSettings(f"There is no room in {folder} for the first keys.") from None
    sealing = sorted(folder.glob("master-*.key"), reverse=True)
    if not sealing or not hashing.exists():
        raise UnsafeSettings(f"Key files are missing in {folder}: master-0001.key and hash.key.")
    ring = Keyring([_read(path) for path in sealing], _read(hashing))
    if expected.exists():
        _refuse_strange(expected)
        if may_create:
            expected.unlink(missing_ok=True)  # they are here for good; some day they may be changed
    return ring


def _refuse_strange(expected: Path) -> None:
    here, wanted = key_names_in(expected.parent), expected.read_text(encoding="utf-8").splitlines()
    missing = [line.partition(" ")[2] for line in wanted if line.partition(" ")[0] not in here]
    if missing:
        raise UnsafeSettings(
            f"The keys in {expected.parent} are not those of the house that was restored here: "
            f"put its own {', '.join(missing)} there."
        )


def key_names_in(folder: Path, *, but: Path | None = None) -> dict[str, str]:
    """Return the key files of a folder by the ids of what they hold, all of the house's but the one given.

    It can be told later which ones belong there, whatever they are for.
    """
    paths = [path for path in sorted(folder.glob("*.key")) if path != but]
    return {_id_of(path.read_bytes()).hex(): path.name for path in paths}


def _make_first_keys(folder: Path) -> None:
    """Make both keys or neither.

    Both are whole under another name before the first gets its own: the start after a crash finds the
    second one ready. A master key that was lost is never made anew.
    """
    if any(folder.glob("master-*.key")):
        return
    drafts = {folder / name: folder / f".{name}.new" for name in _FIRST_KEYS}
    if not (folder / _FIRST_KEYS[0]).exists():
        for draft in drafts.values():
            _write(draft)
        sync_folder(folder)
    for path, draft in drafts.items():
        if draft.exists():
            draft.rename(path)
    sync_folder(folder)  # a key that seals today must be there after the power went


def _write(path: Path) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise UnsafeSettings(f"{path} may be read by others: chmod 600 it.")
    return path.read_bytes()


def _keyring() -> Keyring:
    ring: Keyring = current_app.extensions["keyring"]
    return ring


def seal(plain: bytes, *, purpose: str, place: str = "") -> bytes:
    """Encrypt with AES-256-GCM. `place` (table, column, row) is bound in: a moved value stays shut."""
    key_id, key = _keyring().key(purpose)
    return _encrypt(key_id, key, plain, place)


def unseal(sealed: bytes, *, purpose: str, place: str = "") -> bytes:
    """Decrypt. Raises SealBroken."""
    _, key = _keyring().key(purpose, sealed[1:5])
    return _decrypt(key, sealed, place)


def new_record_key(*, place: str) -> tuple["RecordKey", bytes]:
    """Make the data key of one record and its wrapped form; destroying that destroys the data (PD8)."""
    material = secrets.token_bytes(KEY_BYTES)
    return RecordKey(material), seal(material, purpose="record-key", place=place)


def open_record_key(wrapped: bytes, *, place: str) -> "RecordKey":
    """Unwrap the data key of one record. Raises SealBroken."""
    return RecordKey(unseal(wrapped, purpose="record-key", place=place))


class RecordKey:
    """Seals the fields of one record, each bound to its place."""

    def __init__(self, material: bytes) -> None:
        self._material = material

    def seal(self, plain: str, *, place: str) -> bytes:
        return _encrypt(b"\0\0\0\0", self._material, plain.encode(), place)

    def unseal(self, sealed: bytes, *, place: str) -> str:
        return _decrypt(self._material, sealed, place).decode()

    def seal_piece(self, plain: bytes, *, place: str, number: int, is_last: bool) -> bytes:
        """Seal one piece of a file. Its number and whether it is the last are bound in."""
        return _encrypt(b"\0\0\0\0", self._material, plain, _piece_place(place, number, is_last=is_last))

    def unseal_piece(self, sealed: bytes, *, place: str, number: int, is_last: bool) -> bytes:
        """Open one piece. Raises SealBroken when it is another one, or the file goes on or ends elsewhere."""
        return _decrypt(self._material, sealed, _piece_place(place, number, is_last=is_last))


def _piece_place(place: str, number: int, *, is_last: bool) -> str:
    return f"{place}#{number}{'!' if is_last else ''}"


def _encrypt(key_id: bytes, key: bytes, plain: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = bytes([_VERSION]) + key_id
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + place.encode())


def _decrypt(key: bytes, sealed: bytes, place: str) -> bytes:
    head, nonce, body = sealed[:5], sealed[5 : 5 + _NONCE_BYTES], sealed[5 + _NONCE_BYTES :]
    if sealed[:1] != bytes([_VERSION]):
        raise SealBroken("unknown version of seal")
    try:
        return AESGCM(key).decrypt(nonce, body, head + place.encode())
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("the seal does not fit its place or was changed") from broken


def hmac_hex(value: str, *, purpose: str) -> str:
    """Return the keyed SHA-256 of a value as 64 hex digits: blind index, token and code hashes."""
    return hmac.new(_keyring().hash_key(purpose), value.encode(), hashlib.sha256).hexdigest()


def secret_of(path: Path, *, least_bytes: int = 1) -> bytes:
    """Read a secret of a partner, without line ends. Raises UnsafeSettings: shared, short or gone (KD2)."""
    try:
        secret = _read(path).strip()
    except OSError as gone:
        raise UnsafeSettings(f"{path} cannot be read.") from gone
    if len(secret) < least_bytes:
        raise UnsafeSettings(f"{path} must hold at least {least_bytes} bytes.")
    return secret


def signed_with(secret: bytes, body: bytes) -> str:
    """Return the SHA-256 signature of what goes to a partner who has the same secret, as 64 hex digits."""
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


def is_same(left: str, right: str) -> bool:
    """Compare secrets in constant time (AU8)."""
    return hmac.compare_digest(left.encode(), right.encode())


def random_token() -> str:
    """Return 256 random bits, safe in cookies and addresses."""
    return secrets.token_urlsafe(32)


def random_crockford(length: int) -> str:
    """Return random letters of the Crockford alphabet, 5 bits each."""
    return "".join(secrets.choice(_CROCKFORD) for _ in range(length))


def crockford_check(text: str) -> str:
    """Return the Luhn mod 32 check letter over Crockford letters (`complaints.yaml` numbering)."""
    total = 0
    for position, letter in enumerate(reversed(text)):
        value = _CROCKFORD.index(letter) * (2 if position % 2 == 0 else 1)
        total += value // 32 + value % 32
    return _CROCKFORD[-total % 32]


def as_crockford(typed: str) -> str:
    """Read what people type as Crockford letters: any case, I and L for 1, O for 0, spaces ignored."""
    plain = typed.upper().translate(str.maketrans("ILO", "110", " -.\u2013\u2014"))
    return "".join(letter for letter in plain if letter in _CROCKFORD)


def seal_with_code(plain: bytes, code: str, *, purpose: str) -> bytes:
    """Seal for whoever holds a random code of 128 bits or more, without any key of ours.

    The same text gives the same bytes, another text another nonce: so a signed file stays the same.
    """
    key = _key_of_code(code, purpose)
    nonce = hmac.new(key, plain, hashlib.sha256).digest()[:_NONCE_BYTES]
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unseal_with_code(sealed: bytes, code: str, *, purpose: str) -> bytes:
    """Open what was sealed with a code. Raises SealBroken for another one."""
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(_key_of_code(code, purpose)).decrypt(nonce, body, None)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("this code does not open it") from broken


def _key_of_code(code: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"code {purpose}".encode()).derive(
        code.encode()
    )
