"""The input gate: what every request must be before a view sees it (IN1, IN2, IN5).

What people type is never thrown away for a stray character or for being too long: characters that cannot
be stored are taken out, the end of an endless text is cut off, and the form says so beside the field. What
no browser sends is refused with 400.
"""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import Flask, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import IntegerConverter

from ombudsman_app.core import limits
from ombudsman_app.core.errors import BadInput

# Names of fields that may be sent more than once: ticks of a list.
MULTIPLE_VALUES = frozenset(
    {
        "bodies",
        "breaches",
        "items",
        "evidence",
        "files",
        "forms",
        "programmes",
        "relevant_is",
        "services",
        "target_groups",
    }
)
_FORM_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_URLENCODED = "application/x-www-form-urlencoded"


class BoundedInteger(IntegerConverter):
    """A number in an address, no longer than both databases can hold; longer ones are no address of ours."""

    regex = rf"[0-9]{{1,{limits.ID_DIGITS}}}"


def init_gate(app: Flask) -> None:
    """Set the global limits and put the gate before everything else."""
    app.url_map.converters["int"] = BoundedInteger
    app.config["MAX_CONTENT_LENGTH"] = limits.REQUEST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = limits.REQUEST_BYTES
    app.config["MAX_FORM_PARTS"] = limits.FORM_FIELDS
    app.before_request(_pass_gate)


def _pass_gate() -> None:
    g.cleaned_fields, g.cut_fields = set(), set()
    most = _bytes_taken()
    if most is not None and request.mimetype in _STREAMED:
        request.max_content_length = most
    if request.query_string:
        request.__dict__["args"] = _clean(_decoded(request.query_string))
    if request.method in _FORM_METHODS:
        if request.mimetype == _URLENCODED:
            request.__dict__["form"] = _clean(_decoded(request.get_data(cache=True)))
            request.__dict__["files"] = ImmutableMultiDict()  # else Werkzeug looks for them without end
        elif request.mimetype == "multipart/form-data":
            request.__dict__["form"] = _clean(request.form.items(multi=True))
            if most is None:
                _drop_files()


Taker = TypeVar("Taker", bound=Callable[..., Any])
_BODY_BYTES = "takes_bytes"
# Read as they come; every other body is read at once, and keeps the small limit.
_STREAMED = frozenset({"multipart/form-data", "application/offset+octet-stream"})


def takes_bytes(most: int) -> Callable[[Taker], Taker]:
    """Let one route take a larger body, and files in a form (IN2). Stands below `@policy`.

    The body is read as it comes. Files of a form lie in memory alone (`web/lifecycle.py`), hence the limit.
    """

    def mark(view: Taker) -> Taker:
        view.__dict__[_BODY_BYTES] = most
        return view

    return mark


def _bytes_taken() -> int | None:
    view = current_app.view_functions.get(request.endpoint or "")
    found: int | None = getattr(view, _BODY_BYTES, None)
    return found


def _drop_files() -> None:
    """Other routes take no files, and a form would take one for the text of its field."""
    for file in request.files.values():
        file.close()
    request.__dict__["files"] = ImmutableMultiDict()


def _decoded(raw: bytes) -> list[tuple[str, str]]:
    """Split pairs; bytes that are not UTF-8 become lone surrogates, which `_clean` takes out."""
    try:
        return parse_qsl(
            raw.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            errors="surrogateescape",
            max_num_fields=limits.FORM_FIELDS,
        )
    except ValueError as many:
        raise BadInput(reason="too_many_fields") from many


def _clean(pairs: Iterable[tuple[str, str]]) -> ImmutableMultiDict[str, str]:
    seen: set[str] = set()
    clean: list[tuple[str, str]] = []
    for name, value in pairs:
        if len(name) > limits.LINE or not name.isprintable():
            raise BadInput(reason="field_name")
        if name in seen and name not in MULTIPLE_VALUES:
            raise BadInput(reason="field_twice")
        seen.add(name)
        clean.append((name, _clean_value(name, value)))
    return ImmutableMultiDict(clean)


def _clean_value(name: str, value: str) -> str:
    if len(value) > limits.FIELD_CHARACTERS:
        g.cut_fields.add(name)
        value = value[: limits.FIELD_CHARACTERS]
    normal = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if all(map(_is_storable, normal)):
        return normal
    g.cleaned_fields.add(name)
    return "".join(filter(_is_storable, normal))


def _is_storable(letter: str) -> bool:
    """Tabs and line ends, and everything but controls, lone surrogates, non-characters and U+FFFD."""
    code = ord(letter)
    if code < 0x20:
        return letter in "\t\n"
    return not (0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code == 0xFFFD or code & 0xFFFE == 0xFFFE)
