"""/staff/innovations: what sources say of innovations, how they are evaluated, and what waits for release."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import BadInput, NotAllowed
from ombudsman_app.coverage import innovation_words as words
from ombudsman_app.coverage.commands import innovation_deciding as deciding
from ombudsman_app.coverage.commands import innovation_writing as writing
from ombudsman_app.coverage.errors import FigureRefused, InnovationDecisionRefused, InnovationRefused
from ombudsman_app.coverage.forms import innovation as forms
from ombudsman_app.coverage.innovation_boxes import innovation_boxes
from ombudsman_app.coverage.models import Innovation
from ombudsman_app.coverage.queries import innovation_list as lists
from ombudsman_app.coverage.queries import innovation_page as pages
from ombudsman_app.coverage.queries.figure_list import sources_to_choose
from ombudsman_app.coverage.queries.innovation_page import InnovationProposal
from ombudsman_app.coverage.queries.local_rule_list import places_in, provinces
from ombudsman_app.coverage.queries.local_rule_page import places_to_write
from ombudsman_app.coverage.states import Standing
from ombudsman_app.web.access import current_actor, may, policy

bp = Blueprint("innovations", __name__, url_prefix="/innovations")
_PROPOSAL = "/proposals/<string:kind>/<int:proposal_id>"


@bp.route("")
@policy("innovations.list")
def innovations() -> ResponseReturnValue:
    """Released or not, the last written down first. ≤ 7 statements, 8 with a province."""
    chosen = lists.read_filter(request.args)
    page, said = lists.innovations_page(chosen, is_public=False), chosen.said()

    def address(**more: Any) -> str:
        return url_for(".innovations", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/staff/innovations.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        words=words,
        counts=lists.innovation_counts(chosen),
        boxes=innovation_boxes(chosen, provinces(), places_in(chosen.province)),
        address=address,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/new", methods=["GET", "POST"])
@policy("innovations.add")
def new() -> ResponseReturnValue:
    """Write an innovation down. ≤ 6 statements."""
    form = forms.InnovationForm(places=places_to_write(current_actor()))
    if form.is_submitted() and form.validate():
        try:
            made = writing.add_innovation(int(form.region.data), form.to_input(), actor=current_actor())
        except InnovationRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.refuse_place()
        else:
            flash(_("The innovation is written down. Add what sources say; another person releases it."))
            return redirect(url_for(".innovation", innovation_id=made.id))
    return _form("coverage/staff/new_innovation.html", form)


@bp.route("/<int:innovation_id>")
@policy("innovations.read", record=pages.visible_innovation)
def innovation(found: Innovation) -> ResponseReturnValue:
    """All that was written of an innovation. ≤ 8 statements."""
    return render_template(
        "coverage/staff/innovation.html",
        innovation=found,
        page=pages.innovation_page(found),
        is_written=may("innovations.write", found),
        words=words,
        zone=current_actor().time_zone,
    )


@bp.route("/<int:innovation_id>/edit", methods=["GET", "POST"])
@policy("innovations.write", record=pages.visible_innovation)
def edit(found: Innovation) -> ResponseReturnValue:
    """Propose other facts. ≤ 6 statements."""
    form = forms.FactsForm()
    if not form.is_submitted():
        form.fill(found)

    def propose() -> None:
        writing.propose_facts(found, form.to_input(), version=form.shown_version, actor=current_actor())

    return _written("coverage/staff/edit_innovation.html", form, found, propose)


@bp.route("/<int:innovation_id>/statements", methods=["GET", "POST"])
@policy("innovations.write", record=pages.visible_innovation)
def state(found: Innovation) -> ResponseReturnValue:
    """Write down what one source says. ≤ 7 statements."""
    form = forms.StatementForm(sources=sources_to_choose(current_actor()))

    def add() -> None:
        writing.add_statement(found, form.to_input(), actor=current_actor())

    return _written("coverage/staff/innovation_statement.html", form, found, add)


@bp.route("/<int:innovation_id>/evaluate", methods=["GET", "POST"])
@policy("innovations.write", record=pages.visible_innovation)
def evaluate(found: Innovation) -> ResponseReturnValue:
    """Judge by each criterion. ≤ 6 statements."""
    form = forms.EvaluationForm()
    if not form.is_submitted():
        form.begin(today(current_actor().time_zone))

    def store() -> None:
        writing.evaluate_innovation(found, form.to_input(), actor=current_actor())

    return _written("coverage/staff/evaluate_innovation.html", form, found, store)


def _written(template: str, form: Any, found: Innovation, write: Callable[[], None]) -> ResponseReturnValue:
    """Show a form, or store what it says for another person to release."""
    if form.is_submitted() and form.validate():
        try:
            write()
        except (InnovationRefused, FigureRefused) as refused:
            form.refuse(refused)
        else:
            flash(_("It is stored and waits for another person, who releases it."))
            return redirect(url_for(".innovation", innovation_id=found.id))
    return _form(template, form, found)


def _form(template: str, form: Any, found: Innovation | None = None) -> ResponseReturnValue:
    page = render_template(template, form=form, innovation=found, words=words)
    return page, 422 if form.is_submitted() else 200


@bp.route(_PROPOSAL)
@policy("innovations.read", record=pages.visible_proposal)
def proposal(found: InnovationProposal) -> ResponseReturnValue:
    """What one person wrote, and what another decides on it. ≤ 7 statements."""
    return _shown(found, forms.BackForm(formdata=None), 200)


@bp.route(f"{_PROPOSAL}/release", methods=["POST"])
@policy("innovations.decide", record=pages.visible_proposal)
def release(found: InnovationProposal) -> ResponseReturnValue:
    """Make it what everybody reads."""
    form = forms.ReleaseForm()
    if not form.validate():
        raise BadInput(reason="form")
    deciding.release(found.kind, found.row.id, version=form.shown_version, actor=current_actor())
    flash(_("It is released: everybody can read it now."))
    return redirect(url_for(".innovation", innovation_id=found.innovation.id))


@bp.route(f"{_PROPOSAL}/send-back", methods=["POST"])
@policy("innovations.decide", record=pages.visible_proposal)
def send_back(found: InnovationProposal) -> ResponseReturnValue:
    """Send a proposal back with a reason."""
    return _back(found, deciding.send_back, _("The proposal is sent back."), asks=Standing.PROPOSED)


@bp.route(f"{_PROPOSAL}/take-back", methods=["POST"])
@policy("innovations.decide", record=pages.visible_proposal)
def take_back(found: InnovationProposal) -> ResponseReturnValue:
    """Take a released statement or evaluation out of the public page."""
    told = _("It is taken back; the staff can still read it.")
    return _back(found, deciding.take_back, told, asks=Standing.CURRENT)


def _back(
    found: InnovationProposal, act: Callable[..., None], told: str, *, asks: Standing
) -> ResponseReturnValue:
    """Act with a reason. Without one the page comes again, as long as it still asks for it."""
    form = forms.BackForm()
    if found.row.standing is not asks:
        raise InnovationDecisionRefused(why="decided")
    if not form.validate():
        return _shown(found, form, 422)
    act(found.kind, found.row.id, form.reason.data, version=form.shown_version, actor=current_actor())
    flash(told)
    return redirect(url_for(".innovation", innovation_id=found.innovation.id))


def _shown(found: InnovationProposal, form: forms.BackForm, status: int) -> ResponseReturnValue:
    form.version.data = str(found.row.version)
    actor = current_actor()
    page = render_template(
        "coverage/staff/innovation_proposal.html",
        found=found,
        row=found.row,
        innovation=found.innovation,
        is_own=found.row.made_by_id == actor.user_id,
        may_decide=may("innovations.decide", found),
        form=form,
        words=words,
        zone=actor.time_zone,
    )
    return page, status
