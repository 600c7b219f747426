"""/inovasi: innovations that were released, each statement with who said it, when and where it stands."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.coverage import innovation_words as words
from ombudsman_app.coverage.innovation_boxes import innovation_boxes
from ombudsman_app.coverage.queries import innovation_list as lists
from ombudsman_app.coverage.queries.innovation_page import public_innovation
from ombudsman_app.coverage.queries.local_rule_list import provinces
from ombudsman_app.web.access import policy

bp = Blueprint("innovations", __name__, url_prefix="")


@bp.route("/inovasi")
@policy("public")
def innovations() -> ResponseReturnValue:
    """What was released, the last written down first. 2 statements."""
    given = request.args
    chosen = lists.read_filter(
        {
            "province": given.get("provinsi", ""),
            "status": given.get("status", ""),
            "after": given.get("setelah", ""),
            "before": given.get("sebelum", ""),
        }
    )
    page = lists.innovations_page(chosen, is_public=True)
    told = {"provinsi": chosen.province, "status": str(chosen.status or "")}
    said = {name: value for name, value in told.items() if value}

    def address(**more: Any) -> str:
        return url_for(".innovations", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/public/innovations.html",
        rows=page.items,
        said=said,
        words=words,
        boxes=innovation_boxes(chosen, provinces(), province="provinsi"),
        newer=address(sebelum=page.previous_key) if page.previous_key else "",
        older=address(setelah=page.next_key) if page.next_key else "",
    )


@bp.route("/inovasi/<string:slug>")
@policy("public")
def innovation(slug: str) -> ResponseReturnValue:
    """One innovation, and how it was evaluated. 3 statements."""
    page = public_innovation(slug)
    return render_template(
        "coverage/public/innovation.html", page=page, innovation=page.innovation, words=words
    )
