"""An innovation from a source to everybody's page, and its evaluation by another hand, by the door."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.innovation_seeds import load
from ombudsman_app.coverage.innovation_words import criteria_words
from ombudsman_app.coverage.innovations import ProposalKind
from ombudsman_app.coverage.models import Innovation, InnovationEvaluation, InnovationStatement
from ombudsman_app.coverage.shipped_innovations import criteria
from ombudsman_app.coverage.states import Standing

from ..factories.accounts import UserFactory
from ..factories.innovations import (
    InnovationFactory,
    evaluated,
    many_innovations,
    public_innovation,
    released,
    stated,
)
from ..factories.local_rules import region_of_code
from ..pages import Page
from ..visitor import Visitor

Inside = Callable[..., Any]
LIST, PUBLIC = "/staff/innovations", "/inovasi"
FINDING = "Belum ada angka penerima yang dapat diperiksa."


@pytest.fixture
def enter(visitor: Visitor, inside: Inside) -> Callable[..., Visitor]:
    """Come in as somebody with a role at an office."""

    def come(role: Role, office: str = "KPG") -> Visitor:
        return visitor.enter(inside(lambda: UserFactory(role, password=None, office=office).id))

    return come


def facts(inside: Inside, code: str = "53.15", **more: str) -> dict[str, str]:
    return {
        "region": str(inside(region_of_code, code)),
        "name": "Gerakan Contoh",
        "owner": "Pemerintah Kabupaten Contoh",
        "since": "",
        "status": "running",
        "status_on": "2026-11-20",
        "notes": "Jumlah penerima tidak disebut.",
        **more,
    }


def decide(visitor: Visitor, proposal: str, act: str, said: dict[str, str] | None = None) -> Any:
    """Open a proposal and press one of its buttons."""
    opened = Page(visitor.get(proposal).text).values
    return visitor.post(f"{proposal}/{act}", {**opened, **(said or {})})


def seeded() -> int:
    load_shipped_figures()
    load()
    return db.session.scalars(select(Innovation.id).where(Innovation.slug == "wecare")).one()


@pytest.mark.both_databases
def test_given_the_file_when_loaded_twice_then_wecare_is_there_once_with_its_sources(
    visitor: Visitor, inside: Inside
) -> None:
    inside(seeded)
    assert inside(load) == "Innovations: 0 added."

    page = visitor.get(f"{PUBLIC}/wecare").text
    assert "program donasi terbuka" in page
    assert page.count("Kuncoro Budi Winarno") == 3
    assert "Labuan Bajo Voice" in page
    assert "Belum dievaluasi" in page
    assert "jumlah penerima" in page, "what the sources do not tell"
    assert 'href="/cakupan/53.15"' in page
    assert f'href="{PUBLIC}/wecare"' in visitor.get("/cakupan/53.15").text
    assert f'href="{PUBLIC}/wecare"' in visitor.get("/cakupan/53").text
    overview = visitor.get("/cakupan").text
    assert f'href="{PUBLIC}"' in overview
    assert 'href="/aturan-daerah"' in overview
    assert "SERTAKAN" not in visitor.get(PUBLIC).text, "no source that we hold names it"


def test_given_the_criteria_when_shown_in_indonesian_then_they_are_those_of_the_rules(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "language=id"}):
        shown = [(one.id, str(one.label), str(one.question)) for one in criteria_words()]
    assert shown == [(one.id, one.id_label, one.question) for one in criteria()]


def test_given_an_innovation_when_written_then_nobody_sees_it_until_another_releases(
    enter: Callable[..., Visitor], visitor: Visitor, inside: Inside
) -> None:
    keeper = enter(Role.PREVENTION_ASSISTANT)
    made = keeper.post(f"{LIST}/new", facts(inside))
    assert made.status_code == 302
    assert visitor.get(f"{PUBLIC}/gerakan-contoh").status_code == 404
    assert "Gerakan Contoh" not in visitor.get(PUBLIC).text
    assert "Gerakan Contoh" not in visitor.get("/cakupan/53.15").text
    assert keeper.post(f"{LIST}/new", facts(inside)).status_code == 422, "the same name again"
    proposal = re.search(rf"{LIST}/proposals/facts/[0-9]+", keeper.get(made.location).text)
    assert proposal is not None

    head = enter(Role.HEAD_OF_REPRESENTATIVE)
    assert decide(head, proposal[0], "release").status_code == 302
    assert "Gerakan Contoh" in visitor.get(f"{PUBLIC}/gerakan-contoh").text
    assert "Gerakan Contoh" in visitor.get(PUBLIC).text
    assert "Gerakan Contoh" in visitor.get("/cakupan/53.15").text, "a page that was kept is drawn anew"
    events = inside(lambda: db.session.scalars(select(TrailEntry.event)).all())
    assert "coverage:innovation:added" in events
    assert "coverage:innovation:released" in events


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"since": "1944"}, "since"),
        ({"since": "2033"}, "since"),
        ({"since": "23"}, "since"),
        ({"status_on": ""}, "status_on"),
        ({"status_on": "2033-01-01"}, "status_on"),
        ({"since": "2024", "status_on": "2023-01-01"}, "status_on"),
        ({"name": ""}, "name"),
        ({"owner": ""}, "owner"),
        ({"region": ""}, "region"),
    ],
)
def test_given_what_cannot_be_when_stored_then_it_is_refused_beside_its_field(
    enter: Callable[..., Visitor], inside: Inside, given: dict[str, str], field: str
) -> None:
    answer = enter(Role.PREVENTION_ASSISTANT).post(f"{LIST}/new", facts(inside, **given))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert inside(lambda: db.session.scalars(select(Innovation.id)).all()) == []


@pytest.mark.both_databases
def test_given_wecare_when_evaluated_then_another_releases_and_the_old_one_stays_readable(
    enter: Callable[..., Visitor], visitor: Visitor, inside: Inside
) -> None:
    wecare = inside(seeded)
    page, told = f"{LIST}/{wecare}/evaluate", {"as_of": "2026-11-20", "conclusion": "Data belum cukup."}

    def evaluate(finding: str) -> str:
        keeper = enter(Role.ANALYST)
        answered = {**told, "reach": finding, "reach_evidence": "Berita 7 November 2024."}
        assert keeper.submit(page, answered).status_code == 302
        found = re.search(rf"{LIST}/proposals/evaluations/[0-9]+", keeper.get(f"{LIST}/{wecare}").text)
        assert found is not None
        return found[0]

    analyst = enter(Role.ANALYST)
    assert analyst.submit(page, told).status_code == 422, "nothing is judged"
    assert analyst.submit(page, {**told, "reach": FINDING}).status_code == 422, "no evidence"
    first = evaluate(FINDING)
    assert FINDING not in visitor.get(f"{PUBLIC}/wecare").text
    assert analyst.submit(page, {**told, "reach": "Dua", "reach_evidence": "x"}).status_code == 422
    assert analyst.post(f"{first}/release", {"version": "1"}).status_code == 403

    head = enter(Role.HEAD_OF_REPRESENTATIVE)
    assert decide(head, first, "release").status_code == 302
    assert head.post(f"{first}/release", {"version": "2"}).status_code == 409
    public = visitor.get(f"{PUBLIC}/wecare").text
    assert FINDING in public
    assert "tidak ada sumber kami yang menyebutnya" in public, "what could not be judged is said"
    assert "Demo Orang" not in public, "who wrote it is no business of the public"

    second = evaluate("Penerima sudah dapat dihitung.")
    head = enter(Role.HEAD_OF_REPRESENTATIVE)
    decide(head, second, "release")
    public = visitor.get(f"{PUBLIC}/wecare").text
    assert public.index("Penerima sudah dapat dihitung.") < public.index(FINDING)
    standings = inside(
        lambda: db.session.scalars(
            select(InnovationEvaluation.standing).order_by(InnovationEvaluation.id)
        ).all()
    )
    assert standings == [Standing.SUPERSEDED, Standing.CURRENT]


def test_given_ones_own_proposal_when_releasing_then_it_is_refused(
    enter: Callable[..., Visitor], inside: Inside
) -> None:
    head = enter(Role.HEAD_OF_REPRESENTATIVE)
    made = head.post(f"{LIST}/new", facts(inside))
    proposal = re.search(rf"{LIST}/proposals/facts/[0-9]+", head.get(made.location).text)
    assert proposal is not None
    assert f"{proposal[0]}/release" not in head.get(proposal[0]).text
    assert head.post(f"{proposal[0]}/release", {"version": "1"}).status_code == 409


def test_given_a_statement_when_sent_back_or_taken_back_then_the_public_does_not_read_it(
    enter: Callable[..., Visitor], visitor: Visitor, inside: Inside
) -> None:
    def make() -> tuple[str, int, int]:
        innovation = public_innovation(office="KPG")
        shown = released(ProposalKind.STATEMENT, stated(innovation, office="KPG").id, office="KPG")
        waits = stated(innovation, office="KPG", quote="yang ini belum dirilis")
        return innovation.slug, shown.id, waits.id

    slug, shown, waits = inside(make)
    quote = inside(lambda: db.session.get(InnovationStatement, shown)).quote
    public = visitor.get(f"{PUBLIC}/{slug}").text
    assert quote in public
    assert "yang ini belum dirilis" not in public

    head, at = enter(Role.HEAD_OF_ASSISTANTS), f"{LIST}/proposals/statements"
    assert decide(head, f"{at}/{waits}", "send-back", {"reason": ""}).status_code == 422
    reason = {"reason": "Kutipan tidak sama dengan sumbernya."}
    assert decide(head, f"{at}/{waits}", "send-back", reason).status_code == 302
    assert decide(head, f"{at}/{shown}", "take-back", reason).status_code == 302
    assert head.post(f"{at}/{shown}/take-back", {**reason, "version": "3"}).status_code == 409
    assert quote not in visitor.get(f"{PUBLIC}/{slug}").text
    assert "Kutipan tidak sama" in head.get(f"{at}/{shown}").text


def test_given_released_facts_when_others_are_proposed_then_the_old_ones_stay_until_release(
    enter: Callable[..., Visitor], visitor: Visitor, inside: Inside
) -> None:
    made = inside(lambda: public_innovation(office="KPG", name="Gerakan Lama"))
    page = f"{LIST}/{made.id}/edit"
    keeper = enter(Role.PREVENTION_ASSISTANT)
    assert keeper.submit(page, {}).status_code == 422, "nothing is new"
    assert keeper.submit(page, {"status": "stopped", "owner": "Dinas Baru"}).status_code == 302
    assert keeper.submit(page, {"owner": "Dinas Lain"}).status_code == 422, "one waits already"
    assert "Dinas Baru" not in visitor.get(f"{PUBLIC}/{made.slug}").text

    head = enter(Role.HEAD_OF_REPRESENTATIVE)
    found = re.search(rf"{LIST}/proposals/facts/[0-9]+", head.get(f"{LIST}/{made.id}").text)
    assert found is not None
    assert "<s" in head.get(found[0]).text, "what would go is struck out"
    decide(head, found[0], "release")
    public = visitor.get(f"{PUBLIC}/{made.slug}").text
    assert "Dinas Baru" in public
    assert "Berhenti" in public


def test_given_a_statement_when_it_comes_twice_then_neither_it_nor_its_source_is_doubled(
    enter: Callable[..., Visitor], inside: Inside
) -> None:
    made = inside(lambda: public_innovation(office="KPG"))
    keeper, page = enter(Role.PREVENTION_ASSISTANT), f"{LIST}/{made.id}/statements"
    said = {
        "aspect": "what",
        "quote": "donasi terbuka untuk pekerja rentan",
        "text": "Siapa pun dapat memberi.",
        "speaker": "Kepala Dinas Contoh",
        "as_of": "2026-11-20",
        "verified": "press",
        "source": "new",
        "source_kind": "press",
    }
    assert keeper.submit(page, said).status_code == 422, "a source needs a title"
    wrong = {**said, "source_title": "Berita", "source_url": "javascript:alert(1)"}
    assert keeper.submit(page, wrong).status_code == 422
    assert inside(lambda: db.session.scalars(select(InnovationStatement.id)).all()) == []
    assert keeper.submit(page, {**said, "source_title": "Berita"}).status_code == 302
    source = str(inside(lambda: db.session.scalars(select(InnovationStatement.source_id)).one()))
    assert keeper.submit(page, {**said, "source": source}).status_code == 422


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE innovation_evaluation SET conclusion = 'x'",
        "UPDATE innovation_statement SET quote = 'x'",
        "UPDATE innovation_facts SET name = 'x'",
        "DELETE FROM innovation_statement",
    ],
)
def test_given_what_was_said_when_changed_in_the_database_then_it_refuses(
    inside: Inside, change: str
) -> None:
    def make() -> None:
        made = public_innovation()
        stated(made)
        evaluated(made)

    inside(make)

    def alter() -> None:
        db.session.execute(text(change))

    with pytest.raises(DatabaseError, match="stays as it was written"):
        inside(alter)


def test_given_an_officer_elsewhere_when_writing_then_it_is_refused_and_reading_is_not(
    enter: Callable[..., Visitor], inside: Inside
) -> None:
    made = inside(lambda: InnovationFactory(office="KPG").id)
    stranger = enter(Role.PREVENTION_ASSISTANT, "MAM")

    assert stranger.get(f"{LIST}/{made}").status_code == 200
    for page in ("edit", "statements", "evaluate"):
        assert stranger.get(f"{LIST}/{made}/{page}").status_code == 403
    assert stranger.post(f"{LIST}/new", facts(inside)).status_code == 422


def test_given_more_than_a_page_when_paging_and_filtering_then_each_comes_once(
    enter: Callable[..., Visitor], visitor: Visitor, inside: Inside
) -> None:
    inside(many_innovations, 60)
    inside(lambda: evaluated(public_innovation(office="KPG"), office="KPG"))
    reader = enter(Role.CHAIR)

    def walk(path: str) -> list[str]:
        seen: list[str] = []
        while path:
            shown = reader.get(path).text
            seen += re.findall(rf'<a href="{path.split("?", maxsplit=1)[0]}/([a-z0-9-]+)"', shown)
            on = re.search(r'href="([^"]+)" rel="next"', shown)
            path = on[1].replace("&amp;", "&") if on else ""
        return seen

    all_of_them = [one for one in walk(LIST) if one != "new"]
    assert len(all_of_them) == len(set(all_of_them)) == 61
    assert len(walk(PUBLIC)) == 31, "half of them, and the one of NTT"
    assert len([one for one in walk(f"{LIST}?view=waiting") if one != "new"]) == 1
    assert len([one for one in walk(f"{LIST}?view=hidden") if one != "new"]) == 30
    assert "Gerakan 0<" not in reader.get(f"{PUBLIC}?status=stopped").text
