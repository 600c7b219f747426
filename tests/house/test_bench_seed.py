"""`ombudsman bench seed`: invented complaints that could be real ones, in every respect that a page shows."""

import hashlib
import os
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.attachments.commands import opened_bytes
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.attachments.queries import name_of
from ombudsman_app.cli.bench import filling, lives
from ombudsman_app.cli.bench.dice import Dice
from ombudsman_app.cli.bench.filling import Plan, fill, fill_tips
from ombudsman_app.cli.bench.production import refuse_in_production
from ombudsman_app.cli.lines import BadInput
from ombudsman_app.cli.main import main
from ombudsman_app.complaints.commands.verification import NUMBER_KIND, begin_verification
from ombudsman_app.complaints.models import (
    NO_DUE_DAY,
    Complaint,
    ComplaintCheck,
    ComplaintMessage,
    InformationTip,
    ReporterIdentity,
    TipMessage,
    TipStep,
    opened_text,
)
from ombudsman_app.complaints.states import (
    COMPLAINT,
    CURRENT,
    FORMAL_ITEMS,
    MATERIAL_ITEMS,
    OPEN_STATES,
    TIP,
    ComplaintState,
    TipState,
    open_items,
)
from ombudsman_app.core.children import ask_in
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.trail.record import verify
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.directory.models import RepresentativeOffice

from ..children import child_server
from ..conftest import _Templates, fresh_app
from ..factories.accounts import UserFactory
from ..visitor import Visitor
from .service import OMBUDSMAN, environment, printed_in, started, wait_until

NUMBER = 400
_S = ComplaintState
WORKED = (_S.RECEIVED, _S.FORMAL_VERIFICATION, _S.MATERIAL_VERIFICATION, _S.PLENARY_DECISION, _S.ASSIGNED)
STATES_NOBODY_REACHES = {ComplaintState.REPORTER_REPLY}  # only under rules that ended two years ago and more


@pytest.fixture(scope="module")
def filled(shared_app: Flask) -> Flask:
    with shared_app.app_context():
        assert list(fill(Plan(NUMBER))) == [NUMBER]
    return shared_app


@pytest.fixture
def cases(filled: Flask) -> Iterator[list[Complaint]]:
    with filled.app_context():
        yield list(
            db.session.scalars(
                select(Complaint)
                .order_by(Complaint.id)
                .options(
                    selectinload(Complaint.steps),
                    selectinload(Complaint.clocks),
                    joinedload(Complaint.representative_office),
                    joinedload(Complaint.office),
                    joinedload(Complaint.reporter),
                )
            )
        )


def test_most_stand_where_the_pages_work_and_some_everywhere(cases: list[Complaint]) -> None:
    share = Counter(case.state for case in cases)
    assert len(cases) == NUMBER
    assert 0.2 < share[ComplaintState.CLOSED] / NUMBER < 0.4
    assert all((case.state is ComplaintState.CLOSED) is not case.is_open for case in cases)
    assert all(share[state] > NUMBER / 40 for state in WORKED), share
    assert sum(share[state] for state in WORKED) > NUMBER / 2
    reached = {end_of(life) for life in lives.OPEN}
    assert reached == set(ComplaintState) - {ComplaintState.CLOSED} - STATES_NOBODY_REACHES
    in_mamuju = sum(case.representative_office.code == "MAM" for case in cases)
    assert 0.5 < in_mamuju / NUMBER < 0.7


def end_of(life: lives.Life) -> ComplaintState:
    steps = lives.steps_of(life)
    return ComplaintState(steps[-1][2].to) if steps else ComplaintState.RECEIVED


def test_they_came_in_over_two_years_more_of_late_and_fewer_on_weekends(cases: list[Complaint]) -> None:
    days = [case.received_on for case in cases]
    today = max(days)
    assert timedelta(days=650) < today - min(days) <= timedelta(days=731)
    assert sum(today - day < timedelta(days=365) for day in days) > NUMBER * 0.55
    assert sum(day.weekday() >= 5 for day in days) < NUMBER * 0.2
    assert all(case.received_at <= now() for case in cases)


def test_each_step_follows_the_table_and_the_one_before_in_time(cases: list[Complaint]) -> None:
    for case in cases:
        first, *moves = case.steps
        assert (first.move, first.from_state, first.to_state) == ("register", None, ComplaintState.RECEIVED)
        assert first.at == case.received_at
        for before, step in pairwise(case.steps):
            assert before.at < step.at <= now()
            assert step.from_state is before.to_state
            if step.move in COMPLAINT.side_moves:
                assert COMPLAINT.after_side(before.to_state, step.move) == step.to_state
            else:
                assert COMPLAINT.after(before.to_state, step.move, regime=CURRENT) == step.to_state
            zone = ZoneInfo(case.representative_office.time_zone)
            assert calendars()(None).is_working_day(step.at.astimezone(zone).date())
        assert case.state is case.steps[-1].to_state
        assert case.changed_at is not None or not moves
        assert case.version > len(moves)


