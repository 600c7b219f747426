"""What the papers of a result show, from the final score as it was frozen. Words, numbers as text, no rows.

Numbers are kept as they are written, so that a paper drawn again shows the same to the last digit.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.commands import opened_bytes
from ombudsman_app.attachments.commands.checking import PREVIEW
from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.documents.kinds import Attached
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.models import Finding

from .commands.scoring import latest_score
from .formats import audit_answer, ruling_word, seat_word, severity_word, stance_word
from .formats.instruments import evidence_word
from .models import (
    AnswerChange,
    Audit,
    AuditMember,
    AuditResponse,
    AuditSheet,
    InstrumentVersion,
    ProposedFinding,
    SheetEvidence,
    StudyPlace,
)
from .queries.corrections import released_corrections
from .queries.score_page import DimensionBlock, IndicatorLine, ScorePage, score_page
from .scoring.definition import EvidenceKind
from .scoring.evidence_kinds import TOLD
from .scoring.exact import plain
from .scoring.formula import FULL
from .states import Cause, ProposalState, ScoreStage, SheetKind

MOST_ON_CARD = 6  # lines of each list on a rapor, so that it keeps to two pages
MOST_PHOTOS = 60  # in one report; further ones are named and lie with the evidence
INDICATORS_FILE = "aset:indikator.csv"
_COLUMNS = (
    *("dimensi", "kode", "pertanyaan", "jawaban", "skor", "bobot", "bobot_efektif"),
    *("poin_hilang", "bukti", "tanpa_bukti", "sampel_kecil", "alasan_tidak_berlaku"),
)


def report(document: Document) -> Mapping[str, Any]:
    """The whole audit: result, method, every indicator with its evidence, replies, findings, changes."""
    audit, page = audit_and_page(document)
    evidence = _evidence(audit)
    replies = _replies(audit.id)
    numbers = iter(range(1, MOST_PHOTOS + 1))
    return {
        **_head(audit, page),
        "team": [{"name": one.user.name, "seat": seat_word(one.seat)} for one in audit.members],
        "reviewed_on": audit.reviewed_at.date() if audit.reviewed_at else None,
        "dimensions": [_block(block, evidence, replies, numbers) for block in page.dimensions],
        "costliest": [_cost(line) for line in page.costliest],
        "findings": _findings(audit.id, page),
        "changes": _changes(audit.id),
        "received_on": audit.received_on,
        "answered_on": audit.answered_on,
        "days_late": audit.days_late or 0,
    }


def scorecard(document: Document) -> Mapping[str, Any]:
    """Two pages for the branch and the public: the result, the dimensions, what to mend first."""
    audit, page = audit_and_page(document)
    findings = _findings(audit.id, page)
    return {
        **_head(audit, page),
        "dimensions": [
            {**_block_head(block), "lines": [_short(line) for line in block.lines]}
            for block in page.dimensions
        ],
        "costliest": [_cost(line) for line in page.costliest[:MOST_ON_CARD]],
        "best": [_short(line) for line in page.lines if line.score == FULL][:MOST_ON_CARD],
        "findings": [
            {"severity": grave, "number": sum(1 for one in findings if one["severity"] == grave)}
            for grave in (severity_word("major"), severity_word("minor"))
        ],
    }


def certificate(document: Document) -> Mapping[str, Any]:
    """One page: which office reached what, in which round, by which rules."""
    audit, page = audit_and_page(document)
    place = db.session.scalar(select(StudyPlace).where(StudyPlace.audit_id == audit.id).limit(1))
    return {
        **_head(audit, page),
        "study_until_on": place.until if place else None,
        "study_reason": place.reason if place else "",
    }


def audit_and_page(document: Document) -> tuple[Audit, ScorePage]:
    """Return the audit of a paper and its final score. Raises NotVisible where there is none."""
    audit = db.session.scalars(
        select(Audit)
        .where(Audit.papers_id == document.folder)
        .options(
            joinedload(Audit.round, innerjoin=True),
            joinedload(Audit.office, innerjoin=True),
            joinedload(Audit.representative_office, innerjoin=True),
            joinedload(Audit.scheme, innerjoin=True),
            joinedload(Audit.instrument_version, innerjoin=True).joinedload(
                InstrumentVersion.instrument, innerjoin=True
            ),
            joinedload(Audit.members).joinedload(AuditMember.user),
        )
        .execution_options(populate_existing=True)
    ).unique().one_or_none()  # fmt: skip
    score = latest_score(audit.id, ScoreStage.FINAL) if audit else None
    if audit is None or score is None:
        raise NotVisible
    return audit, score_page(score)


def attached(content: Mapping[str, Any]) -> Attached:
    """The photos that its pages show, and every indicator as data."""
    return {INDICATORS_FILE: (_table(content).encode(), "text/csv"), **_photos(content)}


def _photos(content: Mapping[str, Any]) -> Attached:
    shown = {
        photo["name"]: UUID(photo["file"])
        for block in content["dimensions"]
        for line in block["lines"]
        for photo in line["photos"]
    }
    rows = db.session.scalars(select(Attachment).where(Attachment.uuid.in_(list(shown.values()))))
    files = {row.uuid: row for row in rows}
    return {
        name: (b"".join(opened_bytes(files[file], PREVIEW)), "image/jpeg") for name, file in shown.items()
    }


def _table(content: Mapping[str, Any]) -> str:
    """One line an indicator: UTF-8, commas, a head line."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for block in content["dimensions"]:
        for line in block["lines"]:
            row = (
                *(block["title"], line["id"], line["question"], line["answer"], line["score"]),
                *(line["weight"], line["effective_weight"], line["cost"], line["evidence_count"]),
                *(int(line["no_evidence"]), int(line["low_sample"]), line["na_reason"]),
            )
            writer.writerow([_plain_cell(cell) for cell in row])
    return table.getvalue()


