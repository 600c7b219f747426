"""Pages that are the same for everybody until what they are made of changes: drawn once, then given again.

Kept in the process. A page asks by one statement for its stamp, whatever stands for the state of its data; an
older drawing is never given. What depends on who asks is not for this: flashed words make it draw anew.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from flask import current_app, request, session
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

_MOST = 64  # pages; of 100 KiB at most each
_MOST_LETTERS = 200_000
_LONGEST = 300  # letters of an address that is worth keeping
Stamp = tuple[Any, ...]
Key = tuple[str, str, str]  # host, address, language

_lock = Lock()


def published(
    stamp: Callable[[], Stamp],
) -> Callable[[Callable[..., str]], Callable[..., ResponseReturnValue]]:
    """Keep what a view draws, by host, address and language, as long as `stamp` says the same."""

    def decorate(view: Callable[..., str]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def look(*given: Any, **values: Any) -> ResponseReturnValue:
            if "_flashes" in session or len(request.full_path) > _LONGEST:
                return view(*given, **values)
            key = (request.host_url, request.full_path, str(get_locale()))
            now = stamp()
            kept = _pages().get(key)
            if kept is not None and kept[0] == now:
                return kept[1]
            page = view(*given, **values)
            _keep(key, now, page)
            return page

        return look

    return decorate


def _pages() -> "OrderedDict[Key, tuple[Stamp, str]]":
    """Return what this application keeps."""
    held: OrderedDict[Key, tuple[Stamp, str]] = current_app.extensions.setdefault("published", OrderedDict())
    return held


def _keep(key: Key, stamp: Stamp, page: str) -> None:
    if len(page) > _MOST_LETTERS:
        return
    with _lock:
        held = _pages()
        held[key] = (stamp, page)
        held.move_to_end(key)
        while len(held) > _MOST:
            held.popitem(last=False)