def test_each_clock_ends_on_the_day_that_explain_gives(cases: list[Complaint]) -> None:
    calendar = calendars()
    for case in cases:
        for clock in case.clocks:
            counted = explain(
                clock.start_on, clock.length, Unit(clock.unit), calendar(case.office.province_code)
            )
            assert (clock.due_on, clock.calendar_version) == (counted.due, counted.calendar_version)
            assert clock.start_on >= case.received_on
            assert clock.ended_on is None or clock.ended_on >= case.received_on
        running = [clock.due_on for clock in case.clocks if clock.ended_on is None]
        assert case.next_due_on == min(running, default=NO_DUE_DAY)
        assert case.is_open or not running
        names = {clock.clock for clock in case.clocks if clock.ended_on is None}
        match case.state:
            case ComplaintState.RECEIVED | ComplaintState.FORMAL_VERIFICATION:
                assert names == {"D01", "T02"}
            case ComplaintState.MATERIAL_VERIFICATION | ComplaintState.PLENARY_DECISION:
                assert names == {"T03"}
            case ComplaintState.ASSIGNED:
                assert names == {"T06"}


def test_numbers_have_no_gap_and_the_next_one_follows(filled: Flask, cases: list[Complaint]) -> None:
    drawn: dict[tuple[int, int], list[int]] = {}
    for case in cases:
        is_begun = any(step.move in ("begin_formal_verification", "respond_rapidly") for step in case.steps)
        assert (case.registration_number is not None) == is_begun
        if case.registration_number:
            number, _month, year, code = re.fullmatch(
                r"(\d{4})/LM/([IVX]+)/(\d{4})/([A-Z]{3})", case.registration_number
            ).groups()  # type: ignore[union-attr]
            assert code == case.representative_office.code
            drawn.setdefault((case.representative_office_id, int(year)), []).append(int(number))
    for (office, year), numbers in drawn.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert _next(office, year) == len(numbers) + 1


@command
def _next(office: int, year: int) -> int:
    drawn = next_number(NUMBER_KIND, office, year)
    next_number(NUMBER_KIND, office, year, many=-1)  # give it back
    return drawn


def test_checks_let_a_case_stand_where_it_stands(cases: list[Complaint]) -> None:
    verdicts: dict[int, dict] = {}
    for row in db.session.scalars(select(ComplaintCheck)):
        verdicts.setdefault(row.complaint_id, {})[row.item] = row.verdict
    for case in cases:
        moves = {step.move for step in case.steps}
        if "begin_material_verification" in moves:
            assert open_items(FORMAL_ITEMS, verdicts[case.id]) == []
        if "put_to_plenary" in moves:
            assert open_items(MATERIAL_ITEMS, verdicts[case.id]) == []


def test_nobody_in_it_could_be_taken_for_a_real_person(cases: list[Complaint]) -> None:
    for case in cases[:50]:
        assert case.narrative.startswith("BENCH. ")
        person: ReporterIdentity = case.reporter
        assert (
            person.record_key().unseal(person.full_name, place=person.place("full_name")).startswith("BENCH ")
        )
    written = db.session.scalars(select(ComplaintMessage).where(ComplaintMessage.sealed.is_not(None))).all()
    assert written
    assert all(opened_text(ComplaintMessage, one.uuid, one.sealed) for one in written)
    lengths = [len(case.narrative) for case in cases]
    assert min(lengths) < 300 < 1_000 < max(lengths)
    assert len({case.narrative for case in cases}) > NUMBER * 0.95


def test_the_trail_is_whole_with_one_line_for_each_batch(filled: Flask) -> None:
    with filled.app_context():
        _entries, broken = verify()
        assert broken is None
        lines = db.session.scalars(select(TrailEntry).where(TrailEntry.event == "core:bench:filled")).all()
        assert len(lines) == 1
        assert f'"complaints":{NUMBER}' in lines[0].changes


