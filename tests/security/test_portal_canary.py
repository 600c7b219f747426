"""PD3, PD9: of who reports, and of the report itself, nothing reaches the office that is asked.

A confidential report with words of its own in every field; then everything that the office can fetch, with an
account and by a link, before and after it answers: pages, lists, frozen papers, notices.
"""

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import folder_of, make_answer_link
from ombudsman_app.complaints.models import ClarificationAnswer
from ombudsman_app.complaints.states import FIRST_REQUEST
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.documents import jobs
from ombudsman_app.documents.commands import issue, write_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.models import Message, Notification

from ..documents.desk import PAGES, make_all
from ..factories.accounts import UserFactory
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import TeamFactory
from ..factories.examination import ASKED, REPLY, SUMMARY, examined
from ..visitor import Visitor

PERSON = {
    "full_name": "Kenariku Qwyxzla",
    "phone": "0812 7654 3219",
    "email": "kenari.qwyxzla@burung.example",
    "birth_place": "Kampungqwyx",
    "occupation": "Penyulamqwyx",
    "address": "Jalan Qwyxkenari 77, Mamuju",
}
STORY = "Ceritaqwyx tentang loket yang menutup lebih awal setiap hari Jumat."
REMEDY, EFFORT, EMPLOYER = "Permintaanqwyx agar loket buka.", "Usahaqwyx di loket 2.", "PT Qwyxmaju"
FILE = "foto-qwyxkenari.jpg"
TRACES = {*PERSON.values(), "081276543219", "6281276543219", STORY, REMEDY, EFFORT, EMPLOYER, FILE, "qwyx"}
SIGNER = {"name": "Siti Rahmawati", "position": "Kepala Bidang", "answers_for_office": "y"}


class Told:
    """All that the office was told."""

    def __init__(self) -> None:
        self.text = ""

    def look(self, visitor: Visitor, *paths: str) -> None:
        for path in paths:
            answer = visitor.client.get(path, environ_overrides={"REMOTE_ADDR": visitor.address})
            assert answer.status_code in (200, 302), path
            self.text += f"{answer.data.decode('utf-8', 'replace')}{answer.headers}"


def test_given_a_confidential_report_when_its_office_is_asked_then_no_trace_of_the_reporter_reaches_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
    with app.app_context():
        officer = UserFactory(Role.OFFICE_HEAD, password=None).id
        team = TeamFactory()
        case = examined(
            team, narrative=STORY, requested_remedy=REMEDY, prior_effort=EFFORT, employer_name=EMPLOYER,
            confidentiality="confidential", identity=PERSON,
        )  # fmt: skip
        evidence = AttachmentFactory(case.files_id, FILE).uuid
        letter = write_draft(
            FIRST_REQUEST,
            folder_of(case),
            subject="Permintaan penjelasan",
            answers=ASKED,
            actor=team.examiner,
        )
        issue(letter, version=letter.version, actor=team.head)
        letter_id, ticket = letter.id, case.ticket
    assert make_all(app)[-1] is JobState.DONE
    told, visitor = Told(), Visitor(app).enter(officer)
    page = f"/portal/clarifications/{letter_id}"
    lists = (
        "/portal/",
        "/portal/?show=answered",
        "/portal/clarifications",
        "/portal/clarifications?show=done",
    )
    around = (*lists, "/staff/notifications/", page, f"{page}/answer", f"{page}/letter")

    told.look(visitor, *around)
    visitor.get(page)
    visitor.post(f"{page}/open")
    told.look(visitor, *around)
    assert SUMMARY in told.text
    visitor.submit(f"{page}/answer", {"text": REPLY})
    with app.app_context():
        answer = db.session.scalars(select(ClarificationAnswer.id)).one()
    proof = f"{page}/answers/{answer}/acknowledgement"
    visitor.submit(proof)
    make_all(app)
    told.look(visitor, *around, proof, f"{proof}/file")
    with app.app_context():
        link = make_answer_link(case, letter_id, actor=team.examiner)
    by_link, token = Visitor(app, "203.0.113.9"), link.token
    told.look(by_link, f"/jawab/{token}", f"/jawab/{token}/surat")
    by_link.get(f"/jawab/{token}")
    assert by_link.post(f"/jawab/{token}/buka", {**SIGNER, "code": link.code}).status_code == 302
    told.look(by_link, f"/jawab/{token}", f"/jawab/{token}/surat")
    by_link.submit(f"/jawab/{token}", {"text": REPLY})
    told.look(by_link, f"/jawab/{token}")
    for one in (visitor, by_link):
        for face in ("/portal/attachments", "/berkas"):
            file = one.client.get(f"{face}/{evidence}", environ_overrides={"REMOTE_ADDR": one.address})
            assert file.status_code in (302, 404)

    with app.app_context():
        to_office = (FIRST_REQUEST, "answer_acknowledgement")
        papers = db.session.scalars(select(Document).where(Document.kind.in_(to_office))).all()
        assert len(papers) == 2
        told.text += "".join(str(paper.content) for paper in papers)
        rows = [
            *db.session.scalars(select(Notification).where(Notification.person_id == officer)),
            *db.session.scalars(select(Message).where(Message.person_id == officer)),
        ]
        assert rows[0].kind == "complaints.office_asked"
        told.text += "".join(str(vars(row)) for row in rows)
    found = {trace for trace in {*TRACES, ticket} if trace.lower() in told.text.lower()}
    assert found == set()
