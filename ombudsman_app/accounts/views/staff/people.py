"""/staff/accounts: people, what they may, and how they get in. For administrators."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.accounts import commands, formats, queries
from ombudsman_app.accounts.errors import (
    AccountClosed,
    EmailTaken,
    GrantEnded,
    GrantHeld,
    OnOtherSide,
    RoleDoesNotFitOffice,
)
from ombudsman_app.accounts.forms import EndGrantForm, GrantForm, InvitationForm, ResetForm
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.states import AccountState
from ombudsman_app.core import limits
from ombudsman_app.core.config import Settings
from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Role
from ombudsman_app.directory.queries import OfficeLine, all_offices, office_by_id
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.paging import asked_id

from .blueprint import bp


@bp.route("/accounts")
@policy("accounts.manage")
def people() -> ResponseReturnValue:
    """List and search everybody. 5 statements and the badges."""
    wanted = _asked_filter()
    page = queries.people(current_actor(), wanted, after=asked_id("after"))
    narrowed: dict[str, Any] = {
        "q": wanted.text or None,
        "role": wanted.role,
        "office": wanted.office_id,
        "state": wanted.state,
    }
    return render_template(
        "accounts/staff/people.html",
        rows=page.items,
        wanted=wanted,
        boxes=formats.people_boxes(wanted, all_offices()),
        is_narrowed=any(narrowed.values()),
        first=url_for(".people", **narrowed) if page.previous_key else "",
        older=url_for(".people", after=page.next_key, **narrowed) if page.next_key else "",
    )


def _asked_filter() -> queries.PeopleFilter:
    role, state = request.args.get("role", ""), request.args.get("state", "")
    return queries.PeopleFilter(
        text=" ".join(request.args.get("q", "").split())[: limits.SEARCH],
        role=Role(role) if role in set(Role) else None,
        office_id=asked_id("office"),
        state=AccountState(state) if state in set(AccountState) else None,
    )


@bp.route("/accounts/invite", methods=["GET", "POST"])
@policy("accounts.manage", fresh=True)
def invite() -> ResponseReturnValue:
    """Open an account and mail its one-time link."""
    form = InvitationForm(all_offices())
    if form.validate_on_submit():
        try:
            user = commands.invite(form.to_input(), actor=current_actor())
        except EmailTaken:
            form.say_taken()
        except RoleDoesNotFitOffice:
            form.say_does_not_fit()
        else:
            flash(_("The account is open. The link is on its way."))
            return redirect(url_for(".person", user_id=user.id))
    page = render_template("accounts/staff/invite.html", form=form, has_mail=_has_mail())
    return page, 422 if form.is_submitted() else 200


@bp.route("/accounts/<int:user_id>")
@policy("accounts.read_person", record=queries.visible_person)
def person(user: User) -> ResponseReturnValue:
    """Show somebody: roles that hold and that ended, and what happened. 6 statements and the badges."""
    return render_template(
        "accounts/staff/person.html",
        page=queries.person_page(user),
        changes=may("accounts.change_person", user),
        has_mail=_has_mail(),
        portal_roles=PORTAL_ROLES,
        zone=current_actor().time_zone,
    )


@bp.route("/accounts/<int:user_id>/send-link", methods=["POST"])
@policy("accounts.change_person", record=queries.visible_person, fresh=True)
def send_link(user: User) -> ResponseReturnValue:
    """Mail another link to who was invited; the one before is dead."""
    commands.send_link_again(user, actor=current_actor())
    flash(_("Another link is on its way. The one before does not work any more."))
    return redirect(url_for(".person", user_id=user.id))


@bp.route("/accounts/<int:user_id>/reset", methods=["GET", "POST"])
@policy("accounts.change_person", record=queries.visible_person, fresh=True)
def reset(user: User) -> ResponseReturnValue:
    """Take password or phone from an account, for a reason."""
    if not user.is_active:
        raise AccountClosed
    form = ResetForm()
    if form.validate_on_submit():
        commands.reset(user, form.to_input(), actor=current_actor())
        flash(_("It is reset, and the person is signed out everywhere."))
        return redirect(url_for(".person", user_id=user.id))
    page = render_template("accounts/staff/reset.html", form=form, user=user, has_mail=_has_mail())
    return page, 422 if form.is_submitted() else 200


@bp.route("/accounts/<int:user_id>/grant", methods=["GET", "POST"])
@policy("accounts.change_person", record=queries.visible_person, fresh=True)
def give_grant(user: User) -> ResponseReturnValue:
    """Give a person one more role."""
    if not user.is_active:
        raise AccountClosed
    form = GrantForm(all_offices())
    if form.validate_on_submit():
        try:
            commands.give_grant(
                user,
                form.chosen_role,
                form.chosen_office,
                actor=current_actor(),
                valid_until=form.valid_until.data,
            )
        except RoleDoesNotFitOffice:
            form.say_does_not_fit()
        except GrantHeld:
            form.say_held()
        except OnOtherSide:
            form.say_other_side()
        else:
            flash(_("The role holds from now on."))
            return redirect(url_for(".person", user_id=user.id))
    page = render_template("accounts/staff/give_grant.html", form=form, user=user)
    return page, 422 if form.is_submitted() else 200


@bp.route("/accounts/<int:user_id>/grants/<int:grant_id>/end", methods=["GET", "POST"])
@policy("accounts.change_person", record=queries.grant_of_person, fresh=True)
def end_grant(grant: RoleGrant) -> ResponseReturnValue:
    """End a role at once, for a reason."""
    if grant.revoked_at is not None:
        raise GrantEnded
    form = EndGrantForm()
    if form.validate_on_submit():
        commands.end_grant(grant, form.reason.data or "", actor=current_actor())
        flash(_("The role has ended. It acts on the next click of that person."))
        return redirect(url_for(".person", user_id=grant.user_id))
    held = queries.held_grant(grant)
    page = render_template("accounts/staff/end_grant.html", form=form, held=held)
    return page, 422 if form.is_submitted() else 200


@bp.route("/accounts/<int:user_id>/grants/<int:grant_id>/focal-point", methods=["POST"])
@policy("accounts.change_person", record=queries.grant_of_person, fresh=True)
def focal_point(grant: RoleGrant) -> ResponseReturnValue:
    """Name somebody of an office under watch as its focal point, or end that."""
    commands.turn_focal_point(grant, actor=current_actor())
    return redirect(url_for(".person", user_id=grant.user_id))


def _office(_actor: Actor, office_id: int) -> OfficeLine | None:
    """Load an office; all of them are public."""
    return office_by_id(office_id)


@bp.route("/accounts/offices/<int:office_id>")
@policy("accounts.see_officers", record=_office)
def office(line: OfficeLine) -> ResponseReturnValue:
    """Show the staff who answers for an office, and its focal points. 4 statements and the badges."""
    return render_template("accounts/staff/office.html", office=line, officers=queries.officers_of([line.id]))


def _has_mail() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return bool(settings.mail_server)
