"""/staff/employers/<id>/estimate…: what an employer may owe, counted, kept, printed. No bill."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers import commands, doors, links, queries
from ombudsman_app.employers.doors import Door
from ombudsman_app.employers.estimate_forms import FORMS, EstimateForm
from ombudsman_app.employers.estimate_shown import shown
from ombudsman_app.employers.estimate_words import TYPES
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.estimates.problems import EstimateRefused
from ombudsman_app.employers.estimates.result import DISCLAIMER, LABEL
from ombudsman_app.employers.models import Employer
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.formats import local_day, rupiah
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp


@bp.route("/<int:employer_id>/estimates")
@policy("employers.read", record=queries.visible_employer)
def estimates(found: Employer) -> ResponseReturnValue:
    """What can be estimated, and what was. ≤ 5 statements."""
    page = queries.estimates_of(found, request.args.get("after"))
    return render_template(
        "employers/staff/estimates.html",
        employer=found,
        types=list(EstimateType) if may("employers.estimate", found) else [],
        rows=page.items,
        newer=url_for(".estimates", employer_id=found.id) if page.previous_key else "",
        older=url_for(".estimates", employer_id=found.id, after=page.next_key) if page.next_key else "",
        label=LABEL,
    )


@bp.route("/<int:employer_id>/estimate", methods=["GET", "POST"])
@policy("employers.estimate", record=queries.visible_employer)
def estimate(found: Employer) -> ResponseReturnValue:
    """Fill in what is known; the rest starts from the newest observations."""
    kind = _kind(request.args.get("type"))
    if kind is None:
        return redirect(url_for(".estimates", employer_id=found.id))
    form = FORMS[kind](queries.estimate_start(found))
    if not form.is_submitted():
        form.fill()
    elif form.validate() and (answer := _kept(found, form)):
        return answer
    page = render_template(
        "employers/staff/estimate.html",
        employer=found,
        kind=kind,
        form=form,
        disclaimer=DISCLAIMER,
    )
    return page, 422 if form.is_submitted() else 200


def _kept(found: Employer, form: EstimateForm) -> ResponseReturnValue | None:
    """Keep what the form asks for; None where it is refused, beside the boxes."""
    try:
        made = commands.keep_estimate(
            found, form.to_input(), form_key=form.form_key.data or "", actor=current_actor()
        )
    except EstimateRefused as refused:
        form.refuse(refused)
        return None
    if made is None:
        return redirect(url_for(".estimates", employer_id=found.id))
    flash(_("The estimate is kept with the rates of today. It does not change any more."))
    return redirect(url_for(".estimate_result", estimate_id=made.id))


def _kind(text: str | None) -> EstimateType | None:
    return EstimateType(text) if text in tuple(EstimateType) else None


@bp.route("/estimates/<int:estimate_id>")
@policy("employers.read_estimate", record=queries.visible_estimate)
def estimate_result(page: queries.EstimatePage) -> ResponseReturnValue:
    """What it comes to, and every step. ≤ 5 statements."""
    return render_template(
        "employers/staff/estimate_result.html",
        page=page,
        held=page.estimate,
        result=page.estimate.result,
        shown=shown(page.estimate),
        label=LABEL,
    )


@bp.route("/estimates/<int:estimate_id>/order", methods=["POST"])
@policy("employers.order_estimate", record=queries.visible_estimate)
def order_estimate(page: queries.EstimatePage) -> ResponseReturnValue:
    """Have it drawn as a PDF or written into a sheet."""
    is_sheet = request.form.get("paper") == queries.EstimatePaper.XLSX
    paper = queries.EstimatePaper.XLSX if is_sheet else queries.EstimatePaper.PDF
    language = str(get_locale() or "id")[:2]
    uuid = commands.order_estimate(page.estimate, paper, language=language, actor=current_actor())
    return redirect(url_for(".estimate_order", uuid=uuid))


@bp.route("/estimates/orders/<uuid:uuid>")
@policy("employers.fetch_estimate", record=queries.own_estimate_order)
def estimate_order(ordered: queries.EstimateOrder) -> ResponseReturnValue:
    """Show how far the paper is, then where to fetch it."""
    return render_template("employers/staff/estimate_order.html", ordered=ordered, job=shown_job(ordered.job))


@bp.route("/estimates/orders/<uuid:uuid>/file")
@policy("employers.fetch_estimate", record=queries.own_estimate_order)
def estimate_file(ordered: queries.EstimateOrder) -> ResponseReturnValue:
    """Hand it over to whoever asked, if it is still what was stored (FI7)."""
    return handed_over(ordered.file)


def _door(_actor: Actor, employer: Employer) -> Door | None:
    return Door(_("Estimate contributions"), url_for("staff.employers.estimates", employer_id=employer.id))


def _lines(employer_id: int, actor: Actor) -> list[links.Linked]:
    return [
        links.Linked(
            title=_("Estimate: %(total)s", total=rupiah(one.total)),
            detail=f"{LABEL} · {TYPES[one.kind]}",
            on=local_day(one.made_at, actor.time_zone),
            endpoint="staff.employers.estimate_result",
            values={"estimate_id": one.id},
        )
        for one in queries.newest_estimates(employer_id)
    ]


doors.on_employer(_door)
links.register(_lines)
