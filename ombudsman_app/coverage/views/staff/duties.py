"""/staff/duties: how far each Pemda and each national body keeps its duties of Inpres 2/2021."""

from collections import Counter
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.clock import today
from ombudsman_app.coverage import duty_words as words
from ombudsman_app.coverage import local_rule_words as rule_words
from ombudsman_app.coverage.commands import duty_assessing as assessing
from ombudsman_app.coverage.commands import duty_proposing as proposing
from ombudsman_app.coverage.duties import NATIONAL, SOURCES, TITLE, Addressee, DutyState, duties_of
from ombudsman_app.coverage.duty_files import EVIDENCE
from ombudsman_app.coverage.duty_sheet import duties_sheet
from ombudsman_app.coverage.errors import DutyRefused
from ombudsman_app.coverage.forms.duty import DutyForm, ReturnProposalForm
from ombudsman_app.coverage.models import DutyProposal
from ombudsman_app.coverage.queries import duties as queries
from ombudsman_app.coverage.queries import duty_proposals as proposals_of
from ombudsman_app.coverage.queries import duty_subjects as subjects
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv
from ombudsman_app.web.fields import whole_number
from ombudsman_app.web.paging import asked_id

bp = Blueprint("duties", __name__, url_prefix="/duties")


@bp.route("")
@policy("duties.list")
def summary() -> ResponseReturnValue:
    """All provinces and all national bodies. 7 statements."""
    lines = queries.national_summary()
    total: Counter[DutyState] = Counter()
    for line in lines:
        total.update(line.counts)
    known = source_words()

    def link(code: str, column: int | None) -> str:
        state = words.state_of_column(column).value if column is not None else None
        return url_for(".province", code=code, state=state)

    return render_template(
        "coverage/staff/duties.html",
        title=TITLE,
        sources=[str(known.get(key, key)) for key in SOURCES],
        lines=lines,
        total=total,
        words=words,
        picture=words.progress([(line.code, line.counts) for line in lines]),
        names={line.code: line.name for line in lines},
        link=link,
        bodies=[(body, duties_of(body)) for body in NATIONAL],
        states=queries.national_states(),
        waiting=proposals_of.waiting_count(current_actor()),
    )


@bp.route("/csv")
@policy("duties.list")
def duties_csv() -> Response:
    """Each duty of each Pemda as a sheet, of one province or of all. 5 statements."""
    code = request.args.get("province", "")[:2]
    head, rows = duties_sheet(queries.duty_rows(code if code.isdigit() else ""))
    word = _("duties-inpres-2-2021")
    return download(write_csv(head, rows), name=f"{word}.csv", media_type=CSV)


@bp.route("/provinces/<string:code>")
@policy("duties.read", record=subjects.province_of_duties)
def province(found: Region) -> ResponseReturnValue:
    """The matrix of a province: a row for each Pemda, a column for each duty. 6 statements."""
    lines = queries.province_lines(found.code)
    wanted = request.args.get("state", "")
    counts = Counter(state for line in lines for state in set(line.states.values()))
    shown = [line for line in lines if not wanted or wanted in line.states.values()]
    return render_template(
        "coverage/staff/duties_province.html",
        province=found,
        groups=_groups(shown),
        number=len(lines),
        wanted=wanted if wanted in tuple(DutyState) else "",
        counts=counts,
        words=words,
    )


def _groups(lines: list[queries.PemdaLine]) -> list[tuple[Addressee, Any, list[queries.PemdaLine]]]:
    groups = ((one, [line for line in lines if line.duties == duties_of(one)]) for one in Addressee)
    return [(one, duties_of(one), rows) for one, rows in groups if rows]


@bp.route("/proposals")
@policy("duties.list")
def proposals() -> ResponseReturnValue:
    """What Pemda of one's provinces propose, the oldest first. 4 statements."""
    page = proposals_of.waiting_page(current_actor(), asked_id("after"))
    older = url_for(".proposals", after=page.next_key) if page.next_key else ""
    return render_template(
        "coverage/staff/duty_proposals.html",
        rows=page.items,
        older=older,
        words=words,
        zone=current_actor().time_zone,
    )


