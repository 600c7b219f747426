"""A case with much talk stays readable: what is old is folded, what would touch is one mark."""

import re
from datetime import date, timedelta

from flask import Flask

from ombudsman_app.complaints import formats
from ombudsman_app.complaints.commands import write_note, write_to_office
from ombudsman_app.complaints.formats.pictures import _bundled
from ombudsman_app.complaints.queries import Kind
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.policy import Role

from ..factories.complaints import CaseFactory, TeamFactory
from ..visitor import Visitor

DAY = date(2026, 11, 20)
MANY = 40


def test_given_forty_messages_and_notes_when_reading_then_all_are_there_and_the_old_ones_folded(
    shared_app: Flask,
) -> None:
    with shared_app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
        for number in range(MANY):
            write_to_office(case, f"Pesan nomor {number}.", form_key="")
            write_note(case, f"Catatan nomor {number}.", form_key="", actor=team.intake)
    visitor = Visitor(shared_app).enter(team.users[Role.PVL_ASSISTANT].id)

    page = visitor.get(f"/staff/complaints/{case.id}").text

    for number in range(MANY):
        assert f"Pesan nomor {number}." in page
        assert f"Catatan nomor {number}." in page
    folded = "".join(part.split("</details>")[0] for part in page.split('<details class="more earlier">')[1:])
    assert "Pesan nomor 0." in folded
    assert "Catatan nomor 0." in folded
    assert f"Pesan nomor {MANY - 1}." not in folded
    assert f"Catatan nomor {MANY - 1}." not in folded
    assert len(re.findall(r'<svg class="marker \w+" x=', page)) == 2, (
        "a day's messages are one mark, its notes another"
    )


def test_given_marks_of_one_kind_when_near_then_they_are_one_with_a_number() -> None:
    days = [DAY, DAY, DAY + timedelta(days=1), DAY + timedelta(days=9)]

    drawn = _bundled([*((Kind.NOTE, day) for day in days), (Kind.OPENED, DAY)], timedelta(days=2))

    assert [(shape, day) for shape, _words, day in drawn] == [
        ("note", DAY), ("note", days[-1]), ("opened", DAY),
    ]  # fmt: skip
    assert [words.endswith("× 3") for _shape, words, _day in drawn] == [True, False, False]


def test_given_few_lines_when_folding_then_none_is_hidden() -> None:
    lines = [object()] * 7
    assert formats.folded(lines, 6).earlier == []  # type: ignore[arg-type]
    assert len(formats.folded(lines, 5).earlier) == 2  # type: ignore[arg-type]
