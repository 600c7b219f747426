"""/staff/local-rules: the register of Perda, Pergub, Perbup and the like."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.coverage import local_rule_words as words
from ombudsman_app.coverage.commands import local_rule_acts as acts
from ombudsman_app.coverage.commands import local_rule_writing as writing
from ombudsman_app.coverage.errors import LocalRuleRefused
from ombudsman_app.coverage.forms import local_rule as forms
from ombudsman_app.coverage.local_rule_boxes import rule_boxes
from ombudsman_app.coverage.local_rule_files import FILES
from ombudsman_app.coverage.local_rule_sheet import SHEET_ROWS, rules_sheet
from ombudsman_app.coverage.local_rules import moves_from
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.coverage.queries import local_rule_list as lists
from ombudsman_app.coverage.queries import local_rule_page as pages
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

bp = Blueprint("local_rules", __name__, url_prefix="/local-rules")


@bp.route("")
@policy("local_rules.list")
def rules() -> ResponseReturnValue:
    """The register, the newest year first. ≤ 7 statements, 8 with a province."""
    chosen, provinces = lists.read_filter(request.args), lists.provinces()
    narrow = lists.searched(chosen, [code for code, _name in provinces])
    page, said = lists.rules_page(chosen, narrow), chosen.said()

    def address(**more: Any) -> str:
        return url_for(".rules", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/staff/local_rules.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        words=words,
        counts=lists.rule_counts(chosen, narrow),
        boxes=rule_boxes(chosen, provinces, lists.places_in(chosen.province)),
        address=address,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/csv")
@policy("local_rules.list")
def rules_csv() -> Response:
    """The rules of a filter as a sheet; all of it is public. ≤ 5 statements."""
    chosen = lists.read_filter(request.args)
    narrow = lists.searched(chosen, [code for code, _name in lists.provinces()])
    head, rows = rules_sheet(lists.all_rules(chosen, narrow, limit=SHEET_ROWS + 1))
    word = _("local-rules")
    return download(write_csv(head, rows), name=f"{word}.csv", media_type=CSV)


@bp.route("/new", methods=["GET", "POST"])
@policy("local_rules.add")
def new() -> ResponseReturnValue:
    """A rule enters the register. ≤ 6 statements."""
    form = forms.LocalRuleForm(places=pages.places_to_write(current_actor()))
    if form.is_submitted() and form.validate():
        try:
            made = writing.add_local_rule(form.to_input(), actor=current_actor())
        except LocalRuleRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.refuse_place()
        else:
            flash(_("The rule is in the register, not verified yet. Open its JDIH page next."))
            return redirect(url_for(".rule", rule_id=made.id))
    return _form("coverage/staff/new_local_rule.html", form)


@bp.route("/<int:rule_id>")
@policy("local_rules.read", record=pages.visible_rule)
def rule(found: LocalRule) -> ResponseReturnValue:
    """One rule with its history. ≤ 8 statements."""
    page = pages.rule_page(found)
    is_written = may("local_rules.write", found)
    here = url_for(".rule", rule_id=found.id)
    return render_template(
        "coverage/staff/local_rule.html",
        rule=found,
        page=page,
        words=words,
        is_written=is_written,
        zone=current_actor().time_zone,
        can_move=bool(moves_from(found.status, found.kind)),
        places={str(found.region_id): found.region.name},
        box=staff_box(FILES, found.id, here) if is_written else None,
    )


@bp.route("/<int:rule_id>/edit", methods=["GET", "POST"])
@policy("local_rules.write", record=pages.visible_rule)
def edit(found: LocalRule) -> ResponseReturnValue:
    """Correct what is written of a rule. ≤ 8 statements."""
    form = forms.LocalRuleForm(places=pages.places_to_write(current_actor()), kept=found)
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            writing.change_local_rule(
                found, form.to_input(), version=form.shown_version, actor=current_actor()
            )
        except LocalRuleRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.refuse_place()
        else:
            return _stored(found, _("The changes are stored. What was there before stays to be read."))
    return _form("coverage/staff/edit_local_rule.html", form, found)


@bp.route("/<int:rule_id>/verify", methods=["GET", "POST"])
@policy("local_rules.write", record=pages.visible_rule)
def verify(found: LocalRule) -> ResponseReturnValue:
    """A person has opened the JDIH page and says what stands there. ≤ 6 statements."""
    form, actor = forms.VerifyForm(), current_actor()
    if not form.is_submitted():
        form.fill(found, today(actor.time_zone))
    elif form.validate():
        try:
            acts.verify_local_rule(found, form.to_input(), version=form.shown_version, actor=actor)
        except LocalRuleRefused as refused:
            form.refuse(refused)
        else:
            return _stored(found, _("The rule is verified. You can add the PDF of the page below."))
    return _form("coverage/staff/verify_local_rule.html", form, found)


@bp.route("/<int:rule_id>/withdraw", methods=["GET", "POST"])
@policy("local_rules.write", record=pages.visible_rule)
def withdraw(found: LocalRule) -> ResponseReturnValue:
    """Take a verification back, with a reason. ≤ 6 statements."""
    form = forms.WithdrawForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        acts.withdraw_verification(found, form.reason.data, version=form.shown_version, actor=current_actor())
        return _stored(found, _("The verification is withdrawn. The history keeps what was seen."))
    return _form("coverage/staff/withdraw_local_rule.html", form, found)


@bp.route("/<int:rule_id>/state", methods=["GET", "POST"])
@policy("local_rules.write", record=pages.visible_rule)
def move(found: LocalRule) -> ResponseReturnValue:
    """Say how far a rule has come, or what changed it. ≤ 7 statements."""
    others = pages.later_rules(found)
    form = forms.MoveForm(rule=found, others=others)
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        try:
            acts.move_local_rule(found, form.to_input(), version=form.shown_version, actor=current_actor())
        except LocalRuleRefused as refused:
            form.refuse(refused)
        else:
            return _stored(found, _("The new state is stored. The history keeps the old one."))
    return _form("coverage/staff/move_local_rule.html", form, found)


def _stored(rule: LocalRule, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for(".rule", rule_id=rule.id))


def _form(template: str, form: Any, rule: LocalRule | None = None) -> ResponseReturnValue:
    page = render_template(template, form=form, rule=rule, words=words)
    return page, 422 if form.is_submitted() else 200
