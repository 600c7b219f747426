"""/healthz: does this process answer, and its database?"""

from flask import Blueprint, Response
from sqlalchemy import text

from ombudsman_app.core.db import db
from ombudsman_app.web.access import policy

bp = Blueprint("operations", __name__)


@bp.route("/healthz")
@policy("public")
def healthz() -> Response:
    """Say ok after one look at the database. Names no version and no part (OU7)."""
    db.session.execute(text("select 1"))
    return Response('{"status":"ok"}\n', mimetype="application/json")
