"""The blueprint of requests for an explanation."""

from flask import Blueprint

bp = Blueprint("clarifications", __name__, url_prefix="/clarifications")
