"""The blueprints that all staff screens of complaints hang on, and those of information without identity."""

from flask import Blueprint

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
tips_bp = Blueprint("tips", __name__, url_prefix="/tips")
