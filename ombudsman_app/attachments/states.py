"""What is taken in, by the end of a name before anything has arrived; the content decides later (FI1)."""

from types import MappingProxyType

from ombudsman_app.core import limits

_VIDEO = frozenset({"mp4", "m4v", "3gp", "3gpp"})
ENDINGS = MappingProxyType(
    {
        **dict.fromkeys(
            ("jpg", "jpeg", "jfif", "png", "webp", "pdf", "m4a", "ogg", "oga", "opus"), limits.FILE_BYTES
        ),
        **dict.fromkeys(_VIDEO, limits.VIDEO_BYTES),
    }
)
ACCEPT = (
    "image/jpeg,image/png,image/webp,application/pdf,video/mp4,video/3gpp,audio/mp4,audio/ogg,"
    + ",".join(f".{ending}" for ending in ENDINGS)
)


def ending_of(name: str) -> str:
    """Return the end of a name in small letters, empty where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def most_bytes(name: str) -> int | None:
    """Return how large a file of this name may be; None: files of this kind are not taken."""
    return ENDINGS.get(ending_of(name))


def kind_of(media_type: str, name: str = "") -> str:
    """Return image, pdf, video or audio: what was found, else what the name says."""
    if media_type:
        return "pdf" if media_type == "application/pdf" else media_type.partition("/")[0]
    ending = ending_of(name)
    if ending == "pdf":
        return "pdf"
    if ending in _VIDEO:
        return "video"
    return "audio" if ending in {"m4a", "ogg", "oga", "opus"} else "image"
