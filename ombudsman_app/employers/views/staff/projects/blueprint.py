"""Where the pages of projects hang under the face of the staff."""

from flask import Blueprint

bp = Blueprint("projects", __name__, url_prefix="/employers/projects")
