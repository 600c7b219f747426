"""Rapor, report and certificate of a published result: everybody fetches what is out, and nothing before."""

import pytest
from flask import Flask

from ombudsman_app.audits.commands.correcting import CorrectionInput, ask_correction, release_correction
from ombudsman_app.audits.commands.papers import issue_result_papers, write_report
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents import jobs
from ombudsman_app.documents.commands import issue

from ..documents.desk import PAGES, make_all
from ..factories.audits import AuditFactory
from ..factories.findings import person
from ..visitor import Visitor
from .test_publish import address_of

WORDS = ("rapor", "laporan", "sertifikat")


def test_given_a_published_result_then_what_is_out_is_linked_and_fetched_and_a_draft_is_not(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
    with app.app_context():
        head, lead = person(Role.HEAD_OF_REPRESENTATIVE), person(Role.AUDITOR)
        audit = AuditFactory(AuditState.PUBLISHED, lead=lead)
        page = address_of(audit)
        audit_id = audit.id
    for word in (*WORDS, "acak"):
        assert visitor.get(f"{page}/surat/{word}").status_code == 404
    assert "/surat/" not in visitor.get(page).text

    with app.app_context():
        audit = db.session.get_one(Audit, audit_id)
        report = write_report(audit, actor=lead)
        issue_result_papers(audit, actor=head)
    assert "/surat/" not in visitor.get(page).text  # still drawn
    make_all(app)
    shown = visitor.get(page).text
    assert (f"{page}/surat/rapor" in shown, f"{page}/surat/laporan" in shown) == (True, False)
    assert visitor.queries <= 10
    assert visitor.get(f"{page}/surat/laporan").status_code == 404  # a draft of the report is nobody's

    with app.app_context():
        issue(report, version=report.version, actor=head)
    make_all(app)
    first = {}
    for word in WORDS:
        answer = visitor.get(f"{page}/surat/{word}")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(PAGES)
        assert "attachment" in answer.headers["Content-Disposition"]
        first[word] = answer.data

    with app.app_context():
        given = CorrectionInput("P11", {"numerator": 5, "denominator": 10, "evidence": 1}, "Berkas tertukar.")
        ask_correction(db.session.get_one(Audit, audit_id), given, version=None, actor=lead)
        release_correction(db.session.get_one(Audit, audit_id), version=None, actor=head)
    assert visitor.get(page).text.count("dari sebelum koreksi") == len(WORDS)
    with app.app_context():
        issue_result_papers(db.session.get_one(Audit, audit_id), actor=head)
        write_report(db.session.get_one(Audit, audit_id), actor=lead)
    make_all(app)
    assert visitor.get(page).text.count("dari sebelum koreksi") == 1  # the report is not issued anew yet
    assert visitor.get(f"{page}/surat/rapor").data != first["rapor"]  # the edition that holds


def test_given_a_final_result_with_its_report_then_nobody_outside_fetches_it(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
    with app.app_context():
        audit = AuditFactory(AuditState.FINAL)
        report = write_report(audit, actor=person(Role.AUDITOR))
        issue(report, version=report.version, actor=person(Role.HEAD_OF_REPRESENTATIVE))
        page = address_of(audit)
    make_all(app)
    assert visitor.get(f"{page}/surat/laporan").status_code == 404
