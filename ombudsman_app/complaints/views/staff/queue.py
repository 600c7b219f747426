"""/staff/complaints: the queue. Its address says all that is filtered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import formats, forms, queries
from ombudsman_app.core.clock import today
from ombudsman_app.notifications.menu import INBOX
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.navigation import know_badge, know_badges

from .blueprint import bp


@dataclass(frozen=True)
class Addresses:
    """How the queue is addressed. Where the bare address opens a saved view, "all open" must be said."""

    base: str
    opens_view: bool

    def __call__(self, said: Mapping[str, str]) -> str:
        said = dict(said) or forms.ALL_OPEN
        if said == forms.ALL_OPEN and not self.opens_view:
            return self.base
        return f"{self.base}?{urlencode(said)}"


@dataclass(frozen=True)
class Asked:
    """What was asked for: the filters, what could not be understood, the respondent by name."""

    chosen: queries.QueueFilter
    misread: list[forms.Misread]
    office: str


def asked_queue() -> Asked:
    """Read the address of this request. 1 statement if it names an office, else none."""
    read = forms.read_queue(request.args, g.cleaned_fields)
    slug = read.chosen.office
    names = queries.office_names([slug] if slug else [])
    if slug and slug not in names:
        unknown = forms.Misread("office", slug)
        return Asked(replace(read.chosen, office=""), [*read.misread, unknown], "")
    return Asked(read.chosen, read.misread, names.get(slug, ""))


@bp.route("/")
@policy("complaints.queue")
def queue() -> ResponseReturnValue:
    """Cases by their next day, overdue first. 5 statements whatever the data; 6 where an office is named."""
    actor = current_actor()
    views = queries.saved_views(actor)
    opening = next((view for view in views if view.opens_first), None)
    address = Addresses(url_for(".queue"), opening is not None)
    if opening is not None and not request.args:
        return redirect(f"{address.base}?{opening.filters}")
    asked = asked_queue()
    chosen, said, query = asked.chosen, forms.parameters(asked.chosen), forms.as_query(asked.chosen)
    day = today(actor.time_zone)
    page = queries.queue(actor, chosen, today=day)
    if chosen.before is not None and page.previous_key is None:
        return redirect(address(said))  # the beginning has one address, and a full page
    counts = queries.counts(actor, today=day)
    know_badge("staff.complaints.queue", counts.overdue)
    know_badge("staff.tips.queue", counts.waiting_tips)
    know_badge(INBOX, counts.unread)
    know_badges(counts.others)
    chips, stages = formats.queue_chips(chosen, counts, address)
    current = next((chip for chip in (*chips, *stages) if chip.is_current), None)
    is_first = chosen.after is None and chosen.before is None
    offices = {row.office_slug: row.office_name for row in page.items}
    if asked.office:
        offices[chosen.office] = asked.office
    return render_template(
        "complaints/staff/queue.html",
        chosen=chosen,
        misread=asked.misread,
        chips=chips,
        stages=stages,
        view_chips=formats.view_chips(views, query, address.base),
        can_save=said != forms.ALL_OPEN and all(view.filters != query for view in views),
        tags=[] if current else formats.filter_tags(chosen, asked.office, address),
        boxes=forms.filter_boxes(chosen, offices),
        ticks=forms.filter_ticks(chosen),
        rows=page.items,
        total=_total(current, len(page.items), is_whole=is_first and page.next_key is None),
        is_first=is_first,
        said=said,
        why_empty=() if page.items else formats.why_empty(chosen),
        all_href=address({}),
        ended_href=address({"ended": "yes", **said}) if chosen.words and not chosen.is_ended else "",
        first_href=address(said),
        newer_href=address({**said, "before": page.previous_key}) if page.previous_key else "",
        older_href=address({**said, "after": page.next_key}) if page.next_key else "",
    )


def _total(current: formats.Chip | None, shown: int, *, is_whole: bool) -> int | None:
    """Return how many cases the list has, where that is known without counting once more."""
    if current is not None and current.number is not None:
        return current.number
    return shown if is_whole else None
