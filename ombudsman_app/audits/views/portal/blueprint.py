"""Where the pages of audits hang under the face of the portal."""

from flask import Blueprint

bp = Blueprint("audits", __name__, url_prefix="/penilaian")
