"""PDF: written anew without anything that acts, hides or tells on its author.

Older versions inside the file and objects that nobody names are not written again.
"""

import os
import zlib
from typing import Any

import pikepdf

from . import verdicts as v

PAGES, OBJECTS = 1000, 100_000
PICTURE_PIXELS = 160_000_000  # one scan of a large sheet
UNFOLDED_BYTES = 512 * 1024 * 1024  # all streams together
RATIO, RATIO_FROM_BYTES = 400, 32 * 1024 * 1024  # a single stream; small ones may be all blanks
_PIECE_BYTES = 256 * 1024
_DEEPEST = 60
_FORGOTTEN = (
    *("/JavaScript", "/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/AF", "/XFA", "/Metadata"),
    *("/PieceInfo", "/LastModified", "/Collection", "/Perms", "/DSS", "/Requirements", "/SpiderInfo", "/URI"),
    *("/Launch", "/RichMediaContent", "/RichMediaSettings", "/Movie", "/Sound", "/Rendition", "/Alternates"),
)
_DROPPED_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Popup")
_ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")  # the content of a stream in another file
_AUTHORS = ("/T", "/M", "/CreationDate", "/NM", "/RC")  # of a remark


def examine(body: int, outs: tuple[int, ...]) -> dict[str, int]:
    """Write the cleaned copy into `outs`; return the number of pages."""
    try:
        with pikepdf.open(os.fdopen(body, "rb", closefd=False), suppress_warnings=True) as paper:
            return _examine(paper, outs)
    except (v.Refusal, MemoryError, OSError):
        raise
    except pikepdf.PasswordError:
        raise v.Refusal(v.ENCRYPTED) from None
    except Exception as failed:  # the library raises whatever it likes
        if "bad_alloc" in str(failed):
            raise v.Refusal(v.BOMB) from None
        raise v.Refusal(v.DAMAGED) from None


def _examine(paper: pikepdf.Pdf, outs: tuple[int, ...]) -> dict[str, int]:
    if paper.is_encrypted:
        raise v.Refusal(v.ENCRYPTED)
    if len(paper.objects) > OBJECTS:
        raise v.Refusal(v.TOO_COMPLEX)
    pages = len(paper.pages)
    if not pages:
        raise v.Refusal(v.DAMAGED)
    if pages > PAGES:
        raise v.Refusal(v.TOO_MANY_PAGES)
    budget = UNFOLDED_BYTES
    for thing in paper.objects:
        if isinstance(thing, pikepdf.Stream):
            budget -= _unfolded(thing, budget)
        _clean(thing, 0)
    for page in paper.pages:
        _clean_remarks(page.obj)
    for key in list(paper.trailer.keys()):
        if key not in ("/Root", "/Size"):
            del paper.trailer[key]
    if outs:
        with os.fdopen(outs[0], "w+b", closefd=False) as out:
            paper.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {"pages": pages}


def _unfolded(stream: pikepdf.Stream, budget: int) -> int:
    """Return how many bytes it unfolds to. Raises Refusal above the limits."""
    pixels = _number(stream.get("/Width")) * _number(stream.get("/Height"))
    if stream.get("/Subtype") == "/Image" and pixels > PICTURE_PIXELS:
        raise v.Refusal(v.TOO_MANY_PIXELS)
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if len(names) > 3 or sum(name in ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW") for name in names) > 1:
        raise v.Refusal(v.BOMB)
    raw = bytes(stream.read_raw_bytes())
    if names[0] not in ("/FlateDecode", "/Fl"):
        return len(raw)
    total = 0
    inflate = zlib.decompressobj()
    piece = raw
    while piece and not inflate.eof:
        try:
            total += len(inflate.decompress(piece, _PIECE_BYTES))
        except zlib.error:  # a reader shows what came until then
            break
        if total > budget or (total > RATIO_FROM_BYTES and total > RATIO * len(raw)):
            raise v.Refusal(v.BOMB)
        piece = inflate.unconsumed_tail
    return total


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


def _clean(thing: Any, depth: int) -> None:
    """Take out of a dictionary, and of what is written inside it, all that acts or tells."""
    if depth > _DEEPEST:
        raise v.Refusal(v.TOO_COMPLEX)
    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            _step_into(inner, depth)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    is_stream = isinstance(thing, pikepdf.Stream)
    for key in (*_FORGOTTEN, *(_ELSEWHERE if is_stream else ())):
        if key in thing:
            del thing[key]
    for key in ("/A", "/PA", "/Next"):
        action = thing.get(key)
        if isinstance(action, pikepdf.Dictionary) and "/S" in action and action.get("/S") != "/GoTo":
            del thing[key]
    for key in list(thing.keys()):
        if key not in ("/Parent", "/Length"):
            _step_into(thing[key], depth)


def _step_into(inner: Any, depth: int) -> None:
    """Only into what stands inside: things with a number of their own are visited by themselves."""
    if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
        _clean(inner, depth + 1)


def _clean_remarks(page: Any) -> None:
    remarks = page.get("/Annots")
    if not isinstance(remarks, pikepdf.Array):
        return
    kept = pikepdf.Array()
    for remark in remarks:
        if isinstance(remark, pikepdf.Dictionary) and remark.get("/Subtype") not in _DROPPED_ANNOTATIONS:
            for key in (*_AUTHORS, "/Popup"):
                if key in remark and not (key == "/T" and remark.get("/Subtype") == "/Widget"):
                    del remark[key]
            kept.append(remark)
    page["/Annots"] = kept