@bp.route("/proposals/<int:proposal_id>")
@policy("duties.read_proposal", record=proposals_of.visible_proposal)
def proposal(found: DutyProposal) -> ResponseReturnValue:
    """One proposal with its evidence. ≤ 7 statements."""
    return render_template(
        "coverage/staff/duty_proposal.html",
        proposal=found,
        files_sent=proposals_of.proposal_files(found),
        is_decided=not may("duties.assess", found) or found.state != "waiting",
        **_about(found),
    )


@bp.route("/proposals/<int:proposal_id>/accept", methods=["POST"])
@policy("duties.assess", record=proposals_of.visible_proposal)
def accept(found: DutyProposal) -> ResponseReturnValue:
    """Take a proposal over as an assessment."""
    actor = current_actor()
    duty = subjects.subject_duty(actor, found.subject, found.duty)
    if duty is None:  # its region has ended since
        return redirect(url_for(".proposal", proposal_id=found.id))
    version = whole_number(request.form.get("version"))
    try:
        proposing.accept_proposal(found, duty, version=version, actor=actor)
    except DutyRefused:
        flash(_("This cannot be taken over as it stands. Return it with a reason."))
        return redirect(url_for(".proposal", proposal_id=found.id))
    flash(_("The proposal is taken over as your assessment."))
    return redirect(url_for(".pemda", subject=found.subject))


@bp.route("/proposals/<int:proposal_id>/return", methods=["GET", "POST"])
@policy("duties.assess", record=proposals_of.visible_proposal)
def send_back(found: DutyProposal) -> ResponseReturnValue:
    """Return a proposal with a reason. ≤ 6 statements."""
    form = ReturnProposalForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        proposing.return_proposal(found, form.reason.data, version=form.shown_version, actor=current_actor())
        flash(_("The proposal is returned. The Pemda reads your reason."))
        return redirect(url_for(".proposals"))
    page = render_template(
        "coverage/staff/return_duty_proposal.html", form=form, proposal=found, **_about(found)
    )
    return page, 422 if form.is_submitted() else 200


def _about(found: DutyProposal) -> dict[str, Any]:
    subject = subjects.find_subject(found.subject)
    return {
        "subject": subject,
        "duty": next((one for one in subject.duties if one.key == found.duty), None) if subject else None,
        "words": words,
        "rule_words": rule_words,
        "zone": current_actor().time_zone,
    }


@bp.route("/for/<string:subject>")
@policy("duties.read", record=subjects.subject_of)
def pemda(found: subjects.Subject) -> ResponseReturnValue:
    """The checklist of one Pemda or national body, with its history. ≤ 7 statements."""
    statuses = queries.statuses_of(found.key)
    states = [
        statuses[duty.key].status if duty.key in statuses else DutyState.NOT_ASSESSED for duty in found.duties
    ]
    return render_template(
        "coverage/staff/duties_pemda.html",
        subject=found,
        rows=list(zip(found.duties, states, strict=True)),
        statuses=statuses,
        picture=words.progress([(found.key, Counter(states))]),
        words=words,
        rule_words=rule_words,
        zone=current_actor().time_zone,
    )


@bp.route("/for/<string:subject>/<string:duty>", methods=["GET", "POST"])
@policy("duties.assess", record=subjects.subject_duty)
def assess(found: subjects.SubjectDuty) -> ResponseReturnValue:
    """Say how far one duty is kept, and on what evidence. ≤ 9 statements."""
    actor, subject = current_actor(), found.subject
    form = DutyForm(rules=queries.rules_for(subject))
    held = queries.statuses_of(subject.key).get(found.duty.key)
    if not form.is_submitted():
        form.begin(held.version if held else 0, today(actor.time_zone))
    elif form.validate():
        try:
            assessing.assess_duty(found, form.to_input(), version=form.shown_version, actor=actor)
        except DutyRefused as refused:
            form.refuse(refused)
        else:
            flash(_("The assessment is stored. What was there before stays to be read."))
            return redirect(url_for(".pemda", subject=subject.key))
    here = url_for(".assess", subject=subject.key, duty=found.duty.key)
    page = render_template(
        "coverage/staff/assess_duty.html",
        form=form,
        subject=subject,
        duty=found.duty,
        status_row=held,
        files_kept=queries.files_of(held),
        box=staff_box(EVIDENCE, held.id, here) if held else None,
        words=words,
        rule_words=rule_words,
        zone=actor.time_zone,
    )
    return page, 422 if form.is_submitted() else 200
