"""/staff/tips/<id>: what was told, the talk about it, and what becomes of it."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import files_with_custody
from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.complaints.states import TIP, TipState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import typed

from .blueprint import tips_bp as bp
from .changed import NOT_AGAIN

_MESSAGES_OPEN = 6  # the rest is folded, so that the box to write stays near


@bp.route("/<int:tip_id>")
@policy("complaints.read_tip", record=queries.visible_tip)
def tip(tip: InformationTip) -> ResponseReturnValue:
    """What was told, opened; who told it is nowhere. 9 or 10 statements."""
    return _page(tip)


def _page(tip: InformationTip, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one."""
    actor = current_actor()
    page = queries.tip_page(actor, tip)
    here = url_for(".tip", tip_id=tip.id, _anchor="evidence")
    talk = formats.tip_conversation(page.history, for_office=True)
    shown: dict[str, Any] = {
        "tip": tip,
        "page": page,
        "marks": formats.tip_marks(tip),
        "action": formats.next_tip_action(tip, actor),
        "conversation": formats.folded(talk, _MESSAGES_OPEN),
        "history": formats.tip_history(page.history),
        "similar_filters": queries.similar_filters(tip),
        "begin_form": forms.BeginForm(formdata=None, version=tip.version),
        "message_form": forms.AnswerForm(formdata=None),
        "last_message": page.history.last_message,
        "files": files_with_custody(tip.files_id),
        "files_back": here,
        "file_box": staff_box("information", tip.id, here) if may("complaints.handle_tip", tip) else None,
        "opens_originals": False,
        "is_waiting": tip.awaits_office and tip.state is not TipState.NEW,
    }
    return make_response(render_template("complaints/staff/tip.html", **{**shown, **changed}), status)


@bp.route("/<int:tip_id>/begin", methods=["POST"])
@policy("complaints.handle_tip", record=queries.visible_tip)
def begin(tip: InformationTip) -> ResponseReturnValue:
    """Take it and begin to read."""
    form = forms.BeginForm()
    try:
        commands.move_tip(tip, "begin_reading", version=form.shown_version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return _changed(tip, form, "begin_reading")
    flash(_("It is yours now."))
    return redirect(url_for(".tip", tip_id=tip.id))


@bp.route("/<int:tip_id>/decide", methods=["GET", "POST"])
@policy("complaints.handle_tip", record=queries.visible_tip)
def decide(tip: InformationTip) -> ResponseReturnValue:
    """Use it, set it aside, take it up again; always with a reason."""
    form = forms.TipMoveForm(version=tip.version)
    if form.is_submitted() and form.validate():
        return _moved(tip, form)
    moves = formats.tip_moves(tip)
    if not form.is_submitted() and not moves:
        return redirect(url_for(".tip", tip_id=tip.id))
    form.offer(moves)
    page = render_template("complaints/staff/tip_decide.html", tip=tip, form=form)
    return make_response(page, 422 if form.is_submitted() else 200)


def _moved(tip: InformationTip, form: forms.TipMoveForm) -> ResponseReturnValue:
    move, reason, version = form.move.data, form.reason.data, form.shown_version
    try:
        commands.move_tip(tip, move, reason=reason, version=version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return _changed(tip, form, move)
    flash(_("Kept, with your reason."))
    return redirect(url_for(".tip", tip_id=tip.id))


def _changed(tip: InformationTip, form: forms.VersionedForm, move: str) -> Response:
    """Show what stands now and what was typed, 409; where the move is still possible it can be sent again."""
    db.session.expire_all()
    held = queries.visible_tip(current_actor(), tip.id)
    if held is None:
        raise NotVisible
    page = queries.tip_page(current_actor(), held)
    sent = {name: value for name, value in request.form.items() if name not in NOT_AGAIN}
    is_possible = move in TIP.open_events(held.state)
    return make_response(
        render_template(
            "complaints/staff/tip_changed.html",
            tip=held,
            marks=formats.tip_marks(held),
            history=formats.tip_history(page.history)[-3:],
            typed=typed(form),
            again=[*sent.items(), ("version", str(held.version))] if is_possible else [],
        ),
        409,
    )


@bp.route("/<int:tip_id>/messages", methods=["POST"])
@policy("complaints.handle_tip", record=queries.visible_tip)
def send_message(tip: InformationTip) -> ResponseReturnValue:
    """Write to whoever told it."""
    form = forms.AnswerForm()
    if not form.validate():
        return _page(tip, 422, message_form=form)
    text, key = form.message.data, form.message_key.data
    commands.answer_tip(tip, text, form_key=key, seen=form.seen_id, actor=current_actor())
    flash(_("Your message can be read with ticket and code."))
    return redirect(url_for(".tip", tip_id=tip.id, _anchor="messages"))


@bp.route("/<int:tip_id>/settled", methods=["POST"])
@policy("complaints.handle_tip", record=queries.visible_tip)
def settle_message(tip: InformationTip) -> ResponseReturnValue:
    """Take a message that needs no answer off the list."""
    commands.settle_tip_message(tip, seen=forms.SettleForm().seen_id, actor=current_actor())
    return redirect(url_for(".tip", tip_id=tip.id, _anchor="messages"))


@bp.route("/<int:tip_id>/declare", methods=["GET", "POST"])
@policy("complaints.handle_tip", record=queries.visible_tip)
def declare(tip: InformationTip) -> ResponseReturnValue:
    """Declare an interest, which closes it for this person, or none (UU 37/2008 Pasal 40)."""
    form = forms.DeclarationForm()
    if not (form.is_submitted() and form.validate()):
        page = render_template("complaints/staff/tip_declare.html", tip=tip, form=form)
        return make_response(page, 422 if form.is_submitted() else 200)
    has_interest, reason = form.interest.data == "yes", form.reason.data or ""
    commands.declare_about_tip(tip, has_interest=has_interest, reason=reason, actor=current_actor())
    if has_interest:
        flash(_("It is closed for you. If it was yours, somebody else takes it."))
        return redirect(url_for(".queue"))
    flash(_("You declared that you have no interest in it."))
    return redirect(url_for(".tip", tip_id=tip.id))
