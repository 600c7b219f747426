"""/staff/audits: rounds: listed, made, changed, filled with offices, begun, closed."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import rounds as commands
from ombudsman_app.audits.formats import rounds as formats
from ombudsman_app.audits.forms.rounds import PickForm, RoundForm
from ombudsman_app.audits.models import Audit, AuditRound
from ombudsman_app.audits.policies import PLANNERS
from ombudsman_app.audits.queries import offices, schemes, visible_audit
from ombudsman_app.audits.queries.rounds import rounds_page, visible_round
from ombudsman_app.audits.states import RoundState
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.directory.queries import provinces_with_offices, representatives
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm

from .asked import read_offices, read_rounds
from .blueprint import bp


@bp.route("")
@policy("audits.list")
def rounds() -> ResponseReturnValue:
    """Rounds of one's offices, the latest period first. ≤ 5 statements."""
    chosen, said = read_rounds(request.args)
    page = rounds_page(current_actor(), chosen)

    def address(**more: Any) -> str:
        return url_for(".rounds", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "audits/staff/rounds.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        boxes=formats.round_boxes(chosen),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/rounds/new", methods=["GET", "POST"])
@policy("audits.make_round")
def new_round() -> ResponseReturnValue:
    """Begin to plan a round. ≤ 6 statements."""
    form, own = RoundForm(), _own_offices()
    _offer(form, own)
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _round_page(form)
    if not form.validate():
        return _round_page(form, 422)
    made = commands.make_round(
        form.to_input(),
        representative_office_id=form.office_id if len(own) > 1 else own[0][0],
        actor=current_actor(),
    )
    if made is None:
        return redirect(url_for(".rounds"))
    flash(_("The round is planned. Add its offices."))
    return redirect(url_for(".round_offices", round_id=made.id))


def _own_offices() -> Sequence[tuple[int, str]]:
    """Return where this person may plan."""
    mine = current_actor().offices_as(*PLANNERS)
    return [(one.id, one.name) for one in representatives() if one.id in mine]


def _offer(form: RoundForm, own: Sequence[tuple[int, str]]) -> None:
    form.offer(own, schemes.versions_to_use(current_actor()), schemes.all_schemes())
    if len(own) == 1:
        del form.office


def _round_page(form: RoundForm, status: int = 200, *, found: AuditRound | None = None) -> Response:
    return make_response(render_template("audits/staff/round_form.html", form=form, round=found), status)


@bp.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@policy("audits.plan", record=visible_round)
def edit_round(found: AuditRound) -> ResponseReturnValue:
    """Write a planned round anew. ≤ 6 statements."""
    form = RoundForm(version=found.version)
    if found.state is not RoundState.PLANNED:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.state), event="change")
        return redirect(url_for(".board", round_id=found.id))
    versions = list(schemes.versions_to_use(current_actor()))
    if found.instrument_version_id not in {one.id for one in versions}:
        versions.append(found.instrument_version)
    form.offer([], versions, schemes.all_schemes())
    del form.office
    if not form.is_submitted():
        form.fill(found)
        return _round_page(form, found=found)
    if not form.validate():
        return _round_page(form, 422, found=found)
    commands.change_round(found, form.to_input(), version=form.shown_version, actor=current_actor())
    flash(_("The round is changed."))
    return redirect(url_for(".board", round_id=found.id))


@bp.route("/rounds/<int:round_id>/offices", methods=["GET", "POST"])
@policy("audits.plan", record=visible_round)
def round_offices(found: AuditRound) -> ResponseReturnValue:
    """Tick offices of one's provinces by kind, province and words; many at once. GET ≤ 6 statements."""
    form = PickForm(version=found.version)
    if found.state is not RoundState.PLANNED:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.state), event="add_offices")
        return redirect(url_for(".board", round_id=found.id))
    if not form.is_submitted():
        return _picker(found, form)
    if not form.validate():
        return _picker(found, form, 422)
    try:
        added = commands.add_offices(
            found, form.office_ids, version=form.shown_version, actor=current_actor()
        )
    except NotAllowed:
        form.form_errors.append(str(_("One of these offices lies outside the provinces of this round.")))
        return _picker(visible_round(current_actor(), found.id) or found, form, 422)
    flash(formats.offices_added(added))
    return redirect(url_for(".board", round_id=found.id))


def _picker(found: AuditRound, form: PickForm, status: int = 200) -> Response:
    asked = read_offices(request.args)
    page = render_template(
        "audits/staff/round_offices.html",
        round=found,
        form=form,
        asked=asked,
        picker=offices.pickable_offices(found, asked),
        boxes=formats.office_boxes(asked, provinces_with_offices()),
    )
    return make_response(page, status)


@bp.route("/rounds/<int:round_id>/begin", methods=["POST"])
@policy("audits.lead_round", record=visible_round)
def begin_round(found: AuditRound) -> ResponseReturnValue:
    """Let a planned round run."""
    commands.begin_round(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("The round runs. Its teams are told; each needs its letter of assignment next."))
    return redirect(url_for(".board", round_id=found.id))


@bp.route("/rounds/<int:round_id>/close", methods=["POST"])
@policy("audits.lead_round", record=visible_round)
def close_round(found: AuditRound) -> ResponseReturnValue:
    """End a round of which everything is published or cancelled."""
    commands.close_round(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("The round is closed."))
    return redirect(url_for(".board", round_id=found.id))


@bp.route("/<int:audit_id>/remove", methods=["POST"])
@policy("audits.plan", record=visible_audit)
def remove_office(audit: Audit) -> ResponseReturnValue:
    """Take an office out of a planned round."""
    round_id = audit.round_id
    commands.remove_office(audit, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("The office is taken out of the round."))
    return redirect(url_for(".board", round_id=round_id))
