"""/staff/directory: counters of one's own provinces, and their posters."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core import limits
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.directory import commands, forms, queries
from ombudsman_app.directory.models import Counter
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.produced_files import handed_over

bp = Blueprint("directory", __name__, url_prefix="/directory")


@bp.route("/counters")
@policy("directory.counters")
def counters() -> ResponseReturnValue:
    """List and search. 3 statements with session and rights."""
    text = " ".join(request.args.get("q", "").split())[: limits.SEARCH]
    page = queries.counters_page(current_actor(), text, request.args.get("after"))
    return render_template(
        "directory/staff/counters.html",
        rows=page.items,
        text=text,
        first=url_for(".counters", q=text or None) if page.previous_key else "",
        older=url_for(".counters", after=page.next_key, q=text or None) if page.next_key else "",
    )


@bp.route("/counters/<int:counter_id>/poster", methods=["GET", "POST"])
@policy("directory.order_poster", record=queries.visible_counter)
def order(counter: Counter) -> ResponseReturnValue:
    """Choose the paper and have it drawn."""
    form = forms.PosterForm()
    if form.validate_on_submit():
        uuid = commands.order_poster(counter, form.to_size(), actor=current_actor())
        return redirect(url_for(".poster", uuid=uuid))
    page = render_template("directory/staff/order.html", counter=counter, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/posters/<uuid:uuid>")
@policy("directory.fetch_poster", record=queries.own_poster)
def poster(ordered: queries.PosterOrder) -> ResponseReturnValue:
    """Show how far it is, then where to fetch it."""
    return render_template(
        "directory/staff/poster.html", ordered=ordered, counter=ordered.counter, job=shown_job(ordered.job)
    )


@bp.route("/posters/<uuid:uuid>/file")
@policy("directory.fetch_poster", record=queries.own_poster)
def poster_file(ordered: queries.PosterOrder) -> ResponseReturnValue:
    """Hand it over, if it is still what was stored (FI7)."""
    return handed_over(ordered.file)
