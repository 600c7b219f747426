"""Several people, and people who may not: nothing is applied twice, nothing of others is seen."""

import re

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.employers.models import Employer, Observation
from ombudsman_app.imports.commands import applying
from ombudsman_app.imports.models import ImportRow, ImportRun
from ombudsman_app.imports.states import Decision, RunState

from ..factories.employers import EmployerFactory, ObservationFactory, keeper_of
from ..visitor import Visitor
from .lists import HOME, Bringer, row, xlsx
from .test_bring_a_list import dump

pytestmark = pytest.mark.both_databases


def test_given_two_people_when_both_apply_then_the_second_is_told(
    bringer: Bringer, another_visitor: Visitor
) -> None:
    run_id = bringer.checked(xlsx([row(1)]))
    other = Bringer(bringer.app, another_visitor)
    page = other.page(run_id)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert bringer.step(run_id, "apply").status_code == 302
    late = other.visitor.post(f"{HOME}/{run_id}/apply", {"version": version[1]})
    assert late.status_code == 409
    bringer.work()
    with bringer.app.app_context():
        assert db.session.query(Employer).count() == 1
        assert db.session.query(Job).filter_by(kind="imports.apply").count() == 1


def test_given_two_lists_checked_at_once_when_one_is_applied_then_the_other_must_be_checked_anew(
    bringer: Bringer,
) -> None:
    first, second = (
        bringer.checked(xlsx([row(1)])),
        bringer.checked(xlsx([row(1, workers=50, day="2026-10-09")])),
    )
    bringer.applied(first)
    assert bringer.step(second, "apply").status_code == 409
    bringer.visitor.submit(f"{HOME}/{second}/columns")
    bringer.work()
    assert bringer.run(second).counts == {"change": 1, "blank": 0}
    bringer.applied(second)
    assert bringer.run(second).state is RunState.APPLIED


def test_given_the_same_form_twice_when_sent_then_there_is_one_import(bringer: Bringer) -> None:
    content = xlsx([row(1)])
    bringer.visitor.get(f"{HOME}/new/employers")
    assert bringer.visitor.page is not None
    fields = {
        **bringer.visitor.page.values,
        "csrf_token": bringer.visitor.token(),
        "source": "BPJS",
        "source_kind": "bpjs",
        "as_of": "2026-10-31",
    }
    first, again = (bringer.posted(content, "daftar.xlsx", fields) for _ in range(2))
    assert first.location == again.location
    with bringer.app.app_context():
        assert db.session.query(ImportRun).count() == 1


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [(Role.PREVENTION_ASSISTANT, "KPG", 404), (Role.EXAMINER, "MAM", 403), (Role.ANALYST, "MAM", 200)],
)
def test_given_somebody_else_when_opening_a_list_then_only_importers_of_the_office_see_it(
    bringer: Bringer, another_visitor: Visitor, role: Role, office: str, status: int
) -> None:
    run_id = bringer.checked(xlsx([row(1)]))
    other = Bringer(bringer.app, another_visitor, role, office=office)
    for page in ("", "/rows", "/columns", "/doubtful"):
        found = other.visitor.get(f"{HOME}/{run_id}{page}").status_code
        assert found == status or (status == 403 and found in (403, 404))
    for step in ("apply", "undo", "cancel", "resume", "rejected"):
        if status != 200:
            assert other.visitor.post(f"{HOME}/{run_id}/{step}", {"version": "1"}).status_code in (403, 404)
    assert bringer.run(run_id).state is RunState.CHECKED


def test_given_a_record_was_changed_later_when_undone_then_it_is_refused_with_the_reason(
    bringer: Bringer,
) -> None:
    run_id = bringer.checked(xlsx([row(1), row(2)]))
    bringer.applied(run_id)
    with bringer.app.app_context():
        edited = db.session.scalars(select(Employer).order_by(Employer.id)).first()
        assert edited is not None
        ObservationFactory(edited, actor=keeper_of())
        db.session.remove()
    before = dump(bringer)
    bringer.step(run_id, "undo")
    bringer.work()
    run = bringer.run(run_id)
    assert (run.state, run.counts["edited"]) == (RunState.APPLIED, 1)
    assert dump(bringer) == before
    assert "1 catatan dari daftar ini sudah diubah" in bringer.page(run_id)


def test_given_a_record_that_others_name_when_undone_then_it_is_refused(bringer: Bringer) -> None:
    run_id = bringer.checked(xlsx([row(1)]))
    bringer.applied(run_id)
    with bringer.app.app_context():
        made = db.session.scalars(select(Employer.id)).one()
        _join(made)
        db.session.remove()
    bringer.step(run_id, "undo")
    bringer.work()
    assert bringer.run(run_id).counts["edited"] == 1


@command
def _join(kept: int) -> None:
    other = EmployerFactory(name="PT Lain Contoh")
    other.same_as_id, other.is_listed = kept, False


