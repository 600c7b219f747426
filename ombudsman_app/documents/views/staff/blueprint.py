"""/staff/documents, before any view hangs under it."""

from flask import Blueprint

bp = Blueprint("documents", __name__, url_prefix="/documents")
