"""The acknowledgement of an answer that the own office sent: made when it is asked for."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, queries
from ombudsman_app.complaints.queries import AnswerOfRequest
from ombudsman_app.documents.views.on_demand import on_demand_file, on_demand_page
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.formats import day

from .blueprint import bp

_PLACE = "/<int:request_id>/answers/<int:answer_id>/acknowledgement"


@bp.route(_PLACE, methods=["GET", "POST"])
@policy("complaints.respond", record=queries.own_answer)
def acknowledgement(found: AnswerOfRequest) -> ResponseReturnValue:
    """Ask for it; show how far it is, then where it is. GET ≤ 7 statements."""
    of: dict[str, Any] = {"request_id": found.request.id, "answer_id": found.id}
    return on_demand_page(
        found.receipt,
        make=lambda: commands.acknowledge_answer(found.request.id, found.id, actor=current_actor()),
        here=url_for(".acknowledgement", **of),
        file=url_for(".acknowledgement_file", **of),
        back=(url_for(".request", request_id=found.request.id, _anchor="answers"), found.request.number),
        about=_("Explanation of %(day)s", day=day(found.received_on)),
    )


@bp.route(f"{_PLACE}/file")
@policy("complaints.respond", record=queries.own_answer)
def acknowledgement_file(found: AnswerOfRequest) -> ResponseReturnValue:
    """Hand over the signed PDF."""
    return on_demand_file(
        found.receipt, here=url_for(".acknowledgement", request_id=found.request.id, answer_id=found.id)
    )
