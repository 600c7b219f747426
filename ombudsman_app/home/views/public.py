"""/: what this is, and the two things people come for."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.web.access import policy

bp = Blueprint("home", __name__)


@bp.route("/")
@policy("public")
def start() -> ResponseReturnValue:
    """Offer filing and following before everything else."""
    return render_template("home/public/start.html")