def test_officers_work_on_invented_cases_as_on_any_other(filled: Flask) -> None:
    with filled.app_context():
        officer = UserFactory(Role.PVL_ASSISTANT, password=None).id
        newest = select(Complaint.id, RepresentativeOffice.code).join(Complaint.representative_office)
        seen = db.session.execute(newest.order_by(Complaint.id.desc()).limit(40)).all()
    visitor = Visitor(filled).enter(officer)
    for id_, code in seen:
        assert visitor.get(f"/staff/complaints/{id_}").status_code == (200 if code == "MAM" else 404)
    with filled.app_context():
        actor = actor_for(officer)
        assert actor is not None
        waiting = select(Complaint).join(Complaint.representative_office)
        case = db.session.scalars(
            waiting.where(Complaint.state == ComplaintState.RECEIVED, RepresentativeOffice.code == "MAM")
        ).first()
        assert begin_verification(case, version=case.version, actor=actor).endswith("/2026/MAM")


def _told(app: Flask) -> list[tuple]:
    with app.app_context():
        rows = db.session.execute(
            select(
                Complaint.ticket, Complaint.narrative, Complaint.state, Complaint.received_at,
                Complaint.next_due_on, Complaint.registration_number, Complaint.officer_id,
            ).order_by(Complaint.id)
        )  # fmt: skip
        return [tuple(row) for row in rows]


def test_the_same_plan_invents_the_same_and_a_second_run_adds_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock
) -> None:
    clock.at("2026-11-26T09:00+08:00")
    monkeypatch.setattr(filling, "AT_ONCE", 8)
    with app.app_context():
        assert list(fill(Plan(20))) == [8, 16, 20]
    first = _told(app)
    with app.app_context():
        list(fill(Plan(20)))
    both = _told(app)
    assert both[:20] == first
    assert len({row[0] for row in both}) == 40
    assert len(set(both)) == 40
    with app.app_context():
        assert verify()[1] is None
        lines = select(func.count()).where(TrailEntry.event == "core:bench:filled")
        assert db.session.scalar(lines) == 6


TIPS, FILES = 150, 40


