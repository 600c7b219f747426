"""The one blueprint that all screens of accounts hang on."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
