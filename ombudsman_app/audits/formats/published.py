"""How a published audit looks in words and pictures."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.queries.published import RoundOfOffice
from ombudsman_app.audits.queries.score_page import ScorePage, drawn, in_language
from ombudsman_app.audits.scoring.definition import EvidenceKind
from ombudsman_app.audits.scoring.scheme import Verified
from ombudsman_app.web import charts
from ombudsman_app.web.formats import month_short

_EVIDENCE: dict[EvidenceKind, Any] = {
    EvidenceKind.PHOTO: _l("photo"),
    EvidenceKind.DOCUMENT_COPY: _l("copy of a document"),
    EvidenceKind.URL: _l("web address"),
    EvidenceKind.INTERVIEW_NOTE: _l("note of an interview"),
    EvidenceKind.OBSERVATION_NOTE: _l("note of an observation"),
    EvidenceKind.SYSTEM_EXTRACT: _l("extract from a system"),
    EvidenceKind.SURVEY_FORM: _l("survey form"),
    EvidenceKind.FILE_SAMPLE: _l("sample of files"),
    EvidenceKind.CERTIFICATE: _l("certificate"),
}
_MARKS: dict[Verified, Any] = {
    Verified.TEXT: _l("text of the law"),
    Verified.PRESS: _l("press report"),
    Verified.UNVERIFIED: _l("not verified"),
}


def evidence_kinds(kinds: Sequence[EvidenceKind]) -> str:
    """Photo, copy of a document: the kinds that an indicator allows."""
    return ", ".join(str(_EVIDENCE[kind]) for kind in kinds)


def scheme_mark(mark: Verified) -> str:
    """Return how sure a scheme or a promised time is."""
    return str(_MARKS[mark])


def scale_of(page: ScorePage) -> charts.Scale:
    """Return the bands of the scheme with the total on them."""
    return charts.scale(page.drawn_bands, [("own", str(_("This office")), page.total)])


def costs_of(page: ScorePage) -> charts.Costs:
    """Return what took the most points away."""
    losses = [
        charts.Loss(line.id, line.question, line.cost, line.score, line.is_alarm)
        for line in page.lines
        if line.score is not None
    ]
    return charts.costs(losses, most=6)


def trend_of(rounds: Sequence[RoundOfOffice]) -> charts.Trend | None:
    """Return the totals over the rounds; the line breaks where scheme or version changed."""
    scored = [
        charts.Scored(
            month_short(one.audit.round.period_until),
            one.audit.total,
            one.scheme.id,
            str(one.audit.instrument_version_id),
            regime_words(one),
        )
        for one in rounds
    ]
    return charts.trend(scored, {one.scheme.id: [drawn(band) for band in one.scheme.bands] for one in rounds})


def regime_words(one: RoundOfOffice) -> str:
    """Say by which scheme and which version of which instrument a round was scored."""
    version = one.audit.instrument_version
    title = in_language(one.scheme.title_id, one.scheme.title_en)
    instrument = in_language(version.instrument.title_id, version.instrument.title_en)
    return str(
        _(
            "%(scheme)s; %(instrument)s, version %(number)s",
            scheme=title,
            instrument=instrument,
            number=version.number,
        )
    )


FILTERS = {
    "evidence_kinds": evidence_kinds,
    "scheme_mark": scheme_mark,
}
