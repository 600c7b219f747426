"""/lapor: one question per page, kept on the server, back without loss, with or without JavaScript."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import public_box
from ombudsman_app.complaints import commands, forms
from ombudsman_app.complaints.errors import DraftEnded
from ombudsman_app.complaints.queries import OpenDraft
from ombudsman_app.core import limits, throttle
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models.office import OMBUDSMAN_KINDS
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address

from . import steps
from .blueprint import bp
from .draft_cookie import current_draft, draft_token, remember_draft

RESULTS = 20


@bp.route("/lapor", methods=["GET", "POST"])
@policy("public")
def office() -> ResponseReturnValue:
    """Which office? Search, choose; the choice begins the draft. ≤ 4 statements."""
    form = forms.SendForm()
    draft = current_draft()
    if draft and draft.is_sent and request.method == "GET":
        is_tip = draft.tip_id is not None
        return render_template("complaints/public/already_sent.html", form=form, is_tip=is_tip)
    answers = draft.answers if draft else {}
    search = request.args.get("q", "").strip()[: limits.SEARCH]
    chosen, is_missing = None, False
    if request.method == "POST":
        search = request.form.get("q", "").strip()[: limits.SEARCH]
        chosen = directory.office_by_slug(request.form.get("office", "")[: limits.NAME])
        if chosen is not None and chosen.kind not in OMBUDSMAN_KINDS:
            return _keep(
                {"office_id": chosen.id, "counter_id": None}, url_for(".counter", **_back_to_check())
            )
        is_missing = True
    found = directory.search_offices(search, RESULTS) if search else []
    kept = _kept_office(answers) if not search else None
    page = render_template(
        "complaints/public/office.html",
        form=form,
        search=search,
        found=found,
        kept=kept,
        is_missing=is_missing,
        employer=answers.get("employer_name") if steps.is_about_employer(answers) else "",
        looks_like_company=directory.looks_like_company(search),
        step=steps.OFFICE,
        total=steps.TOTAL,
        returns_to_check=_returns_to_check(),
    )
    return page, 422 if is_missing else 200


def _kept_office(answers: dict[str, Any]) -> directory.OfficeLine | None:
    office_id = answers.get("office_id")
    return directory.office_by_id(office_id) if office_id else None


@bp.route("/lapor/loket", methods=["GET", "POST"])
@policy("public")
def counter() -> ResponseReturnValue:
    """Which counter of the office? May be left open. ≤ 4 statements."""
    draft = current_draft()
    if draft is None or draft.is_sent or not draft.answers.get("office_id"):
        return redirect(url_for(".office"))
    form = forms.SendForm()
    counters = directory.counters_of(draft.answers["office_id"])
    if not counters:
        return redirect(_address_after(steps.OFFICE, draft.answers))
    if request.method == "POST":
        code = request.form.get("counter", "")
        chosen = next((one for one in counters if one.code == code), None)
        if chosen or code == "none":
            kept = {"counter_id": chosen.id if chosen else None}
            return _keep(kept, _address_after(steps.OFFICE, draft.answers))
    page = render_template(
        "complaints/public/counter.html",
        form=form,
        counters=counters,
        chosen_id=draft.answers.get("counter_id"),
        is_missing=request.method == "POST",
        step=steps.COUNTER,
        total=steps.TOTAL,
        returns_to_check=_returns_to_check(),
    )
    return page, 422 if request.method == "POST" else 200


@bp.route("/lapor/loket/<string:code>", methods=["GET", "POST"])
@policy("public")
def counter_from_poster(code: str) -> ResponseReturnValue:
    """The address behind the QR code of a counter: confirm the place, then go on. ≤ 4 statements."""
    found = directory.counter_by_code(code[: limits.LINE])
    if found is None:
        raise NotVisible
    draft = current_draft()
    if request.method == "POST":
        kept = {"office_id": found.office_id, "counter_id": found.id}
        answers = draft.answers if draft and not draft.is_sent else {}
        return _keep(kept, _address_after(steps.OFFICE, answers))
    return render_template(
        "complaints/public/from_poster.html", form=forms.SendForm(), counter=found, office=found.office
    )


@bp.route("/lapor/<string:slug>", methods=["GET", "POST"])
@policy("public")
def question(slug: str) -> ResponseReturnValue:
    """All other questions. ≤ 4 statements."""
    step = steps.step_at(slug)
    if step is None:
        raise NotVisible
    draft = current_draft()
    answers = draft.answers if draft and not draft.is_sent else {}
    if step is steps.IDENTITY and steps.is_without_identity(answers) and request.method == "GET":
        return redirect(steps.address_of(steps.CONFIDENTIALITY, **_back_to_check()))
    if request.method == "POST":
        form = steps.form_of(step, answers)()
        if form.validate():
            given = forms.answers_of(form)
            if step is steps.EMPLOYER:
                given["substance"] = steps.EMPLOYER_SUBSTANCE
            if step is steps.CONFIDENTIALITY and _gives_a_name_now(answers, given):
                return _keep(given, steps.address_of(steps.IDENTITY, **_back_to_check()))
            return _keep(given, _address_after(step, {**answers, **given}))
    else:
        if draft is None and step is not steps.EMPLOYER:
            return redirect(url_for(".office"))
        form = forms.filled(steps.form_of(step, answers), answers)
    before = steps.step_before(step, answers)
    page = render_template(
        f"complaints/public/steps/{step.template}.html",
        form=form,
        answers=answers,
        is_about_employer=steps.is_about_employer(answers),
        step=step,
        total=steps.TOTAL,
        back=steps.address_of(before),
        returns_to_check=_returns_to_check(),
        **(_evidence(draft) if step is steps.EVIDENCE else {}),
    )
    return page, 422 if request.method == "POST" else 200


def _evidence(draft: OpenDraft | None) -> dict[str, Any]:
    """What the step of the files shows besides."""
    back = steps.address_of(steps.EVIDENCE, **_back_to_check())
    return {
        "files": files_of(draft.uuid if draft else None),
        "file_box": public_box("draft", back),
        "here": back,
    }


def _keep(given: dict[str, Any], address: str) -> ResponseReturnValue:
    """Put the answers into the draft. A lost or sent draft is begun anew, so nothing typed is lost."""
    token, draft = draft_token(), current_draft()
    if token and draft and not draft.is_sent:
        try:
            return remember_draft(redirect(address), commands.answer_draft(token, given))
        except DraftEnded:
            pass  # sent or removed from another page in this very moment
    throttle.check("draft", address=client_address())
    return remember_draft(redirect(address), commands.start_draft(given))


def _gives_a_name_now(before: dict[str, Any], given: dict[str, Any]) -> bool:
    """Whether somebody who wanted to stay unknown has changed their mind: now the name is asked for."""
    return steps.is_without_identity(before) and not steps.is_without_identity(given)


def _returns_to_check() -> bool:
    """Whether this question was opened from the check page, to go straight back there."""
    return request.values.get("dari") == "periksa"


def _back_to_check() -> dict[str, Any]:
    return {"dari": "periksa"} if _returns_to_check() else {}


def _address_after(step: steps.Step, answers: dict[str, Any]) -> str:
    following = steps.step_after(step, answers)
    if following in (steps.EMPLOYER, steps.OFFICE):
        return steps.address_of(following, **_back_to_check())
    return steps.address_of(steps.CHECK if _returns_to_check() else following)
