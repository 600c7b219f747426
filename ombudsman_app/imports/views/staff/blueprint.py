"""Where the pages of imports hang under the face of the staff."""

from flask import Blueprint

bp = Blueprint("imports", __name__, url_prefix="/imports")
