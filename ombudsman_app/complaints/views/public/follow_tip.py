"""The page of information without identity behind /lacak: where it stands, and the talk about it."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import public_box
from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.core import throttle
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.client import client_address

OPEN = "followed_tip"  # in the session of this browser


def is_looked_at() -> bool:
    """Whether somebody has the page before their eyes: a script that asks for the list of files has not."""
    return request.method != "HEAD" and request.args.get("bagian") != "berkas"


def page(tip_id: int, form: forms.MessageForm, status: int = 200) -> Response:
    """Show where it stands; names nobody and no office, and nothing that was told. 5 statements."""
    followed = queries.followed_tip(tip_id)
    if followed is None:
        raise NotVisible
    shown = render_template(
        "complaints/public/follow_tip.html",
        followed=followed,
        steps=formats.public_tip_steps(followed.history),
        conversation=formats.tip_conversation(followed.history, for_office=False),
        form=form,
        files=files_of(followed.files_id),
        file_box=public_box("tip", url_for(".follow", _anchor="bukti")),
    )
    if followed.unread and is_looked_at():
        commands.note_tip_messages_read(tip_id, followed.unread)
    return make_response(shown, status)


def write(tip_id: int, form: forms.MessageForm) -> ResponseReturnValue:
    """Take in a message; sent twice it is there once (DI4)."""
    if not form.validate():
        return page(tip_id, form, 422)
    throttle.check("message", f"tip-{tip_id}", client_address())
    tip = queries.tip_of_follower(tip_id)
    if tip is None:
        raise NotVisible
    commands.write_to_tip(tip, form.message.data, form_key=form.message_key.data)
    return redirect(url_for(".follow", terkirim="ya", _anchor="pesan"))
