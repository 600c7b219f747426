"""Which kinds of evidence are files, and which are words typed in."""

from .definition.shape import EvidenceKind as E
from .definition.shape import Indicator

WORDS = frozenset({E.URL, E.INTERVIEW_NOTE, E.OBSERVATION_NOTE, E.FILE_SAMPLE})
FILES = frozenset(E) - {E.URL, E.INTERVIEW_NOTE, E.OBSERVATION_NOTE}
# What was seen at the counters. The other kinds are of people: what they said, their files, their papers.
TOLD = frozenset({E.PHOTO, E.URL, E.OBSERVATION_NOTE})


def word_kinds(indicator: Indicator) -> tuple[E, ...]:
    """Return the kinds of this indicator that can be typed, in the order of the instrument."""
    return tuple(kind for kind in indicator.evidence if kind in WORDS)


def file_kinds(indicator: Indicator) -> tuple[E, ...]:
    """Return the kinds of this indicator that are files; the first is what a new file is taken for."""
    return tuple(kind for kind in indicator.evidence if kind in FILES)
