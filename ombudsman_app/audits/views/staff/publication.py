"""/staff/audits/<id>/publication: asked by one, released by the head who did not; places to learn from."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands.publishing import (
    ask_publication,
    refuse_unasked,
    release_publication,
    withdraw_publication,
)
from ombudsman_app.audits.commands.study_places import end_study_place, name_study_place
from ombudsman_app.audits.errors import StudyPlaceRefused
from ombudsman_app.audits.forms.publication import EndStudyPlaceForm, StudyPlaceForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.queries import visible_audit
from ombudsman_app.audits.queries.publication import publication_of
from ombudsman_app.audits.states import AUDIT, AuditState
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import VersionedForm

from .audit import audit_shown
from .blueprint import bp


@part(60)
def publication_part(actor: Actor, audit: Audit) -> Part | None:
    """Show the way to everybody from the final score on. 1 statement."""
    if audit.state not in (AuditState.FINAL, AuditState.PUBLISHED):
        return None
    found = publication_of(audit)
    is_asked = audit.publication_asked_by_id is not None
    is_final = audit.state is AuditState.FINAL
    values = {
        "publication": found,
        "is_asked": is_asked,
        "is_own_wish": is_asked and audit.publication_asked_by_id == actor.user_id,
        "can_ask": is_final and not is_asked and may("audits.ask_publication", audit),
        "can_withdraw": is_final and is_asked and may("audits.ask_publication", audit),
        "can_release": is_final and is_asked and may("audits.publish", audit),
        "can_name": not is_final and may("audits.name_study_place", audit),
        "study_form": StudyPlaceForm(formdata=None, version=audit.version),
        "end_form": EndStudyPlaceForm(formdata=None, version=audit.version),
    }
    return Part("audits/staff/_publication.html", values)


@bp.route("/<int:audit_id>/publication/ask", methods=["POST"])
@policy("audits.ask_publication", record=visible_audit)
def ask_for_publication(found: Audit) -> ResponseReturnValue:
    """Ask that everybody may read it."""
    AUDIT.after(found.state, "publish")
    form = VersionedForm()
    if not form.validate():
        return audit_shown(found, 422)
    ask_publication(found, version=form.shown_version, actor=current_actor())
    flash(_("Asked for. The head of your office, who did not ask, releases it."))
    return redirect(_page(found))


@bp.route("/<int:audit_id>/publication/withdraw", methods=["POST"])
@policy("audits.ask_publication", record=visible_audit)
def withdraw_wish(found: Audit) -> ResponseReturnValue:
    """Take the wish back, so that another person can ask."""
    refuse_unasked(found)
    form = VersionedForm()
    if not form.validate():
        return audit_shown(found, 422)
    withdraw_publication(found, version=form.shown_version, actor=current_actor())
    flash(_("Taken back. Nothing was published."))
    return redirect(_page(found))


@bp.route("/<int:audit_id>/publication/release", methods=["POST"])
@policy("audits.publish", record=visible_audit)
def release(found: Audit) -> ResponseReturnValue:
    """Let everybody read it."""
    refuse_unasked(found)
    form = VersionedForm()
    if not form.validate():
        return audit_shown(found, 422)
    release_publication(found, version=form.shown_version, actor=current_actor())
    flash(_("Published. Everybody reads it now on the page of the office."))
    return redirect(_page(found))


@bp.route("/<int:audit_id>/study-place", methods=["POST"])
@policy("audits.name_study_place", record=visible_audit)
def study_place(found: Audit) -> ResponseReturnValue:
    """Name the office a place where others can learn."""
    if found.state is not AuditState.PUBLISHED:
        raise StudyPlaceRefused(why="not_published")
    form = StudyPlaceForm()
    if not form.validate():
        return audit_shown(found, 422, study_form=form)
    name_study_place(found, form.to_input(), version=form.shown_version, actor=current_actor())
    flash(_("Named. It ends by itself after its last day."))
    return redirect(_page(found))


@bp.route("/<int:audit_id>/study-place/end", methods=["POST"])
@policy("audits.name_study_place", record=visible_audit)
def end_place(found: Audit) -> ResponseReturnValue:
    """End it before its day."""
    place = publication_of(found).place
    if place is None or place.audit_id != found.id:
        raise StudyPlaceRefused(why="ended")
    form = EndStudyPlaceForm()
    if not form.validate():
        return audit_shown(found, 422, end_form=form)
    end_study_place(found, form.end_reason.data, version=form.shown_version, actor=current_actor())
    flash(_("Ended."))
    return redirect(_page(found))


def _page(found: Audit) -> str:
    return url_for(".audit", audit_id=found.id) + "#publication"
