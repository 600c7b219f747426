"""/staff/audits/rounds/<id>: how far a round is."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.audits.formats import rounds as formats
from ombudsman_app.audits.models import AuditRound
from ombudsman_app.audits.queries.board import board_page
from ombudsman_app.audits.queries.rounds import stage_counts, visible_round
from ombudsman_app.audits.scoring.definition.reading import read_definition
from ombudsman_app.core.clock import today
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm

from .asked import read_board
from .blueprint import bp


@bp.route("/rounds/<int:round_id>")
@policy("audits.read", record=visible_round)
def board(found: AuditRound) -> ResponseReturnValue:
    """Stages with their numbers, then each office with its days, its team and its sheet. ≤ 6 statements."""
    actor = current_actor()
    chosen, said = read_board(request.args)
    counts = stage_counts(actor, found)
    page = board_page(actor, found, chosen, today=today(found.representative_office.time_zone))

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".board", round_id=found.id, **kept)

    tiles = formats.stage_tiles(counts)
    return render_template(
        "audits/staff/board.html",
        round=found,
        counts=counts,
        stages=charts.funnel([(tile.state, tile.label, tile.number) for tile in tiles]),
        links={tile.state: address(stage=tile.state) for tile in tiles},
        rows=page.items,
        indicators=sum(1 for _ in read_definition(found.instrument_version.content).indicators),
        chosen=chosen,
        said=said,
        address=address,
        version_form=VersionedForm(formdata=None, version=found.version),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )
