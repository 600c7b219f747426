"""The one blueprint that all public screens of complaints hang on."""

from flask import Blueprint

bp = Blueprint("complaints", __name__)
