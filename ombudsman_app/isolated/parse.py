"""`python -m ombudsman_app.isolated.parse FOLDER [CHILDREN]`: looks into files that strangers sent.

Task `examine`: head {"given_name"}, body the file, outs [cleaned copy, preview, thumbnail] (fewer are
fine). Answers {"verdict": "ok"|"refused", "reason", "type", "extension_agrees", "width", "height",
"pages", "duration", "cleaned", "preview", "thumb"}; the reasons stand in `verdicts`. Tasks `sheets`,
`lists` and `boundaries`: see there.
"""

import os
from typing import Any

from . import boundaries, fence, films, kinds, lists, papers, pictures, sheets, sounds
from . import verdicts as v
from .server import Ask, ForkServer
from .wire import TOO_BIG, UNREADABLE, TaskFailed

FILE_BYTES = 64 * fence.MIB
LIMITS = fence.Limits(memory_bytes=768 * fence.MIB, file_bytes=160 * fence.MIB)
_TAIL_BYTES = 66 * 1024
_APPENDED_BYTES = 1024 * 1024
_PICTURES = (v.JPEG, v.PNG, v.WEBP)


def examine(ask: Ask) -> dict[str, Any]:
    """Say what a file is, whether we take it, and write what may be shown of it."""
    if ask.body is None:
        raise TaskFailed(UNREADABLE, "body")
    if os.fstat(ask.body).st_size > FILE_BYTES:
        raise TaskFailed(TOO_BIG, "file")
    found: dict[str, Any] = dict.fromkeys(("type", "width", "height", "pages", "duration"))
    found |= {"extension_agrees": False, "cleaned": False, "preview": False, "thumb": False}
    try:
        _examine(ask.body, str(ask.head.get("given_name", "")), ask.outs, found)
    except v.Refusal as refusal:
        return found | {"verdict": "refused", "reason": refusal.reason}
    except RecursionError:
        return found | {"verdict": "refused", "reason": v.TOO_COMPLEX}
    return found | {"verdict": "ok", "reason": ""}


def _examine(body: int, given_name: str, outs: tuple[int, ...], found: dict[str, Any]) -> None:
    kind = found["type"] = kinds.kind_of(os.pread(body, kinds.LOOK_BYTES, 0))
    _refuse_second_kind(body, kind)
    found["extension_agrees"] = kinds.agrees(given_name, kind)
    if not found["extension_agrees"] and kind not in (v.MP4, v.THREE_GP, v.M4A):
        raise v.Refusal(v.EXTENSION_DIFFERS)
    match kind:
        case v.PDF:
            found |= papers.examine(body, outs)
        case v.OGG:
            found |= sounds.examine(body, outs)
        case v.MP4 | v.THREE_GP | v.M4A:  # which of them shows only inside
            seen = films.examine(body, kind, ())
            found |= seen
            found["extension_agrees"] = kinds.agrees(given_name, found["type"])
            if not found["extension_agrees"]:
                raise v.Refusal(v.EXTENSION_DIFFERS)
            films.examine(body, kind, outs)
        case _:
            found |= pictures.examine(body, kind, outs)
    found["cleaned"] = bool(outs)
    found["preview"], found["thumb"] = (kind in _PICTURES and len(outs) > number for number in (1, 2))


def _refuse_second_kind(body: int, kind: str) -> None:
    size = os.fstat(body).st_size
    head, tail = os.pread(body, kinds.LOOK_BYTES, 0), os.pread(body, _TAIL_BYTES, max(0, size - _TAIL_BYTES))
    ends = {v.OGG: sounds.end_of, v.MP4: films.end_of, v.THREE_GP: films.end_of, v.M4A: films.end_of}
    end = ends[kind](body) if kind in ends else pictures.end_of(body, kind)
    kinds.refuse_second_kind(head, tail, os.pread(body, _APPENDED_BYTES, end), kind=kind)


def main() -> None:
    """Serve until a signal asks to stop."""
    folder, children = fence.start("ombudsman_app.isolated.parse")
    pictures.preload()
    tasks = {"examine": examine, "sheets": sheets.sheets, "lists": lists.lists}
    tasks["boundaries"] = boundaries.boundaries
    ForkServer(folder, "parse", tasks, limits=LIMITS, children_at_once=children).run()


if __name__ == "__main__":
    main()
