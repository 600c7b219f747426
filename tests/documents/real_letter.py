"""A letter as it goes out: written, issued, drawn by the render server from its template, signed, stored."""

from collections.abc import Callable

from flask import Flask

from ombudsman_app.complaints.commands import folder_of
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.commands import ask_revocation, begin_replacement, issue, revoke, write_draft
from ombudsman_app.documents.models import Document

from ..factories.complaints import CaseFactory, Team, TeamFactory
from .desk import make_all, renderer_of

WORDS = "Mohon kirim salinan KTP yang masih berlaku.\n\nFoto dari ponsel boleh."


class RealLetter:
    """One letter of a case, with everything that can happen to it. `document` is as it stands now."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            self.team: Team = TeamFactory()
            self.case: Complaint = CaseFactory(ComplaintState.FORMAL_VERIFICATION, self.team)
        self.id = self._made(self._written)
        self.content = self._bytes()

    @property
    def document(self) -> Document:
        with self.app.app_context():
            found = db.session.get_one(Document, self.id)
            db.session.expunge_all()
            return found

    def replace(self) -> "Document":
        """Write it anew; return the letter that stands in its place."""
        successor = self._made(lambda: begin_replacement(self.document, actor=self.team.intake))
        with self.app.app_context():
            found = db.session.get_one(Document, successor)
            db.session.expunge_all()
            return found

    def revoke(self) -> None:
        """Take it back: one asks, another does it."""
        with self.app.app_context():
            paper = self.document
            ask_revocation(paper, "Alamat kantor salah.", version=paper.version, actor=self.team.intake)
        with self.app.app_context():
            paper = self.document
            revoke(paper, version=paper.version, actor=self.team.head)

    def _written(self) -> Document:
        return write_draft(
            "completion_request",
            folder_of(self.case),
            subject="Permintaan kelengkapan",
            answers={"items": ["F6"], "words": WORDS},
            actor=self.team.intake,
        )

    def _made(self, draft: Callable[[], Document]) -> int:
        with self.app.app_context():
            paper = draft()
            issue(paper, version=paper.version, actor=self.team.intake)
            number = paper.id
        with renderer_of(self.app):
            assert make_all(self.app) == [JobState.DONE]
        return number

    def _bytes(self) -> bytes:
        with self.app.app_context():
            content = bytes_of(self.document)
        assert content is not None
        return content
