"""Where the pages of coverage hang under the face of the public."""

from flask import Blueprint

bp = Blueprint("coverage", __name__, url_prefix="/cakupan")
