"""/aturan-daerah: which local rules there are about the insurance of workers, and which were seen in JDIH."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.coverage import local_rule_words as words
from ombudsman_app.coverage.local_rule_sheet import SHEET_ROWS, rules_sheet
from ombudsman_app.coverage.queries import local_rule_list as lists
from ombudsman_app.web.access import policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

bp = Blueprint("local_rules", __name__, url_prefix="")


@bp.route("/aturan-daerah")
@policy("public")
def rules() -> ResponseReturnValue:
    """Verified rules, and clearly marked those that nobody has seen in JDIH. ≤ 4 statements."""
    chosen, provinces = _asked(), lists.provinces()
    narrow = lists.searched(chosen, [code for code, _name in provinces])
    page, said = lists.rules_page(chosen, narrow), _said(chosen)

    def address(**more: Any) -> str:
        return url_for(".rules", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/public/local_rules.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        words=words,
        provinces=provinces,
        counts=lists.rule_counts(chosen, narrow),
        address=address,
        newer=address(sebelum=page.previous_key) if page.previous_key else "",
        older=address(setelah=page.next_key) if page.next_key else "",
    )


@bp.route("/aturan-daerah/csv")
@policy("public")
def rules_csv() -> Response:
    """The rules of a filter as a sheet. ≤ 3 statements."""
    chosen = _asked()
    narrow = lists.searched(chosen, [code for code, _name in lists.provinces()])
    head, rows = rules_sheet(lists.all_rules(chosen, narrow, limit=SHEET_ROWS + 1))
    word = _("local-rules")
    return download(write_csv(head, rows), name=f"{word}.csv", media_type=CSV)


def _asked() -> lists.RuleFilter:
    """Read the address; its words are Indonesian, as those of all public pages."""
    given = request.args
    return lists.read_filter(
        {
            "q": given.get("q", ""),
            "province": given.get("provinsi", ""),
            "jdih": given.get("jdih", ""),
            "after": given.get("setelah", ""),
            "before": given.get("sebelum", ""),
        }
    )


def _said(chosen: lists.RuleFilter) -> dict[str, str]:
    told = {"q": chosen.text, "provinsi": chosen.province, "jdih": chosen.verification or ""}
    return {name: str(value) for name, value in told.items() if value}
