"""MP4, 3GP and M4A: a walk through the boxes. What is not sound or picture is overwritten with nothing.

Boxes keep their places and lengths, so the offsets inside stay right and nothing is decoded. A track
that is neither picture nor sound (places, accelerations, text) loses its samples as well.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import verdicts as v
from .streams import copy, overwrite

DEEPEST, MOST_BOXES, MOST_SAMPLES = 10, 20_000, 2_000_000
_CONTAINERS: tuple[bytes, ...] = (
    b"moov",
    b"trak",
    b"mdia",
    b"minf",
    b"stbl",
    b"edts",
    b"dinf",
    b"mvex",
    b"moof",
    b"traf",
    b"mfra",
)
_TOP: tuple[bytes, ...] = (
    b"ftyp",
    b"moov",
    b"mdat",
    b"moof",
    b"sidx",
    b"styp",
    b"mfra",
    b"free",
    b"skip",
    b"wide",
    b"pdin",
    b"uuid",
)
_TOP += (b"meta", b"udta", b"emsg", b"ssix", b"prft")
_TELLING = (b"udta", b"meta", b"uuid", b"free", b"skip", b"emsg", b"prft", b"wide", b"Xtra", b"name")
_SHOWN = (b"vide", b"soun")
_TIMES = {b"mvhd": (8, 4), b"tkhd": (8, 4), b"mdhd": (8, 4)}  # bytes of both instants, by version


@dataclass
class _Box:
    kind: bytes
    start: int
    head: int  # bytes before the payload
    size: int
    parent: "_Box | None" = None
    inner: list["_Box"] = field(default_factory=list)

    @property
    def payload(self) -> int:
        return self.start + self.head

    @property
    def end(self) -> int:
        return self.start + self.size

    def find(self, *path: bytes) -> "_Box | None":
        found: _Box | None = self
        for kind in path:
            found = next((box for box in found.inner if box.kind == kind), None) if found else None
        return found

    def walk(self) -> Iterator["_Box"]:
        yield self
        for box in self.inner:
            yield from box.walk()


class _Film:
    def __init__(self, body: int) -> None:
        self.body, self.size = body, os.fstat(body).st_size
        self._count = 0
        self.top, self.end = self._boxes(0, self.size, None, 0)

    def read(self, start: int, length: int) -> bytes:
        said = os.pread(self.body, length, start)
        if len(said) != length:
            raise v.Refusal(v.DAMAGED)
        return said

    def _boxes(self, start: int, end: int, parent: _Box | None, depth: int) -> tuple[list[_Box], int]:
        """Return the boxes of a stretch, and where the last whole one ends."""
        boxes: list[_Box] = []
        while end - start >= 8:
            size, kind = struct.unpack(">I4s", self.read(start, 8))
            head = 8
            if size == 1:
                if end - start < 16:
                    break
                size, head = struct.unpack(">Q", self.read(start + 8, 8))[0], 16
            elif size == 0 and parent is None:
                size = end - start
            if depth == 0 and kind not in _TOP:
                break  # what follows is not of the film
            if size < head or start + size > end:
                if parent is None and boxes and kind not in (b"mdat", b"moov", b"moof"):
                    break
                raise v.Refusal(v.DAMAGED)
            self._count += 1
            if self._count > MOST_BOXES or depth > DEEPEST:
                raise v.Refusal(v.TOO_COMPLEX)
            box = _Box(kind, start, head, size, parent)
            if kind in _CONTAINERS:
                box.inner, last = self._boxes(box.payload, box.end, box, depth + 1)
                if last != box.end:
                    raise v.Refusal(v.DAMAGED)
            boxes.append(box)
            start = box.end
        return boxes, start


def end_of(body: int) -> int:
    """Return where the film ends; what follows belongs to nobody."""
    return _Film(body).end


def examine(body: int, kind: str, outs: tuple[int, ...]) -> dict[str, object]:
    """Write the cleaned copy into `outs`; return type, duration in seconds and size of the picture."""
    film = _Film(body)
    movies = [box for box in film.top if box.kind == b"moov"]
    if not film.top or film.top[0].kind != b"ftyp" or len(movies) != 1:
        raise v.Refusal(v.DAMAGED)
    movie = movies[0]
    tracks = [box for box in movie.inner if box.kind == b"trak"]
    shown = [track for track in tracks if _handler(film, track) in _SHOWN]
    if not shown or not any(box.kind == b"mdat" for box in film.top):
        raise v.Refusal(v.DAMAGED)
    for track in shown:
        if not all(track.find(b"mdia", b"minf", b"stbl", table) for table in (b"stsd", b"stts", b"stsc")):
            raise v.Refusal(v.DAMAGED)
    has_picture = any(_handler(film, track) == b"vide" for track in shown)
    hidden = [track for track in tracks if track not in shown]
    if outs:
        _write_copy(film, hidden, outs[0])
    found: dict[str, object] = {"duration": _duration(film, movie)}
    if not has_picture:
        found["type"] = v.M4A
    elif kind == v.M4A:
        found["type"] = v.MP4
    return found


def _handler(film: _Film, track: _Box) -> bytes:
    box = track.find(b"mdia", b"hdlr")
    if box is None or box.size < box.head + 12:
        raise v.Refusal(v.DAMAGED)
    return film.read(box.payload + 8, 4)


def _duration(film: _Film, movie: _Box) -> float | None:
    header = movie.find(b"mvhd")
    if header is None or header.size - header.head < 32:
        raise v.Refusal(v.DAMAGED)
    said = film.read(header.payload, 32)
    if said[0] == 1:
        scale, length = struct.unpack(">IQ", said[20:32])
    else:
        scale, length = struct.unpack(">II", said[12:20])
    return round(length / scale, 1) if scale else None


def _write_copy(film: _Film, hidden: list[_Box], out: int) -> None:
    copy(film.body, out, film.end)
    silenced = {id(box) for track in hidden for box in track.walk()}
    for track in hidden:
        for start, length in _samples(film, track):
            overwrite(out, start, min(length, max(0, film.end - start)))
    for top in film.top:
        for box in top.walk():
            if box in hidden or (box.kind in _TELLING and id(box) not in silenced):
                os.pwrite(out, b"free", box.start + 4)
                overwrite(out, box.payload, box.size - box.head)
            elif box.kind in _TIMES and id(box) not in silenced:
                _forget_times(film, box, out)
            elif box.kind == b"hdlr" and id(box) not in silenced:
                overwrite(out, box.payload + 24, max(0, box.size - box.head - 24))  # the name of the maker


def _forget_times(film: _Film, box: _Box, out: int) -> None:
    is_long = film.read(box.payload, 1) == b"\x01"
    overwrite(out, box.payload + 4, 16 if is_long else 8)


def _samples(film: _Film, track: _Box) -> Iterator[tuple[int, int]]:
    """Yield where the samples of a track lie: chunk by chunk, start and length."""
    table = track.find(b"mdia", b"minf", b"stbl")
    if table is None:
        return
    offsets = _numbers(film, table.find(b"stco"), ">I") or _numbers(film, table.find(b"co64"), ">Q")
    runs = _numbers(film, table.find(b"stsc"), ">III")
    sizes_box = table.find(b"stsz")
    if sizes_box is None or not runs:
        return
    same, count = struct.unpack(">II", film.read(sizes_box.payload + 4, 8))
    sizes = [] if same else _numbers(film, sizes_box, ">I", skip=4)
    sample = 0
    for number, (offset,) in enumerate(offsets, 1):
        per_chunk = next((run[1] for run in reversed(runs) if run[0] <= number), 0)
        if same:
            yield offset, min(per_chunk, count) * same
        else:
            yield offset, sum(size for (size,) in sizes[sample : sample + per_chunk])
        sample += per_chunk


def _numbers(film: _Film, box: _Box | None, shape: str, skip: int = 0) -> list[tuple[int, ...]]:
    """Return the rows of a table box: version, `skip` bytes, count, rows."""
    if box is None:
        return []
    first = box.payload + 4 + skip
    count = int.from_bytes(film.read(first, 4), "big")
    width = struct.calcsize(shape)
    if count > MOST_SAMPLES:
        raise v.Refusal(v.TOO_COMPLEX)
    if first + 4 + count * width > box.end:
        raise v.Refusal(v.DAMAGED)
    return list(struct.iter_unpack(shape, film.read(first + 4, count * width)))