def _plain_cell(cell: Any) -> Any:
    """Keep a text from being read as a formula by programs for sheets."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t" and cell else cell


def _head(audit: Audit, page: ScorePage) -> dict[str, Any]:
    band, version = page.band, audit.instrument_version
    corrections = released_corrections(audit.id)
    return {
        "edition": len(corrections) + 1,
        "corrections": [
            {
                "corrected_on": one.corrected_on,
                "before": str(one.corrected.total),
                "category": one.corrected.category or "",
                "indicator": one.indicator,
                "reason": one.reason,
            }
            for one in corrections
        ],
        "reference": audit.reference or "",
        "office": audit.office.name,
        "address": audit.office.address or "",
        "round": audit.round.title,
        "period_from_on": audit.round.period_from,
        "period_until_on": audit.round.period_until,
        "visited_on": audit.planned_from,
        "visited_until_on": audit.planned_until,
        "instrument": version.instrument.title_id,
        "instrument_version": version.number,
        "scheme": page.scheme.title_id,
        "scheme_legal": page.scheme.legal,
        "scheme_verified": page.scheme.verified.value,
        "formula": page.score.formula_version,
        "inputs_digest": page.score.inputs_digest,
        "total": str(page.total),
        "total_exact": page.total_exact,
        "category": page.score.category,
        "zone": page.score.zone,
        "band": page.band_title,
        "bands": [
            {
                "id": one.id,
                "label": one.title_id,
                "zone": one.zone.value,
                "low": str(one.min),
                "high": str(one.max),
            }
            for one in page.scheme.bands
        ],
        "band_limits": [str(band.min), str(band.max)] if band else [],
        "capped_by": [{"id": line.id, "question": line.question} for line in page.capped_by],
        "is_capped": page.is_capped,
        "category_before_cap": page.score.result["category_before_cap"],
        "cap": page.scheme.cap,
        "published_on": audit.published_on,
        "counted": len(page.lines),
        "applicable": sum(1 for line in page.lines if line.score is not None),
        "low_sample": [line.id for line in page.lines if line.low_sample],
        "no_evidence": [line.id for line in page.lines if line.no_evidence],
    }


def _block_head(block: DimensionBlock) -> dict[str, Any]:
    return {
        "id": block.id,
        "title": block.title,
        "description": block.description,
        "weight": plain(block.weight),
        "score": str(block.score),
        "points": plain(block.points),
    }


def _block(
    block: DimensionBlock,
    evidence: Mapping[str, list[tuple[SheetEvidence, bool]]],
    replies: Mapping[str, dict[str, Any]],
    numbers: Iterator[int],
) -> dict[str, Any]:
    lines = [
        {**_whole(line, evidence.get(line.id, []), numbers), "reply": replies.get(line.id)}
        for line in block.lines
    ]
    return {**_block_head(block), "lines": lines}


def _short(line: IndicatorLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "question": line.question,
        "score": "" if line.score is None else str(line.score),
        "weight": plain(line.weight),
        "is_alarm": line.is_alarm,
    }


def _cost(line: IndicatorLine) -> dict[str, Any]:
    return {**_short(line), "cost": plain(line.cost)}


def _whole(
    line: IndicatorLine, items: list[tuple[SheetEvidence, bool]], numbers: Iterator[int]
) -> dict[str, Any]:
    photos = []
    for item, is_picture in items:
        number = next(numbers, None) if is_picture else None
        if number is not None:
            photos.append(
                {
                    "name": f"aset:foto-{number}",
                    "number": number,
                    "file": str(item.attachment_id),
                    "caption": item.text,
                    "taken_at": item.added_at,
                }
            )
    return {
        **_short(line),
        "answer": audit_answer(line),
        "effective_weight": str(line.effective_weight),
        "cost": plain(line.cost),
        "critical": line.indicator.critical,
        "legal_basis": line.indicator.legal_basis,
        "component": line.indicator.component,
        "no_evidence": line.no_evidence,
        "low_sample": line.low_sample,
        "na_reason": line.na_reason,
        "severity": severity_word(line.severity) if line.severity else "",
        "evidence_count": line.evidence,
        "evidence": list(_told(items)),
        "photos": photos,
        "unverified_days": line.indicator.standard_verified == "unverified",
    }


def _told(items: list[tuple[SheetEvidence, bool]]) -> Iterator[dict[str, str]]:
    """Yield what was seen, in words; of what people said or handed over the kind and how many alone."""
    for item, is_picture in items:
        if item.kind in TOLD and not is_picture:
            yield {"kind": evidence_word(item.kind), "text": item.text}
    for kind, number in Counter(item.kind for item, _is in items if item.kind not in TOLD).items():
        kept = ngettext(
            "%(num)d item, kept at the Ombudsman.", "%(num)d items, kept at the Ombudsman.", number
        )
        yield {"kind": evidence_word(kind), "text": kept}


def _evidence(audit: Audit) -> dict[str, list[tuple[SheetEvidence, bool]]]:
    """Return the items that were not taken back, by indicator, and whether each is a picture to show."""
    rows = db.session.execute(
        select(SheetEvidence, Attachment.state, Attachment.has_preview)
        .join(AuditSheet, AuditSheet.id == SheetEvidence.sheet_id)
        .outerjoin(Attachment, Attachment.uuid == SheetEvidence.attachment_id)
        .where(
            AuditSheet.audit_id == audit.id,
            AuditSheet.kind == SheetKind.ASSESSOR,
            SheetEvidence.removed_at.is_(None),
        )
        .order_by(SheetEvidence.indicator, SheetEvidence.id)
    )
    found: dict[str, list[tuple[SheetEvidence, bool]]] = {}
    for item, state, has_preview in rows:
        is_picture = item.kind == EvidenceKind.PHOTO and state is AttachmentState.READY and bool(has_preview)
        found.setdefault(item.indicator, []).append((item, is_picture))
    return found


def _replies(audit_id: int) -> dict[str, dict[str, Any]]:
    """Return what the office said last to each indicator, and what was decided."""
    rows = db.session.scalars(
        select(AuditResponse).where(AuditResponse.audit_id == audit_id).order_by(AuditResponse.id)
    )
    return {
        row.indicator: {
            "stance": stance_word(row.stance),
            "text": row.text,
            "said_at": row.said_at,
            "days_late": row.days_late,
            "ruling": ruling_word(row.ruling) if row.ruling else "",
            "ruling_reason": row.ruling_reason,
        }
        for row in rows
    }


def _findings(audit_id: int, page: ScorePage) -> list[dict[str, Any]]:
    """Return the confirmed findings with their suggestions; what was dropped stands in no paper."""
    rows = db.session.scalars(
        select(ProposedFinding)
        .where(ProposedFinding.audit_id == audit_id, ProposedFinding.state == ProposalState.CONFIRMED)
        .order_by(ProposedFinding.id)
        .options(joinedload(ProposedFinding.finding).selectinload(Finding.measures))
    )
    return [
        {
            "indicator": row.indicator,
            "question": page.by_id[row.indicator].question if row.indicator in page.by_id else "",
            "severity": severity_word(row.severity),
            "reference": row.finding.reference or "" if row.finding else "",
            "summary": row.finding.summary if row.finding else "",
            "description": row.finding.description if row.finding else "",
            "rule": row.finding.rule if row.finding else "",
            "suggestions": [one.text for one in row.finding.measures] if row.finding else [],
        }
        for row in rows
    ]


def _changes(audit_id: int) -> list[dict[str, Any]]:
    """Return what was changed because of what the office said, before and after."""
    rows = db.session.scalars(
        select(AnswerChange)
        .where(AnswerChange.audit_id == audit_id, AnswerChange.cause == Cause.RESPONSE)
        .order_by(AnswerChange.id)
    )
    return [
        {
            "indicator": row.indicator,
            "before": _given(row.before),
            "after": _given(row.after),
            "reason": row.reason,
            "changed_at": row.at,
        }
        for row in rows
    ]


def _given(answer: Mapping[str, Any]) -> str:
    """Write an answer as it was given, without the words of its scale."""
    if "na" in answer:
        return str(_("Not applicable"))
    if "denominator" in answer:
        return f"{answer['numerator']}/{answer['denominator']}"
    return str(answer.get("value", ""))
