"""What the doors of staff and portal share: sending files for a record, and taking their cleaned copies."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments import commands, queries
from ombudsman_app.attachments.models import Attachment, Upload
from ombudsman_app.core import limits
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.faces import Face
from ombudsman_app.web.gate import takes_bytes
from ombudsman_app.web.redirects import safe_next

from . import leaving, plain, tus
from .filling import folder_of_record


@dataclass(frozen=True)
class Rights:
    """The policies of a face: begin a file for a record, go on with one's own, take a copy."""

    add: str
    send: str
    read: str


def doors_of(face: Face, rights: Rights) -> Blueprint:
    """Return the blueprint of a face with the routes that both have."""
    bp = Blueprint("attachments", __name__, url_prefix="/attachments")
    tus.speak_on(bp)

    @bp.route("/uploads", methods=["POST"])
    @policy(rights.add)
    def create() -> ResponseReturnValue:
        """Begin a file for a record."""
        if not tus.is_spoken():
            return tus.not_spoken()
        said = tus.metadata()
        folder = folder_of_record(said.get("owner", ""), said.get("owner_id", ""))
        return tus.create(folder, said, lambda uuid: url_for(".upload", uuid=uuid))

    @bp.route("/uploads/<uuid:uuid>", methods=["POST", *tus.PIECE_METHODS])
    @policy(rights.send, record=queries.staff_upload)
    @takes_bytes(tus.PIECE_BYTES)
    def upload(found: Upload) -> ResponseReturnValue:
        """How far, the next piece, or the end of what one began oneself."""
        if not tus.is_spoken():
            return tus.not_spoken()
        return tus.serve(found)

    @bp.route("/plain", methods=["POST"])
    @policy(rights.add)
    @takes_bytes(limits.PLAIN_FORM_BYTES)
    def send_form() -> ResponseReturnValue:
        """Take files from a form without scripts, then lead back to where it stood."""
        said = request.form
        folder = folder_of_record(said.get("owner", "")[: limits.LINE], said.get("owner_id", ""))
        back = safe_next(said.get("back"), url_for(f"{face.name}.home.start"))
        taken = plain.take_all(folder)
        if taken.refused:
            return render_template("attachments/staff/refused.html", taken=taken, back=back), 422
        return redirect(back)

    @bp.route("/<uuid:uuid>")
    @policy(rights.read, record=queries.visible_attachment)
    def download(found: Attachment) -> Response:
        """The cleaned copy; who took it is written down."""
        answer = leaving.copy_of(found)
        commands.note_download(found, actor=current_actor())
        return answer

    @bp.route("/<uuid:uuid>/thumb")
    @policy(rights.read, record=queries.visible_attachment)
    def thumb(found: Attachment) -> Response:
        """A small picture of it."""
        return leaving.picture_of(found, leaving.THUMB)

    return bp
