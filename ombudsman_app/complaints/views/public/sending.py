"""Check, send, receipt: the final POST makes one case, however often it arrives (DI4)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import DraftEnded, DraftIncomplete
from ombudsman_app.core import throttle
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.directory import queries as directory
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address

from . import steps
from .blueprint import bp
from .draft_cookie import current_draft, draft_token, drop_draft, remember_draft


@bp.route("/lapor/periksa", methods=["GET", "POST"])
@policy("public")
def check() -> ResponseReturnValue:
    """Show everything once more; sending acknowledges only what is stored. GET ≤ 4, POST ≤ 12 statements."""
    form = forms.SendForm()
    token = draft_token()
    if form.is_submitted():
        return _send(token)
    draft = current_draft()
    if draft is None:
        return redirect(url_for(".office"))
    if draft.is_sent:
        return redirect(url_for(".receipt"))
    missing = steps.first_missing(draft.answers)
    office_id, counter_id = draft.answers.get("office_id"), draft.answers.get("counter_id")
    return render_template(
        "complaints/public/check.html",
        form=form,
        answers=draft.answers,
        is_about_employer=steps.is_about_employer(draft.answers),
        shown=forms.shown(draft.answers),
        office=directory.office_by_id(office_id) if office_id else None,
        counter=directory.counter_by_id(counter_id) if counter_id else None,
        files=files_of(draft.uuid),
        missing=missing,
        missing_href=steps.address_of(missing) if missing else None,
        step=steps.CHECK,
        total=steps.TOTAL,
        back=steps.address_of(steps.step_before(steps.CHECK, draft.answers)),
        is_tip=steps.is_without_identity(draft.answers),
    )


def _send(token: str | None) -> ResponseReturnValue:
    """Send, and lead to the receipt, also when it was sent before; else to what is missing."""
    try:
        if token:
            commands.send_draft(token, actor=STRANGER)
            return redirect(url_for(".receipt"))
    except (DraftEnded, DraftIncomplete):
        pass
    return redirect(url_for(".check"))


@bp.route("/lapor/terkirim", methods=["GET", "POST"])
@policy("public")
def receipt() -> ResponseReturnValue:
    """The receipt: ticket, and the code until it was noted. GET 2 statements."""
    form = forms.SendForm()
    token, draft = draft_token(), current_draft()
    if token is None or draft is None or not draft.is_sent:
        return redirect(url_for(".office"))
    if form.is_submitted():
        commands.confirm_code(token)
        return redirect(url_for(".receipt"))
    if draft.tip_id is not None:
        return render_template("complaints/public/tip_receipt.html", form=form, sent=queries.sent_tip(draft))
    return render_template(
        "complaints/public/receipt.html",
        form=form,
        sent=queries.sent_complaint(draft),
        follow=forms.FollowForm(formdata=None),
    )


@bp.route("/lapor/baru", methods=["POST"])
@policy("public")
def another() -> ResponseReturnValue:
    """Begin another complaint after one was sent; the old one is followed by ticket and code."""
    throttle.check("draft", address=client_address())
    token = draft_token()
    if token:
        commands.forget_draft(token)
    return remember_draft(redirect(url_for(".office")), commands.start_draft({}))


@bp.route("/lapor/hapus", methods=["GET", "POST"])
@policy("public")
def forget() -> ResponseReturnValue:
    """Remove what was written from the server and the phone, after one question."""
    form = forms.SendForm()
    if form.is_submitted():
        token = draft_token()
        if token:
            commands.forget_draft(token)
        return drop_draft(redirect(url_for(".forgotten")))
    return render_template("complaints/public/forget.html", form=form)


@bp.route("/lapor/terhapus")
@policy("public")
def forgotten() -> ResponseReturnValue:
    """Say that it is gone."""
    return render_template("complaints/public/forgotten.html")
