"""/unggah, /berkas: files of the draft or of the page that this browser has open, and of nobody else."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments import commands, queries
from ombudsman_app.attachments.owners import Folder, folder_for
from ombudsman_app.core import limits, throttle
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.gate import takes_bytes
from ombudsman_app.web.redirects import safe_next

from . import leaving, plain, tus

bp = Blueprint("attachments", __name__)
tus.speak_on(bp)


@bp.route("/unggah", methods=["OPTIONS"], provide_automatic_options=False)
@policy("public")
def options() -> Response:
    """Say what is spoken here."""
    return tus.capabilities()


@bp.route("/unggah", methods=["POST"])
@policy("public")
def create() -> ResponseReturnValue:
    """Begin a file. ≤ 9 statements."""
    if not tus.is_spoken():
        return tus.not_spoken()
    said = tus.metadata()
    folder = _folder(said.get("owner", ""))
    return tus.create(folder, said, lambda uuid: url_for(".upload", uuid=uuid))


def _folder(owner: str) -> Folder:
    folder = folder_for(STRANGER, owner, None, is_public=True, address=client_address())
    if folder is None:
        raise NotVisible
    throttle.check("upload", str(folder.id), client_address())
    return folder


@bp.route("/unggah/<uuid:uuid>", methods=["POST", *tus.PIECE_METHODS])
@policy("public")
@takes_bytes(tus.PIECE_BYTES)
def upload(uuid: UUID) -> ResponseReturnValue:
    """How far, the next piece, or the end of a file that is still arriving."""
    if not tus.is_spoken():
        return tus.not_spoken()
    found = queries.public_upload(STRANGER, uuid)
    if found is None:
        raise NotVisible
    return tus.serve(found)


@bp.route("/unggah/biasa", methods=["POST"])
@policy("public")
@takes_bytes(limits.PLAIN_FORM_BYTES)
def send_form() -> ResponseReturnValue:
    """Take files from a form without scripts, then lead back to where it stood."""
    folder = _folder(request.form.get("owner", "")[: limits.LINE])
    back = safe_next(request.form.get("back"), url_for("public.home.start"))
    taken = plain.take_all(folder)
    if taken.refused:
        page = render_template("attachments/public/refused.html", taken=taken, back=back)
        return page, 422
    return redirect(back)


@bp.route("/berkas/<uuid:uuid>")
@policy("public")
def download(uuid: UUID) -> ResponseReturnValue:
    """The cleaned copy of one's own file."""
    return leaving.copy_of(_own(uuid).attachment)


@bp.route("/berkas/<uuid:uuid>/kecil")
@policy("public")
def thumb(uuid: UUID) -> ResponseReturnValue:
    """A small picture of one's own file."""
    return leaving.picture_of(_own(uuid).attachment, leaving.THUMB)


@bp.route("/berkas/<uuid:uuid>/hapus", methods=["POST"])
@policy("public")
def remove(uuid: UUID) -> ResponseReturnValue:
    """Take a file back before the report is sent."""
    own = _own(uuid)
    if not own.folder.kind.may_remove:
        raise NotAllowed
    commands.remove_file(own.attachment, actor=STRANGER)
    return redirect(safe_next(request.form.get("back"), url_for("public.home.start")))


def _own(uuid: UUID) -> queries.OwnFile:
    found = queries.own_attachment(STRANGER, uuid)
    if found is None:
        raise NotVisible
    return found
