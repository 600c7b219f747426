"""Invented complaints have no place among real ones, unless somebody names the database."""

from flask import current_app
from sqlalchemy import make_url

from ombudsman_app.cli.lines import BadInput
from ombudsman_app.core.config import Settings


def refuse_in_production(really: str) -> None:
    """Raise BadInput in production, unless `really` is the name of the database. Inside an application."""
    settings: Settings = current_app.extensions["settings"]
    name = make_url(settings.database_url).database or ""
    if settings.is_production and (not really or really != name):
        raise BadInput(
            f"this is production, and complaints would be invented: --really {name} if you mean it"
        )
