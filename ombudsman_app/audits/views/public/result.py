"""/kantor/<office>/penilaian/<round>: one published result, as a page and as data."""

from flask import Response, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import queries
from ombudsman_app.audits.formats import published as shown
from ombudsman_app.audits.formats import result_data
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries.papers import (
    PUBLIC_WORD_OF,
    PublicPaper,
    edition_of,
    public_paper,
    public_papers,
)
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.figures import figures_of
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.web.access import policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv

from .blueprint import bp


def _published(_actor: Actor, slug: str, round_slug: str) -> Audit | None:
    return queries.published_audit(slug, round_slug)


@bp.route("/kantor/<string:slug>/penilaian/<string:round_slug>")
@policy("public", record=_published)
def result(audit: Audit) -> ResponseReturnValue:
    """Show one published result. 10 statements."""
    found = queries.published_page(audit)
    return render_template(
        "audits/public/result.html",
        audit=audit,
        shown=found,
        page=found.page,
        scale=shown.scale_of(found.page),
        costs=shown.costs_of(found.page),
        trend=shown.trend_of(found.rounds),
        figures=list(figures_of(audit.office_id)),
        papers=[
            (PUBLIC_WORD_OF[one.kind], one, edition_of(one) <= len(found.before))
            for one in public_papers(audit)
        ],
    )


def _paper(_actor: Actor, slug: str, round_slug: str, word: str) -> PublicPaper | None:
    return public_paper(slug, round_slug, word)


@bp.route("/kantor/<string:slug>/penilaian/<string:round_slug>/surat/<string:word>")
@policy("public", record=_paper)
def result_paper(found: PublicPaper) -> ResponseReturnValue:
    """Hand over rapor, report or certificate as it was signed. 2 statements."""
    content = bytes_of(found.document)
    if content is None:
        raise NotVisible
    return download(content, name=f"{found.document.number}.pdf", media_type="application/pdf")


@bp.route("/kantor/<string:slug>/penilaian/<string:round_slug>/json")
@policy("public", record=_published)
def result_json(audit: Audit) -> ResponseReturnValue:
    """Give the published result for programs: every number as it was computed. 4 statements."""
    score, before = queries.published_score(audit)
    responses = queries.latest_responses(audit.id)
    answer = jsonify(result_data.as_data(audit, queries.score_page(score), responses, before))
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(audit)}.json"'
    return answer


@bp.route("/kantor/<string:slug>/penilaian/<string:round_slug>/csv")
@policy("public", record=_published)
def result_csv(audit: Audit) -> Response:
    """Give the indicators of a published result as a sheet. 4 statements."""
    score, _before = queries.published_score(audit)
    responses = queries.latest_responses(audit.id)
    head, rows = result_data.as_sheet(queries.score_page(score), responses)
    return download(write_csv(head, rows), name=f"{_name(audit)}.csv", media_type=CSV)


def _name(audit: Audit) -> str:
    word = _("result")
    return f"{word}-{audit.office.slug}-{audit.round.slug}"
