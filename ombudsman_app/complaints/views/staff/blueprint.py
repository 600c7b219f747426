"""The blueprints of staff: complaints, information without identity, opened identities."""

from flask import Blueprint

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
tips_bp = Blueprint("tips", __name__, url_prefix="/tips")
identities_bp = Blueprint("identities", __name__, url_prefix="/identities")
