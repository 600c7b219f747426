"""What a version asks, taken apart once per process."""

from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.scoring.definition import Definition

from .score_page import definition_of as known_definition


def definition_of(version: InstrumentVersion) -> Definition:
    """Return what a version asks. Raises InstrumentInvalid for a draft that cannot be scored yet."""
    return known_definition(version.content, version.digest)
