"""Where the pages of employers hang under the face of the staff."""

from flask import Blueprint

bp = Blueprint("employers", __name__, url_prefix="/employers")
