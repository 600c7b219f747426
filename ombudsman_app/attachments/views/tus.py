"""The tus protocol 1.0, core with creation, expiration and termination, for both faces."""

import base64
import binascii
from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.http import http_date

from ombudsman_app.attachments import commands, formats
from ombudsman_app.attachments.errors import FileRefused
from ombudsman_app.attachments.models import Upload
from ombudsman_app.attachments.owners import Folder
from ombudsman_app.attachments.queries import name_of, uuid_of
from ombudsman_app.core import limits
from ombudsman_app.core.errors import BadInput

VERSION = "1.0.0"
PIECE_TYPE = "application/offset+octet-stream"
PIECE_BYTES = limits.VIDEO_BYTES + 1  # a client may send all of a file at once; the length it promised binds
_METADATA = 2_000
_DIGITS = 12
_ADDRESSES = frozenset({"create", "upload", "options"})
PIECE_METHODS = ("HEAD", "PATCH", "DELETE")
_LATER_SECONDS = 30


def capabilities() -> Response:
    """Say what this server can do."""
    return _with_capabilities(_answer(204))


def _with_capabilities(answer: Response) -> Response:
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = "creation,expiration,termination"
    answer.headers["Tus-Max-Size"] = str(limits.VIDEO_BYTES)
    return answer


def speak_on(bp: Blueprint) -> None:
    """Let every answer of a face's tus addresses name the version, those of error pages too."""

    @bp.after_request
    def name_version(answer: Response) -> Response:
        if (request.endpoint or "").rpartition(".")[2] in _ADDRESSES:
            answer.headers["Tus-Resumable"] = VERSION
            if request.method == "OPTIONS":
                return _with_capabilities(answer)
        return answer


def method() -> str:
    """Return what is asked for: some clients can only POST, and name it in a header. Raises 405."""
    if request.method != "POST":
        return request.method
    meant = request.headers.get("X-HTTP-Method-Override", "").upper()
    if meant not in PIECE_METHODS:
        raise MethodNotAllowed(PIECE_METHODS)
    return meant


def is_spoken() -> bool:
    """Whether the client speaks our version; OPTIONS asks before it knows."""
    return request.headers.get("Tus-Resumable") == VERSION


def not_spoken() -> Response:
    """Refuse another version (412)."""
    answer = _answer(412)
    answer.headers["Tus-Version"] = VERSION
    return answer


def metadata() -> dict[str, str]:
    """Read Upload-Metadata. Raises BadInput."""
    raw = request.headers.get("Upload-Metadata", "")
    if len(raw) > _METADATA:
        raise BadInput(reason="metadata")
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in raw.split(","))):
        name, _blank, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise BadInput(reason="metadata") from None
    return found


def number_in(header: str) -> int:
    """Read a header that holds a whole number. Raises BadInput."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise BadInput(reason=header.lower())
    return int(text)


def create(folder: Folder, said: dict[str, str], address_of: Callable[[UUID], str]) -> Response:
    """Promise to take a file; the answer says where its pieces go."""
    length = number_in("Upload-Length")
    try:
        upload = commands.begin_upload(
            folder, said.get("filename", ""), length, key=said.get("key", "")[: limits.FORM_KEY]
        )
    except FileRefused as refused:
        return refusal(refused)
    answer = _answer(201)
    answer.headers["Location"] = address_of(upload.uuid)
    return _with_state(answer, upload, upload.offset)


def tell(upload: Upload) -> Response:
    """Say how far a file has come."""
    answer = _with_state(_answer(200), upload, upload.offset)
    answer.headers["Upload-Length"] = str(upload.length)
    answer.headers["Upload-Metadata"] = f"filename {base64.b64encode(name_of(upload).encode()).decode()}"
    if upload.attachment_id is not None:
        answer.headers["X-File"] = str(uuid_of(upload.attachment_id))
    return answer


def take_piece(upload: Upload) -> Response:
    """Take a piece; the last one makes the file. A file that is whole already is only told of."""
    if request.mimetype != PIECE_TYPE:
        return _answer(415)
    offset = number_in("Upload-Offset")
    try:
        reached = commands.append_piece(upload, offset, request.stream)
        file = commands.finish_upload(commands.reread_upload(upload)) if reached == upload.length else None
    except FileRefused as refused:
        return refusal(refused)
    answer = _with_state(_answer(204), upload, reached)
    if file is not None:
        answer.headers["X-File"] = str(file)
    return answer


def serve(upload: Upload) -> Response:
    """Answer what is asked of one upload."""
    match method():
        case "HEAD":
            return tell(upload)
        case "PATCH":
            return take_piece(upload)
        case _:
            return end(upload)


def end(upload: Upload) -> Response:
    """Forget a file that is still arriving."""
    commands.end_upload(upload)
    return _answer(204)


def refusal(refused: FileRefused) -> Response:
    """Say why a file is not taken, in a sentence for the person and a code for the program."""
    answer: Response = jsonify(reason=refused.reason, message=formats.file_reason(refused.reason))
    answer.status_code = formats.status_of(refused.reason)
    answer.headers["Tus-Resumable"] = VERSION
    if answer.status_code == 503:
        answer.headers["Retry-After"] = str(_LATER_SECONDS)
    return answer


def _with_state(answer: Response, upload: Upload, offset: int) -> Response:
    answer.headers["Upload-Offset"] = str(offset)
    answer.headers["Upload-Expires"] = http_date(upload.expires_at)
    return answer


def _answer(status: int) -> Response:
    answer: Any = Response(status=status)
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    made: Response = answer
    return made
