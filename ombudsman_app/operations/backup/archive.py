"""The file of a backup: a head that anybody may read, then one sealed stream.

    KAWAL-BACKUP 1 ⏎ · length · head (JSON) · sealed pieces (`core/sealed_files.py`)

The head is bound into every seal. What is sealed is a row of members: each begins (B), goes on (D, data) and
ends with an entry that tells its size and SHA-256 (E); the last piece (Z) sums all entries up. The entries
are the manifest: they lie beside what they speak of, so nobody needs them all at once.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import IO, Any

from ombudsman_app.core.sealed_files import PIECE_BYTES, frame, unsealed
from ombudsman_app.core.sealing import BackupKey, RecordKey, SealBroken

from .errors import BackupUnsound

MAGIC = b"KAWAL-BACKUP 1\n"
_LONGEST_HEAD = 16_384
_LENGTH_BYTES = 4
_BEGIN, _DATA, _END, _SUM = b"B", b"D", b"E", b"Z"
NOTHING: Mapping[str, Any] = MappingProxyType({})
_PACKED = 1  # level of zlib: four times smaller at little cost


@dataclass(frozen=True)
class Head:
    """What anybody may read of a backup."""

    product: str
    release: str
    engine: str  # sqlite or postgresql
    revision: str  # of the tables
    instance: str  # the host name of the house
    made_at: str  # ISO 8601, UTC
    key_id: str
    salt: str


@dataclass(frozen=True)
class Entry:
    """A line of the manifest."""

    kind: str  # database, table or file
    name: str
    size: int
    sha256: str
    details: Mapping[str, Any]  # rows and columns of a table

    def as_json(self) -> str:
        """Write it in the one way that the sum over all entries counts."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True)
class Summary:
    """The last word of a backup."""

    entries: int
    sha256: str  # over all entries
    details: Mapping[str, Any]


def read_head(file: IO[bytes]) -> tuple[Head, str]:
    """Read what stands before the seal; return it with the place that it gives to all pieces."""
    start = file.read(len(MAGIC) + _LENGTH_BYTES)
    if not start.startswith(MAGIC) or len(start) != len(MAGIC) + _LENGTH_BYTES:
        raise BackupUnsound("This is no backup of Kawal Layanan, or its beginning is missing.")
    size = int.from_bytes(start[len(MAGIC) :], "big")
    text = file.read(size) if size <= _LONGEST_HEAD else b""
    try:
        told = json.loads(text)
        head = Head(**{field.name: str(told[field.name]) for field in fields(Head)})
    except (ValueError, KeyError, TypeError):
        raise BackupUnsound("The head of this backup cannot be read: it was changed or cut off.") from None
    return head, _place(text)


def _place(head: bytes) -> str:
    return f"backup.{hashlib.sha256(head).hexdigest()}"


class Writer:
    """Writes one backup from its first byte to its last."""

    def __init__(self, file: IO[bytes], head: Head, key: BackupKey) -> None:
        text = json.dumps(asdict(head), sort_keys=True).encode()
        file.write(MAGIC + len(text).to_bytes(_LENGTH_BYTES, "big") + text)
        self._file, self._place, self._key = file, _place(text), key.of_one(head.salt)
        self._number = self._entries = 0
        self._sum = hashlib.sha256()

    def add(
        self,
        kind: str,
        name: str,
        pieces: Iterable[bytes],
        *,
        is_packed: bool = False,
        about: Mapping[str, Any] = NOTHING,
        told: Callable[[], Mapping[str, Any]] = dict,
    ) -> Entry:
        """Add a member. What is told `about` it stands before its bytes; `told` is asked after them."""
        begun = {"kind": kind, "name": name, "is_packed": is_packed, "about": dict(about)}
        self._piece(_BEGIN + json.dumps(begun).encode())
        digest, size, waiting = hashlib.sha256(), 0, bytearray()
        packer = zlib.compressobj(_PACKED) if is_packed else None
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            waiting += packer.compress(piece) if packer else piece
            self._put(waiting, least=PIECE_BYTES)
        if packer:
            waiting += packer.flush()
        self._put(waiting, least=1)
        entry = Entry(kind, name, size, digest.hexdigest(), {**about, **told()})
        self._piece(_END + entry.as_json().encode())
        self._entries += 1
        self._sum.update(entry.as_json().encode() + b"\n")
        return entry

    def close(self, details: Mapping[str, Any]) -> Summary:
        """Sum up and end the stream."""
        summary = Summary(self._entries, self._sum.hexdigest(), details)
        self._piece(_SUM + json.dumps(asdict(summary), sort_keys=True).encode())
        self._file.write(frame(self._key, b"", place=self._place, number=self._number, is_last=True))
        return summary

    def _put(self, waiting: bytearray, *, least: int) -> None:
        while len(waiting) >= least:
            self._piece(_DATA + bytes(waiting[:PIECE_BYTES]))
            del waiting[:PIECE_BYTES]

    def _piece(self, plain: bytes) -> None:
        self._file.write(frame(self._key, plain, place=self._place, number=self._number))
        self._number += 1