def test_given_cancel_in_the_middle_when_the_job_goes_on_then_all_is_taken_back(
    bringer: Bringer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ombudsman_app.imports.commands.applying.BATCH", 2)
    before = dump(bringer)
    run_id = bringer.checked(xlsx([row(number) for number in range(1, 7)]))
    bringer.step(run_id, "apply")
    _apply_some(bringer, run_id)
    with bringer.app.app_context():
        assert db.session.query(Employer).count() == 2
    assert bringer.step(run_id, "cancel").status_code == 302
    bringer.work()
    assert bringer.run(run_id).state is RunState.UNDONE
    assert dump(bringer) == before


def _apply_some(bringer: Bringer, run_id: int) -> None:
    """One batch, then the power goes."""
    from ombudsman_app.core.jobs.claiming import claim, give_up
    from ombudsman_app.core.jobs.work import Work
    from ombudsman_app.imports.commands.applying import apply_batch
    from ombudsman_app.imports.keeping import key_of
    from ombudsman_app.imports.kinds import kind_of

    with bringer.app.app_context():
        uuid = db.session.scalars(select(Job.uuid).where(Job.kind == "imports.apply")).one()
        db.session.rollback()
        claimed = claim(uuid)
        assert claimed is not None
        run = db.session.get_one(ImportRun, run_id)
        key, kind = key_of(run), kind_of(run.kind)
        db.session.rollback()
        apply_batch(run_id, kind, key, Work(claimed))
        give_up(claimed, "lost")
        job = db.session.scalars(select(Job).where(Job.uuid == uuid)).one()
        assert job.state is JobState.WAITING
        job.run_after = job.created_at  # no pause in a test
        db.session.commit()


def test_given_a_killed_job_when_it_goes_on_then_nothing_is_applied_twice(
    bringer: Bringer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ombudsman_app.imports.commands.applying.BATCH", 2)
    run_id = bringer.checked(xlsx([row(number) for number in range(1, 6)]))
    bringer.step(run_id, "apply")
    _apply_some(bringer, run_id)
    bringer.work()
    assert bringer.run(run_id).state is RunState.APPLIED
    with bringer.app.app_context():
        assert db.session.query(Employer).count() == 5


def test_given_doubtful_rows_when_decided_then_they_are_applied_so_and_known_the_next_time(
    bringer: Bringer,
) -> None:
    with bringer.app.app_context():
        known = [EmployerFactory(name=f"PT Ragu {number}").id for number in range(1, 4)]
        db.session.remove()
    content = xlsx([row(number, name=f"CV Ragu {number}", nib="") for number in range(1, 4)])
    run_id = bringer.checked(content)
    assert bringer.run(run_id).counts == {"doubtful": 3, "blank": 0}
    page = bringer.page(run_id, "/doubtful")
    assert "CV Ragu 1" in page
    assert f'value="same-{known[0]}"' in page
    for number, decision in ((2, f"same-{known[0]}"), (3, "new"), (4, "leave_out")):
        answer = bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row={number}", {"decision": decision})
        assert answer.status_code == 302, answer.text
    assert "Semua baris yang meragukan sudah diputuskan" in bringer.page(run_id, "/doubtful")
    bringer.applied(run_id)
    with bringer.app.app_context():
        assert db.session.query(Employer).count() == 4
        rows = {
            found.number: found.record_id for found in db.session.query(ImportRow).filter_by(run_id=run_id)
        }
        assert (rows[2], rows[4]) == (known[0], None)
        assert rows[3] not in known
        events = set(db.session.scalars(select(TrailEntry.event).where(TrailEntry.event.like("imports:%"))))
        assert {"imports:run:brought", "imports:row:decided", "imports:run:applied"} <= events
    assert bringer.run(bringer.checked(content)).counts == {"unchanged": 3, "blank": 0}


@pytest.mark.parametrize("batch", [5_000, 1])
def test_given_the_first_row_of_an_employer_is_left_out_when_applied_then_its_other_days_are_one_record(
    bringer: Bringer, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(applying, "BATCH", batch)
    with bringer.app.app_context():
        EmployerFactory(name="PT Ragu")
        db.session.remove()
    days = ("2026-10-01", "2026-10-08", "2026-10-15", "2026-10-22")
    rows = [row(1, name="CV Ragu", workers=number * 100, day=day) for number, day in enumerate(days, 1)]
    run_id = bringer.checked(xlsx([*rows, row(2)]))
    assert bringer.run(run_id).counts == {"doubtful": 1, "change": 3, "new": 1, "blank": 0}
    bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=2", {"decision": "leave_out"})
    before = dump(bringer)
    bringer.applied(run_id)
    with bringer.app.app_context():
        made = db.session.query(Employer).filter_by(name="CV Ragu").one()
        assert (made.workers, str(made.observed_on)) == (400, days[-1])
        assert db.session.query(Observation).filter_by(employer_id=made.id).count() == 3
        assert db.session.query(Employer).count() == 3
    bringer.step(run_id, "undo")
    bringer.work()
    assert bringer.run(run_id).state is RunState.UNDONE
    assert dump(bringer) == before


def _known_by_npp(bringer: Bringer, number: int) -> bytes:
    """A list of so many employers that the register knows by their NPP and name alone."""
    rows = range(1, number + 1)
    with bringer.app.app_context():
        for one in rows:
            EmployerFactory(name=f"PT Nomor {one}", npp=f"KK{one:06}")
        db.session.remove()
    heads = ("Nama", "NPP", "Kabupaten", "Jumlah TK")
    return xlsx([(f"PT Nomor {one}", f"KK{one:06}", "76.02", "100") for one in rows], heads)


@pytest.mark.parametrize(
    ("word", "decision"), [("same", Decision.SAME), ("new", Decision.NEW), ("leave_out", Decision.LEAVE_OUT)]
)
def test_given_many_rows_known_by_npp_alone_when_decided_at_once_then_each_is_decided(
    bringer: Bringer, word: str, decision: Decision
) -> None:
    run_id = bringer.checked(_known_by_npp(bringer, 4))
    assert "4 baris menunggu dengan alasan yang sama" in bringer.page(run_id, "/doubtful")
    bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=2", {"decision": "new"})
    answer = bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=3", {"decision": f"all-{word}"})
    assert answer.status_code == 302, answer.text
    with bringer.app.app_context():
        rows = db.session.query(ImportRow).filter_by(run_id=run_id).order_by(ImportRow.number).all()
        assert [row.decision for row in rows] == [Decision.NEW, *[decision] * 3], "what was said stays"
        is_same = decision is Decision.SAME
        assert [row.record_id for row in rows[1:]] == [
            row.candidates[0] if is_same else None for row in rows[1:]
        ]
    assert "menunggu dengan alasan yang sama" not in bringer.page(run_id, "/doubtful")
    bringer.applied(run_id)
    assert bringer.run(run_id).state is RunState.APPLIED


def test_given_only_names_that_agree_when_all_are_called_the_same_then_nothing_is_decided(
    bringer: Bringer,
) -> None:
    with bringer.app.app_context():
        for number in (1, 2):
            EmployerFactory(name=f"PT Ragu {number}")
        db.session.remove()
    run_id = bringer.checked(xlsx([row(number, name=f"CV Ragu {number}", nib="") for number in (1, 2)]))
    page = bringer.page(run_id, "/doubtful")
    assert 'value="all-new"' in page
    assert 'value="all-same"' not in page
    answer = bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=2", {"decision": "all-same"})
    assert answer.status_code == 404
    with bringer.app.app_context():
        assert db.session.query(ImportRow).filter(ImportRow.decision.is_not(None)).count() == 0


@pytest.mark.parametrize("decision", ["same-987654", "same-", "maybe", "", "all-", "all-maybe"])
def test_given_a_decision_that_was_not_offered_when_sent_then_nothing_is_decided(
    bringer: Bringer, decision: str
) -> None:
    with bringer.app.app_context():
        EmployerFactory(name="PT Ragu")
        db.session.remove()
    run_id = bringer.checked(xlsx([row(1, name="CV Ragu", nib="")]))
    answer = bringer.visitor.post(f"{HOME}/{run_id}/doubtful?row=2", {"decision": decision})
    assert answer.status_code in (404, 422)
    with bringer.app.app_context():
        assert db.session.query(ImportRow).filter(ImportRow.decision.is_not(None)).count() == 0


def test_given_a_source_when_it_gives_another_list_then_its_columns_are_remembered(bringer: Bringer) -> None:
    heads = ("Kolom Aneh", "No Induk", "Kolom Lain")
    run_id = bringer.brought(xlsx([("PT Satu", "9100000000001", "76.02")], heads))
    answer = bringer.visitor.submit(
        f"{HOME}/{run_id}/columns", {"column-0": "name", "column-1": "nib", "column-2": "region"}
    )
    assert answer.status_code == 302, answer.text
    bringer.work()
    moved = bringer.checked(
        xlsx([("9100000000002", "PT Dua", "76.02")], ("No Induk", "Kolom Aneh", "Kolom Lain"))
    )
    assert bringer.run(moved).mapping == {"0": "nib", "1": "name", "2": "region"}
    assert "Diingat" in bringer.page(moved, "/columns")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"column-0": ""}, "padahal diperlukan"),
        ({"column-0": "name", "column-1": "name"}, "dipilih dua kali"),
    ],
)
def test_given_columns_that_cannot_be_when_sent_then_the_page_says_so(
    bringer: Bringer, columns: dict[str, str], words: str
) -> None:
    run_id = bringer.brought(xlsx([row(1)]))
    answer = bringer.visitor.submit(f"{HOME}/{run_id}/columns", columns)
    assert answer.status_code == 422
    assert words in answer.text
    assert bringer.run(run_id).state is RunState.UPLOADED
