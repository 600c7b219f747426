"""The signed letter by which a draft went out lies in the portal, once its receipt is proven."""

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..documents.desk import make_all, renderer_of
from ..factories.findings import person
from ..visitor import Visitor
from .test_answer_a_draft import Inside, drafted, head, inside, officer, opened, page_of

__all__ = ["head", "inside", "officer"]  # fixtures
NONE_YET = "Saat ini belum ada surat bertanda tangan"


def test_given_an_opened_draft_when_its_office_asks_for_the_letter_then_the_signed_pdf_comes(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    with renderer_of(visitor.app):
        make_all(visitor.app)
    assert f'href="{page_of(audit_id, "/surat")}"' in visitor.enter(officer).get(page_of(audit_id)).text

    letter = visitor.get(page_of(audit_id, "/surat"))

    assert letter.headers["Content-Type"] == "application/pdf"
    assert letter.data.startswith(b"%PDF")
    fetched = select(TrailEntry.event).where(TrailEntry.event == "documents:document:fetched")
    with visitor.app.app_context():
        assert len(db.session.scalars(fetched).all()) == 1


def test_given_a_draft_that_was_not_opened_when_asking_for_the_letter_then_it_is_to_be_opened_first(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = drafted(inside, visitor, head)
    with renderer_of(visitor.app):
        make_all(visitor.app)

    answer = visitor.enter(officer).get(page_of(audit_id, "/surat"), follow_redirects=True)

    assert "Hasil sementara untuk kantor Anda" in answer.text
    assert NONE_YET not in answer.text, "the letter is there; the draft must be opened first"


def test_given_a_letter_that_is_being_made_when_asked_for_then_the_draft_says_so(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    assert NONE_YET in visitor.enter(officer).get(page_of(audit_id, "/surat"), follow_redirects=True).text


def test_given_a_draft_of_another_office_when_asking_for_its_letter_then_it_does_not_exist(
    visitor: Visitor, inside: Inside, head: int, officer: int
) -> None:
    audit_id = opened(inside, visitor, head, officer)
    stranger = inside(person, Role.OFFICE_OFFICER, portal_office="kc_bengkulu").user_id
    assert visitor.enter(stranger).get(page_of(audit_id, "/surat")).status_code == 404
