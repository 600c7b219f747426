"""Where the pages of audits hang under the face of the public."""

from flask import Blueprint

bp = Blueprint("audits", __name__)
