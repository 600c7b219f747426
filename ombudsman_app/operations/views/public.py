"""/healthz: does this process answer, and its database?"""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from ombudsman_app.core.db import db
from ombudsman_app.web.access import policy

bp = Blueprint("operations", __name__)


@bp.route("/healthz")
@policy("public")
def healthz() -> Response:
    """Say ok after one look at the database, 503 where that fails. Names no version (OU7).

    `app.py` remembers an ok for a second in each process (`web/remembered.py`): who asks more often costs
    little more than a bare hello, and a database that went away is still told within that second.
    """
    try:
        db.session.execute(text("select 1"))
    except SQLAlchemyError:
        return Response('{"status":"database away"}\n', 503, mimetype="application/json")
    return Response('{"status":"ok"}\n', mimetype="application/json")
