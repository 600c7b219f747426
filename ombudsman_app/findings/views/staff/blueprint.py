"""Where the pages of findings hang under the face of the staff."""

from flask import Blueprint

bp = Blueprint("findings", __name__, url_prefix="/findings")
