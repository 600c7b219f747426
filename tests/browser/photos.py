"""Photos as a phone makes them: with the place where they were taken, and too large for one piece."""

import hashlib
import io

from PIL import Image

LATITUDE, LONGITUDE = (2.0, 40.0, 27.5), (118.0, 53.0, 11.25)  # Mamuju
MARK = "DemoPonsel X1"  # of the phone, which no copy may tell
_GPS, _MAKE = 0x8825, 0x010F


def photo(seed: int, width: int = 1400, height: int = 1050) -> bytes:
    """Return a JPEG that packs badly: about a megabyte."""
    noise = hashlib.shake_256(bytes([seed])).digest(width * height // 4 * 3)
    coarse = Image.frombytes("RGB", (width // 2, height // 2), noise)
    image = Image.blend(
        coarse.resize((width, height)), Image.new("RGB", (width, height), _colour(seed)), 0.55
    )
    exif = Image.Exif()
    exif[_MAKE] = MARK
    exif.get_ifd(_GPS).update({1: "S", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=88, exif=exif)
    return packed.getvalue()


def _colour(seed: int) -> tuple[int, int, int]:
    return ((seed * 83) % 200 + 30, (seed * 47) % 200 + 30, (seed * 131) % 200 + 30)


def tells_place(content: bytes) -> bool:
    """Whether a picture says where it was taken or with what."""
    exif = Image.open(io.BytesIO(content)).getexif()
    return bool(exif.get_ifd(_GPS)) or MARK.encode() in content
