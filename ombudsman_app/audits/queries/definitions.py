"""What a version asks, taken apart once per process."""

from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.scoring.definition import Definition

from .score_page import already_read
from .score_page import definition_of as known_definition


def definition_of(version: InstrumentVersion) -> Definition:
    """Return what a version asks. Raises InstrumentInvalid for a draft that cannot be scored yet.

    Its content may be left out of the query: it is read the first time alone.
    """
    return already_read(version.digest) or known_definition(version.content, version.digest)
