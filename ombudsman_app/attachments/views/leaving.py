"""How bytes leave: never as a page of ours, under a harmless name, always whole or broken off (FI5)."""

from flask import Response

from ombudsman_app.attachments import commands
from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.attachments.names import kept_name
from ombudsman_app.attachments.queries import name_of
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.downloads import disposition, sandboxed

ORIGINAL, CLEANED, PREVIEW, THUMB = "0", "1", "2", "3"


def copy_of(found: Attachment) -> Response:
    """The cleaned copy, to be stored by the browser."""
    if found.state is not AttachmentState.READY:
        raise NotVisible
    answer = _bytes(found, CLEANED, found.media_type)
    answer.headers["Content-Disposition"] = disposition(kept_name(name_of(found)))
    answer.headers["Content-Length"] = str(found.cleaned_bytes)
    return answer


def original_of(found: Attachment) -> Response:
    """The file as it came: for the chain of custody, never to be looked at in a browser."""
    answer = _bytes(found, ORIGINAL, "application/octet-stream")
    answer.headers["Content-Disposition"] = disposition(kept_name(name_of(found)))
    answer.headers["Content-Length"] = str(found.size_bytes)
    return answer


def picture_of(found: Attachment, part: str) -> Response:
    """A picture that we made of it."""
    if found.state is not AttachmentState.READY or not found.has_preview:
        raise NotVisible
    return _bytes(found, part, "image/jpeg")


def _bytes(found: Attachment, part: str, media_type: str) -> Response:
    return sandboxed(Response(commands.opened_bytes(found, part), mimetype=media_type))
