"""The place of meetings and commitments among the pages of the staff."""

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