@pytest.fixture(scope="module")
def filled_house(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with information and files."""
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("house")) as made:
        with made.app_context():
            plan = Plan(50, tips=TIPS, files=FILES)
            assert list(fill(plan)) == [50]
            assert list(fill_tips(plan)) == [TIPS]
        yield made


@pytest.fixture
def house(filled_house: Flask) -> Iterator[Flask]:
    with filled_house.app_context():
        yield filled_house


def test_information_stands_where_the_table_lets_it_and_can_be_read(house: Flask) -> None:
    found = db.session.scalars(select(InformationTip).order_by(InformationTip.id)).all()
    steps: dict[int, list[TipStep]] = {}
    for step in db.session.scalars(select(TipStep).order_by(TipStep.id)):
        steps.setdefault(step.tip_id, []).append(step)
    assert {tip.state for tip in found} == set(TipState)
    for tip in found:
        assert tip.opened()["narrative"].startswith("BENCH. ")
        state, last = TipState.NEW, tip.received_at
        for step in steps[tip.id][1:]:
            state = TIP.after(state, step.move)
            assert step.to_state is state
            assert last < step.at <= now()
            last = step.at
        assert tip.state is state
        assert tip.is_open is (state in OPEN_STATES)
        assert (tip.officer_id is None) is (state is TipState.NEW)
    talk = db.session.scalars(select(TipMessage)).all()
    assert all(opened_text(TipMessage, one.uuid, one.sealed) for one in talk)
    assert {one.author_id is None for one in talk} == {True, False}
    assert verify()[1] is None


def test_officers_read_invented_information_and_open_its_files(house: Flask) -> None:
    officer = UserFactory(Role.PVL_ASSISTANT, password=None).id
    mine = select(InformationTip.id, Attachment.uuid, Attachment.media_type)
    mine = mine.join(Attachment, Attachment.folder == InformationTip.files_id)
    mine = mine.join(InformationTip.representative_office).where(RepresentativeOffice.code == "MAM")
    seen = db.session.execute(mine).all()
    db.session.remove()
    visitor = Visitor(house).enter(officer)
    assert "MAM-" in visitor.get("/staff/tips/").text
    assert {row.media_type for row in seen} == {"image/png", "application/pdf"}
    for tip_id, file, media_type in seen:
        assert str(file) in visitor.get(f"/staff/tips/{tip_id}").text
        assert visitor.client.get(f"/staff/attachments/{file}").mimetype == media_type


def test_each_file_is_one_that_would_pass_the_check(house: Flask, tmp_path: Path) -> None:
    rows = db.session.scalars(select(Attachment)).all()
    assert len(rows) == FILES
    folders = set(db.session.scalars(select(Complaint.files_id)))
    assert {row.folder in folders for row in rows} == {True, False}, "of complaints and of information"
    with child_server(tmp_path, "parse"):
        for row in rows[:: FILES // 8]:
            content = b"".join(opened_bytes(row, "0"))
            assert hashlib.sha256(content).hexdigest() == row.sha256
            assert b"".join(opened_bytes(row, "1")) == content
            said, _copy = ask_in(
                tmp_path, "parse", "examine", {"given_name": name_of(row)}, content, seconds=60
            )
            assert (said["verdict"], said["type"]) == ("ok", row.media_type)


def test_files_change_nothing_of_the_stories(templates: _Templates, tmp_path: Path, clock) -> None:
    clock.at("2026-11-26T09:00+08:00")
    told = []
    for files in (0, 7):
        with fresh_app(templates, "sqlite", tmp_path / str(files)) as made:
            with made.app_context():
                list(fill(Plan(20, files=files)))
                assert len(db.session.scalars(select(Attachment.id)).all()) == files
            told.append(_told(made))
    assert told[0] == told[1]


def test_dice_fall_the_same_for_the_same_key_alone() -> None:
    assert [Dice(1, 2).below(1000) for _ in range(3)] == [Dice(1, 2).below(1000)] * 3
    throws = Dice(1, 2)
    assert len({throws.below(1 << 32) for _ in range(500)}) > 495
    assert Dice(1, 2).below(1 << 32) != Dice(12, "").below(1 << 32)
    shares = [throws.share() for _ in range(2_000)]
    assert 0.45 < sum(shares) / len(shares) < 0.55
    assert all(0 <= share < 1 for share in shares)


def test_another_seed_tells_other_stories(app: Flask) -> None:
    with app.app_context():
        list(fill(Plan(5, seed=1)))
        list(fill(Plan(5, seed=1)))
    assert len({row[1] for row in _told(app)}) == 10


@pytest.mark.parametrize(
    ("changes", "really", "is_refused"),
    [
        ({}, "", False),
        ({"is_production": True}, "", True),
        ({"is_production": True}, "other", True),
        ({"is_production": True}, "kawal", False),
    ],
)
def test_production_is_left_alone_unless_its_database_is_named(changes, really, is_refused, tmp_path) -> None:
    app = Flask("bare")
    app.extensions["settings"] = Settings(
        data_dir=tmp_path, database_url="postgresql+psycopg://x@/kawal", **changes
    )
    with app.app_context():
        if is_refused:
            with pytest.raises(BadInput, match="--really kawal"):
                refuse_in_production(really)
        else:
            refuse_in_production(really)


def run(folder: Path, *words: str) -> Result:
    environ = {name: None for name in os.environ if name.startswith("OMBUDSMAN_")}
    return CliRunner().invoke(main, ["bench", *words], env={**environ, "OMBUDSMAN_DATA": str(folder)})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["seed"], "Missing option"),
        (["seed", "--complaints", "0"], "not in the range"),
        (["seed", "--complaints", "x"], "not a valid integer"),
        (["seed", "--complaints", "5"], "ombudsman db upgrade"),
        (["nonsense"], "No such command"),
    ],
)
def test_bad_options_are_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    answered = run(tmp_path, *words)
    assert answered.exit_code == 2
    assert said in answered.stderr
    assert len(answered.stderr.strip().splitlines()) == 1


def test_from_the_command_line_on_a_database_of_its_own(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    for words in (["db", "upgrade"], ["seed", "reference"]):
        subprocess.run([OMBUDSMAN, *words], env=environ, cwd=tmp_path, check=True, capture_output=True)
    unknown = run(tmp_path, "seed", "--complaints", "5", "--office", "XXX")
    assert (unknown.exit_code, "no representative office 'XXX'" in unknown.stderr) == (2, True)
    words = (
        "--complaints",
        "30",
        "--tips",
        "10",
        "--findings",
        "6",
        "--files",
        "3",
        "--spread",
        "--projects",
        "5",
    )
    done = run(tmp_path, "seed", *words, "--seed-number", "7")
    said = ("30 complaints", "10 tips", "6 findings", "5 projects")
    assert (done.exit_code, done.stdout) == (0, "".join(f"{one} added (BENCH).\n" for one in said))
    assert "30 of 30 complaints" in done.stderr

    with started([OMBUDSMAN, "bench", "seed", "--complaints", "2000000"], environ, tmp_path) as running:
        wait_until(lambda: "2,000 of" in printed_in(tmp_path), why="the first batch is stored")
        running.send_signal(signal.SIGINT)
        running.wait(timeout=60)
    assert running.returncode == 130
    added = int(re.search(r"Stopped: ([0-9,]+) complaints", printed_in(tmp_path))[1].replace(",", ""))  # type: ignore[index]
    assert added % filling.AT_ONCE == 0
    checked = subprocess.run(
        [OMBUDSMAN, "trail", "verify"], env=environ, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert checked.returncode == 0
