"""Where the pages of compliance cases hang under the face of the staff."""

from flask import Blueprint

bp = Blueprint("compliance", __name__, url_prefix="/employers")
