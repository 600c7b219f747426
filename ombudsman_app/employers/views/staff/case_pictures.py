"""/staff/employers/cases/pictures and /print: the ladder, the age of cases, a paper for a meeting."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.employers.compliance.words import STATES
from ombudsman_app.employers.queries import cases as reading
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy

from .cases_blueprint import bp


@bp.route("/cases/pictures")
@policy("compliance.pictures")
def pictures() -> ResponseReturnValue:
    """How far cases came on the ladder, and how old the open ones are. ≤ 5 statements."""
    actor = current_actor()
    stages = reading.ladder(actor)
    ages = reading.ages(actor, today=today(actor.time_zone))
    return render_template(
        "employers/staff/case_pictures.html",
        ladder=charts.stacks(
            [(one.stage.value, (one.went_on, one.ended, one.stand, 0, 0)) for one in stages],
            [_("went on from here"), _("ended here"), _("stands here"), "", ""],
        ),
        stage_words={one.stage.value: str(STATES[one.stage]) for one in stages} | {"": ""},
        ages=charts.stacks(
            [(str(one.since), (one.in_time, 0, 0, 0, one.late)) for one in ages],
            [_("no public body is late"), "", "", "", _("a public body is late")],
        ),
        age_words={str(one.since): _age(one) for one in ages} | {"": ""},
        of_stage=lambda key, _column: url_for(".cases", state=key),
        began=stages[0].reached,
        open_ones=sum(one.stand for one in stages),
        late=sum(one.late for one in ages),
    )


def _age(one: reading.AgeCount) -> str:
    if one.to is None:
        return str(_("more than %(days)s days", days=one.since - 1))
    return str(_("%(since)s to %(to)s days", since=one.since, to=one.to))


@bp.route("/cases/print")
@policy("compliance.print")
def print_list() -> ResponseReturnValue:
    """The open cases of one branch, to be printed for a meeting with it. ≤ 6 statements."""
    actor, branch = current_actor(), reading.read_filter(request.args).branch
    found = reading.print_list(actor, branch, today=today(actor.time_zone)) if branch else None
    if branch and found is None:
        raise NotVisible
    return render_template(
        "employers/staff/case_print.html",
        found=found,
        branches={} if found else reading.branches_of(actor),
        day=today(actor.time_zone),
        most=reading.MOST_PRINTED,
    )
