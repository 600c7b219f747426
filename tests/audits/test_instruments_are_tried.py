"""A trial of the score, the preview, schemes that an administrator adds; an instrument of 300 questions."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.audits.commands import take_in_version
from ombudsman_app.audits.models import AuditScheme
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..factories.audits import version_in_use
from ..factories.findings import person
from ..visitor import Visitor

LIST, SCHEMES = "/staff/audits/instruments", "/staff/audits/schemes"
Inside = Callable[..., Any]
BANDS = {
    **{
        "letter_1": "A",
        "low_1": "80",
        "high_1": "100",
        "zone_1": "green",
        "word_id_1": "Baik",
        "word_en_1": "Good",
    },
    **{
        "letter_2": "B",
        "low_2": "0",
        "high_2": "79,99",
        "zone_2": "red",
        "word_id_2": "Buruk",
        "word_en_2": "Bad",
    },
}
SCHEME = {
    "id": "baru_2027", "title_id": "Skema baru", "title_en": "New scheme", "years": "2027-",
    "verified": "unverified", "weights": "input = 40\noutput: 60", "cap": "B", **BANDS,
}  # fmt: skip


@pytest.fixture
def reader(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(person, Role.REVIEWER).user_id)


@pytest.fixture
def administrator(another_visitor: Visitor, inside: Inside) -> Visitor:
    return another_visitor.enter(inside(person, Role.ADMINISTRATOR).user_id)


def page_in_use(inside: Inside) -> str:
    return f"{LIST}/{inside(lambda: version_in_use().id)}"


def test_given_all_best_then_100_and_with_a_critical_failure_it_is_capped(
    reader: Visitor, inside: Inside
) -> None:
    trial = f"{page_in_use(inside)}/trial"
    reader.get(trial)
    assert "100,00" in reader.post(trial, {"rest": "full"}).text
    assert "Nilainya akan menjadi 0,00" in reader.post(trial, {"rest": "zero"}).text
    indicators = [
        one
        for dimension in inside(lambda: version_in_use().content)["dimensions"]
        for one in dimension["indicators"]
    ]
    place, critical = next(
        (place, one)
        for place, one in enumerate(indicators)
        if one.get("critical") and one["answer_type"] in ("yes_no", "scale4")
    )
    worst = "no" if critical["answer_type"] == "yes_no" else "0"
    page = reader.post(trial, {"rest": "full", f"answer_{place}": worst}).text
    assert f"Indikator kritis di bawah 50: {critical['id']}" in page
    assert "Kategori C" in page


def test_given_answers_that_cannot_be_read_then_each_box_says_so(reader: Visitor, inside: Inside) -> None:
    trial = f"{page_in_use(inside)}/trial"
    indicators = [
        one
        for dimension in inside(lambda: version_in_use().content)["dimensions"]
        for one in dimension["indicators"]
    ]
    place = next(place for place, one in enumerate(indicators) if one["answer_type"] == "percentage")
    reader.get(trial)
    for typed in ("21/20", "tiga", "1/0", "-1/3"):
        answer = reader.post(trial, {"rest": "full", f"answer_{place}": typed})
        assert answer.status_code == 422, typed


def test_given_the_preview_then_both_languages_stand_there_or_one(reader: Visitor, inside: Inside) -> None:
    preview = f"{page_in_use(inside)}/preview"
    both = reader.get(preview).text
    assert "Apakah petugas memahami" in both
    assert "Do officers know their task" in both
    assert "Do officers know their task" not in reader.get(f"{preview}?language=id").text


def test_given_a_whole_scheme_when_added_then_it_is_listed_and_never_twice(
    administrator: Visitor, reader: Visitor, inside: Inside
) -> None:
    new = f"{SCHEMES}/new"
    assert administrator.submit(new, SCHEME).status_code == 302
    page = administrator.get(SCHEMES).text
    assert "Skema baru" in page
    assert "tidak pernah satu garis" in page
    twice = administrator.submit(new, SCHEME)
    assert twice.status_code == 422
    assert "sudah dipakai" in twice.text
    assert reader.get(new).status_code == 403


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"high_2": "70"}, "bercelah"),
        ({"low_2": "10"}, "mencakup 0 sampai 100"),
        ({"years": "27"}, "Tulis tahun"),
        ({"cap": "Z"}, "Tidak ada rentang “Z”"),
        ({"weights": "input = 40"}, "bukan 100"),
        ({"low_1": "banyak"}, "Tulis angka"),
        ({"letter_2": "A"}, "dipakai dua kali"),
    ],
)
def test_given_a_scheme_that_is_wrong_then_all_is_told_and_nothing_is_kept(
    administrator: Visitor, inside: Inside, change: dict[str, str], says: str
) -> None:
    before = inside(lambda: len(db.session.scalars(select(AuditScheme.id)).all()))
    answer = administrator.submit(f"{SCHEMES}/new", {**SCHEME, **change})
    assert answer.status_code == 422
    assert says in answer.text
    assert inside(lambda: len(db.session.scalars(select(AuditScheme.id)).all())) == before


def test_given_300_questions_then_every_page_stays_within_its_statements(
    reader: Visitor, inside: Inside
) -> None:
    def large() -> int:
        content = deepcopy(version_in_use().content)
        first = content["dimensions"][0]
        one = first["indicators"][0]
        content["id"] = "besar"
        taken = sum(len(dimension["indicators"]) for dimension in content["dimensions"][1:])
        number = 300 - taken
        first["indicators"] = [{**one, "id": f"X{at}", "weight": "0.4"} for at in range(number)]
        rest = 100 - 0.4 * (number - 1)
        first["indicators"][0]["weight"] = f"{rest:.1f}"
        made = take_in_version(content, actor=person(Role.AUDITOR))
        assert made is not None
        return made.id

    page = f"{LIST}/{inside(large)}"
    for path, most in (("", 4), ("/trial", 4), ("/preview", 4), ("/compare", 6)):
        assert reader.get(page + path).status_code == 200
        assert reader.queries <= most, path
    assert reader.post(f"{page}/trial", {"rest": "full"}).status_code == 200
