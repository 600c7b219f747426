"""/staff: the desk of everybody who works here."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.audits.queries.mine import own_audits
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.home import formats, forms, queries, samples
from ombudsman_app.home.sample_maps import map_pictures
from ombudsman_app.home.sample_scores import score_pictures
from ombudsman_app.notifications.menu import INBOX
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.assets import OTHER_SCHEME
from ombudsman_app.web.formats import local_hour
from ombudsman_app.web.more_time import DecideTimeForm
from ombudsman_app.web.navigation import know_badge, know_badges

bp = Blueprint("home", __name__)


@bp.route("/")
@policy("home.desk")
def start() -> ResponseReturnValue:
    """What is late, what wants this person first, what came in. 6 statements, whatever the data."""
    actor = current_actor()
    day = today(actor.time_zone)
    greeted = {"actor": actor, "today": day, "hour": local_hour(now(), actor.time_zone)}
    if not may("complaints.queue"):
        audits = own_audits(actor) if may("audits.list") else ()
        return render_template("home/staff/start.html", desk=None, audits=audits, **greeted)
    desk = queries.desk(actor, today=day)
    know_badge("staff.complaints.queue", desk.counts.overdue)
    know_badge("staff.tips.queue", desk.counts.waiting_tips)
    know_badge(INBOX, desk.counts.unread)
    know_badges(desk.counts.others)
    return render_template(
        "home/staff/start.html",
        desk=desk,
        weeks=formats.weeks_of(desk.inflow),
        services=formats.services_of(desk.inflow),
        late=formats.late_map(desk.lateness),
        **greeted,
    )


@bp.route("/design")
@policy("home.design")
def design() -> ResponseReturnValue:
    """Every component in every state, for whoever builds or judges the screens. 2 statements."""
    is_swapped = request.args.get("scheme") == "other"
    return render_template(
        "home/staff/design.html",
        is_swapped=is_swapped,
        other_css=OTHER_SCHEME if is_swapped else "",
        scheme_href=url_for(".design", scheme=None if is_swapped else "other"),
        form=forms.sample_form(),
        filters=forms.filter_form(),
        checklist=forms.checklist_form(),
        rows=samples.ROWS,
        days=samples.counted_days(),
        moves=samples.moves(),
        time_asked=samples.time_asked(),
        time_form=DecideTimeForm(formdata=None, prefix="sample-"),
        jobs=samples.jobs(),
        files=samples.files(),
        file_box=staff_box("sample", 0, url_for(".design")),
        today=samples.TODAY,
        pictures=samples.pictures(),
        scores=score_pictures(),
        maps=map_pictures(),
        sample_text=samples.LONG_TEXT,
        samples_long_word=samples.LONG_WORD,
        drawings=sorted(path.stem for path in (TEMPLATES / "components" / "pictures").glob("*.svg")),
    )
