"""…/<id>/employers: which employer of the register a complaint or information names.

The same four pages for both kinds of source. What was typed about the employer stands in no address.
"""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.complaints.queries import LinkOfSource
from ombudsman_app.core import limits
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.employers import queries as register
from ombudsman_app.employers.scope import scope as employers
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp, tips_bp


@dataclass(frozen=True)
class _Face:
    """How the pages of one kind of source are named and addressed."""

    source: Complaint | InformationTip

    @property
    def title(self) -> str:
        if isinstance(self.source, Complaint):
            return self.source.registration_number or self.source.ticket
        return self.source.ticket

    def address(self, page: str, **values: Any) -> str:
        if isinstance(self.source, Complaint):
            return url_for(f"staff.complaints.{page}", complaint_id=self.source.id, **values)
        return url_for(f"staff.tips.{page}", tip_id=self.source.id, **values)

    @property
    def is_case(self) -> bool:
        return isinstance(self.source, Complaint)

    @property
    def home(self) -> str:
        page = "case" if isinstance(self.source, Complaint) else "tip"
        return self.address(page, _anchor="employers")


@bp.route("/<int:complaint_id>/employers", methods=["GET", "POST"])
@policy("complaints.link_employer", record=queries.visible_case)
def link_employer(complaint: Complaint) -> ResponseReturnValue:
    """Find the employer that a complaint names, and link it. GET ≤ 8 statements."""
    return _choose(_Face(complaint))


@tips_bp.route("/<int:tip_id>/employers", methods=["GET", "POST"])
@policy("complaints.link_employer_of_tip", record=queries.visible_tip)
def link_employer_of_tip(tip: InformationTip) -> ResponseReturnValue:
    """Find the employer that information names, and link it. GET ≤ 7 statements."""
    return _choose(_Face(tip))


@bp.route("/<int:complaint_id>/employers/new", methods=["GET", "POST"])
@policy("complaints.link_employer", record=queries.visible_case)
def new_employer(complaint: Complaint) -> ResponseReturnValue:
    """Put the employer that a complaint names into the register, and link it."""
    return _register(_Face(complaint))


@tips_bp.route("/<int:tip_id>/employers/new", methods=["GET", "POST"])
@policy("complaints.link_employer_of_tip", record=queries.visible_tip)
def new_employer_of_tip(tip: InformationTip) -> ResponseReturnValue:
    """Put the employer that information names into the register, and link it."""
    return _register(_Face(tip))


@bp.route("/<int:complaint_id>/employers/<int:link_id>/unlink", methods=["GET", "POST"])
@policy("complaints.link_employer", record=queries.visible_link_of_case)
def unlink_employer(found: LinkOfSource) -> ResponseReturnValue:
    """Say that a complaint does not name this employer after all, with the reason."""
    return _unlink(_Face(found.source), found)


@tips_bp.route("/<int:tip_id>/employers/<int:link_id>/unlink", methods=["GET", "POST"])
@policy("complaints.link_employer_of_tip", record=queries.visible_link_of_tip)
def unlink_employer_of_tip(found: LinkOfSource) -> ResponseReturnValue:
    """Say that information does not name this employer after all, with the reason."""
    return _unlink(_Face(found.source), found)


def _choose(face: _Face) -> ResponseReturnValue:
    actor, form = current_actor(), forms.LinkEmployerForm()
    if form.is_submitted() and form.validate() and form.employer_id:
        commands.link_employer(face.source, form.employer_id, actor=actor)
        flash(_("The employer is linked. It is told nothing of this."))
        return redirect(face.home)
    if form.is_submitted():
        form.form_errors.append(_("Choose one of those below, or look for it again."))
    search = request.args.get("q", "").strip()[: limits.SEARCH]
    name, place = queries.named_words(face.source)
    page = render_template(
        "complaints/staff/link_employer.html",
        face=face,
        form=form,
        typed=", ".join(word for word in (name, place) if word),
        similar=queries.proposed_for(actor, name),
        search=search,
        found=queries.found_in_register(actor, search),
    )
    return page, 422 if form.is_submitted() else 200


def _register(face: _Face) -> ResponseReturnValue:
    actor = current_actor()
    places = register.places_of(employers(actor).offices, zone=actor.time_zone)
    form = forms.NewEmployerForm(places=places, name=queries.named_words(face.source)[0])
    similar: list[register.Similar] = []
    if form.is_submitted() and form.validate():
        similar = [] if form.is_sure else queries.proposed_for(actor, form.name.data)
        if similar:
            form.offer_sureness()
        elif _is_registered(face, form):
            flash(_("The employer is in the register and linked. Add what is known of it on its page."))
            return redirect(face.home)
    page = render_template("complaints/staff/link_new_employer.html", face=face, form=form, similar=similar)
    return page, 422 if form.is_submitted() else 200


def _is_registered(face: _Face, form: forms.NewEmployerForm) -> bool:
    try:
        commands.register_and_link(face.source, form.to_input(), actor=current_actor())
    except NotAllowed:
        form.refuse_place()
        return False
    return True


def _unlink(face: _Face, found: LinkOfSource) -> ResponseReturnValue:
    form = forms.UnlinkEmployerForm()
    if found.link.ended_at is not None and not form.is_submitted():
        return redirect(face.home)
    if form.is_submitted() and form.validate():
        commands.unlink_employer(found.source, found.link.id, reason=form.reason.data, actor=current_actor())
        flash(_("The link has ended, with your reason."))
        return redirect(face.home)
    page = render_template(
        "complaints/staff/unlink_employer.html", face=face, form=form, employer=found.link.employer
    )
    return page, 422 if form.is_submitted() else 200
