"""The one blueprint that all staff screens of complaints hang on."""

from flask import Blueprint

bp = Blueprint("complaints", __name__, url_prefix="/complaints")
