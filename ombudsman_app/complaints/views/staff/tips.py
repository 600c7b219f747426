"""/staff/tips: what people told without identity, the newest first. Its address says all that is filtered."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import formats, forms, queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.navigation import know_badge

from .blueprint import tips_bp as bp


def _address(said: Mapping[str, str]) -> str:
    base = url_for(".queue")
    return f"{base}?{urlencode(said)}" if said else base


@bp.route("/")
@policy("complaints.tips")
def queue() -> ResponseReturnValue:
    """Show one page of the list. 5 statements whatever the data; 6 where an office is named."""
    actor = current_actor()
    read = forms.read_tips(request.args, g.cleaned_fields)
    chosen, misread, slug = read.chosen, read.misread, read.chosen.office
    names = queries.office_names([slug] if slug else [])
    if slug and slug not in names:
        chosen, misread = replace(chosen, office=""), [*misread, forms.Misread("office", slug)]
    said = forms.tip_parameters(chosen)
    page = queries.tips(actor, chosen)
    if chosen.before is not None and page.previous_key is None:
        return redirect(_address(said))  # the beginning has one address, and a full page
    counts = queries.tip_counts(actor)
    know_badge("staff.tips.queue", counts.waiting)
    offices = {row.office_slug: row.office_name for row in page.items} | names
    return render_template(
        "complaints/staff/tips.html",
        misread=misread,
        chips=formats.tip_chips(chosen, counts, _address),
        boxes=forms.tip_boxes(chosen, offices),
        ticks=forms.tip_ticks(chosen),
        clear_href=_address({}) if said else "",
        rows=page.items,
        why_empty=() if page.items else formats.why_no_tips(chosen),
        first_href=_address(said),
        is_first=chosen.after is None and chosen.before is None,
        newer_href=_address({**said, "before": page.previous_key}) if page.previous_key else "",
        older_href=_address({**said, "after": page.next_key}) if page.next_key else "",
    )