class Member:
    """One thing in a backup. `pieces` can be read once; `entry` is there when they were."""

    def __init__(self, begun: bytes, frames: Iterator[bytes]) -> None:
        told = json.loads(begun)
        self.kind, self.name = str(told["kind"]), str(told["name"])
        self.about: Mapping[str, Any] = told["about"]
        self._is_packed = bool(told["is_packed"])
        self._frames = frames
        self.entry: Entry | None = None
        self.pieces = self._read()  # raises BackupUnsound, at the latest at its end

    def _read(self) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        unpacker = zlib.decompressobj() if self._is_packed else None
        for piece in self._frames:
            kind, content = piece[:1], piece[1:]
            if kind == _END:
                self.entry = Entry(**json.loads(content))
                if (self.entry.size, self.entry.sha256) != (size, digest.hexdigest()):
                    raise BackupUnsound(f"{self.name} in this backup is not what its manifest says.")
                return
            for plain in _unpacked(unpacker, content) if unpacker else (content,):
                digest.update(plain)
                size += len(plain)
                yield plain
        raise BackupUnsound("The backup ends in the middle.")


def _unpacked(unpacker: Any, content: bytes) -> Iterator[bytes]:
    while content:
        plain = unpacker.decompress(content, PIECE_BYTES)
        if plain:
            yield plain
        content = unpacker.unconsumed_tail


class Reader:
    """Reads one backup from its first byte to its last, and believes none that it has not proved."""

    def __init__(self, file: IO[bytes], key: BackupKey) -> None:
        self.head, place = read_head(file)
        if self.head.key_id != key.id:
            raise BackupUnsound(
                f"This backup was made with the key {self.head.key_id}; the key given is {key.id}."
            )
        self._frames = _frames(file, key.of_one(self.head.salt), place)
        self.summary: Summary | None = None

    def members(self) -> Iterator[Member]:
        """Yield each member; what the caller leaves unread is read and proved all the same."""
        digest, number = hashlib.sha256(), 0
        for piece in self._frames:
            if piece[:1] == _SUM:
                self.summary = Summary(**json.loads(piece[1:]))
                break
            member = Member(piece[1:], self._frames)
            yield member
            for _piece in member.pieces:
                pass
            digest.update(member.entry.as_json().encode() + b"\n" if member.entry else b"")
            number += 1
        summary = self.summary
        if summary is None or (summary.entries, summary.sha256) != (number, digest.hexdigest()):
            raise BackupUnsound("The manifest of this backup does not fit what it holds.")
        if next(self._frames, None) is not None:  # also proves that nothing was cut off
            raise BackupUnsound("The backup goes on after its end.")

    def proved(self) -> Summary:
        """Return the sum. Raises BackupUnsound while not everything has been read."""
        if self.summary is None:
            raise BackupUnsound("The backup was not read to its end.")
        return self.summary


def _frames(file: IO[bytes], key: RecordKey, place: str) -> Iterator[bytes]:
    try:
        yield from unsealed(file, key, place=place)
    except SealBroken:
        raise BackupUnsound("The backup was changed, damaged or cut off.") from None
