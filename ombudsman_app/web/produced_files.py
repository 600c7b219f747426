"""What a job has made leaves as a download, if it is still what was stored (FI7)."""

from flask import Response

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.models import ProducedFile

from .downloads import download


def handed_over(file: ProducedFile | None) -> Response:
    """Answer with a produced file. Raises NotVisible where there is none, or another than was stored."""
    content = store.read(file.uuid, file.sha256) if file else None
    if file is None or content is None:
        raise NotVisible
    return download(content, name=file.saved_as, media_type=file.media_type)
