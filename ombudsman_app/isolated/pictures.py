"""Pictures: decoded for real, turned upright, written anew without anything but their pixels."""

import os
import re
import warnings
from typing import IO

from PIL import Image, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from . import verdicts as v

PIXELS = 40_000_000  # FI3
PREVIEW_PIXELS, THUMB_PIXELS = 1600, 320  # the longer side
COPY_QUALITY, PREVIEW_QUALITY, THUMB_QUALITY = 92, 82, 75
_FORMATS = {v.JPEG: "JPEG", v.PNG: "PNG", v.WEBP: "WEBP"}
_PLUGINS = (JpegImagePlugin, PngImagePlugin, WebPImagePlugin)  # loaded before the fork
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_DEEP = ("I;16", "I;16L", "I;16B", "I;16N", "I")


def preload() -> None:
    """Have the decoders ready in the parent."""
    Image.preinit()
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, before anything is decoded


def examine(body: int, kind: str, outs: tuple[int, ...]) -> dict[str, int]:
    """Write cleaned copy, preview and thumbnail into `outs`; return width and height as one sees them."""
    image = _decode(body, kind)
    picture = _upright(image)
    width, height = picture.size
    if outs:
        with _writing(outs[0]) as out:
            _save_copy(picture, kind, out)
    picture = _on_white(picture)
    sizes = ((PREVIEW_PIXELS, PREVIEW_QUALITY), (THUMB_PIXELS, THUMB_QUALITY))
    for descriptor, (size, quality) in zip(outs[1:], sizes, strict=False):
        picture.thumbnail((size, size))
        with _writing(descriptor) as out:
            picture.save(out, "JPEG", quality=quality, optimize=True)
    return {"width": width, "height": height}


def _decode(body: int, kind: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which we drop
            image = Image.open(os.fdopen(body, "rb", closefd=False), formats=[_FORMATS[kind]])
            if image.width * image.height > PIXELS:
                raise v.Refusal(v.TOO_MANY_PIXELS)
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                raise v.Refusal(v.ANIMATED)
            image.load()
    except (v.Refusal, MemoryError):
        raise
    except Exception:  # decoders raise whatever they like
        raise v.Refusal(v.DAMAGED) from None
    return image


def _upright(image: Image.Image) -> Image.Image:
    """Return it as a camera meant it, without a word about where and with what it was taken."""
    try:
        turned = ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:  # a broken EXIF block says nothing about the picture
        turned = image
    if turned.mode in _DEEP:
        turned = turned.point(lambda value: value / 256).convert("L")
    elif turned.has_transparency_data:
        turned = turned.convert("RGBA")
    elif turned.mode not in ("L", "RGB"):
        turned = turned.convert("RGB")
    turned.info.clear()
    return turned


def _save_copy(picture: Image.Image, kind: str, out: IO[bytes]) -> None:
    match kind:
        case v.JPEG:
            picture.save(out, "JPEG", quality=COPY_QUALITY, optimize=True)
        case v.PNG:
            picture.save(out, "PNG")
        case _:
            picture.save(out, "WEBP", quality=COPY_QUALITY)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture)
    return white


def _writing(descriptor: int) -> IO[bytes]:
    return os.fdopen(descriptor, "wb", closefd=False)


def end_of(body: int, kind: str) -> int:
    """Return where a picture or a PDF ends by its own account; its length if it does not say."""
    whole = os.pread(body, os.fstat(body).st_size, 0)
    end = {v.JPEG: _end_of_jpeg, v.PNG: _end_of_png, v.WEBP: _end_of_webp, v.PDF: _end_of_pdf}[kind](whole)
    return min(end, len(whole))


def _end_of_pdf(whole: bytes) -> int:
    found = whole.rfind(b"%%EOF")
    return len(whole) if found < 0 else found + 5


def _end_of_webp(whole: bytes) -> int:
    size = int.from_bytes(whole[4:8], "little")
    return 8 + size + size % 2


def _end_of_png(whole: bytes) -> int:
    at = 8
    while at + 12 <= len(whole):
        length, kind = int.from_bytes(whole[at : at + 4], "big"), whole[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at
    return len(whole)


def _end_of_jpeg(whole: bytes) -> int:
    at = 2
    while at + 4 <= len(whole) and whole[at] == 0xFF:
        marker = whole[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker in (0x01, 0xFF) or 0xD0 <= marker <= 0xD7:  # these have no length
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(whole[at + 2 : at + 4], "big")
        if marker == 0xDA:
            found = _MARKER_IN_SCAN.search(whole, at)
            if found is None:
                return len(whole)
            at = found.start()
    return at + 2 if whole[at : at + 2] == b"\xff\xd9" else len(whole)
