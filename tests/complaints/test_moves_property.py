"""Whatever is tried in whatever order by whomever: the table decides, and the record agrees with it.

A model in plain Python says what each try must answer; the house must answer the same (DI3).
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints import commands
from ombudsman_app.complaints.commands import CheckInput, DecisionInput
from ombudsman_app.complaints.errors import ChecksOpen, OfficerNotFree
from ombudsman_app.complaints.models import Complaint, ComplaintClock, ComplaintStep
from ombudsman_app.complaints.states import COMPLAINT, FORMAL_ITEMS, MATERIAL_ITEMS, ComplaintState, Verdict
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail import record as trail
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry

from ..conftest import BACKENDS, _Templates, fresh_app
from ..factories.complaints import CONSIDERATIONS, ComplaintFactory, Team, TeamFactory, all_met

S = ComplaintState
# The moves worked so far: what is tried → from where, to where, whose role.
WORKED = {
    "begin": (S.RECEIVED, S.FORMAL_VERIFICATION, Role.PVL_ASSISTANT),
    "pass_formal": (S.FORMAL_VERIFICATION, S.MATERIAL_VERIFICATION, Role.PVL_ASSISTANT),
    "put": (S.MATERIAL_VERIFICATION, S.PLENARY_DECISION, Role.PVL_ASSISTANT),
    "accept": (S.PLENARY_DECISION, S.ASSIGNED, Role.HEAD_OF_REPRESENTATIVE),
}
PEOPLE = ("pvl_assistant", "examiner", "head_of_representative", "stranger")
Try = tuple[str, str, str, bool]
TRIES = st.lists(
    st.tuples(
        st.sampled_from([*WORKED, "reassign", "declare_interest", "declare_free", "open_identity"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(["fresh", "old"]),
        st.booleans(),  # are the checks whole?
    ),
    max_size=8,
)
RIGHT_WAY: list[Try] = [
    *((name, role.value, "fresh", True) for name, (_start, _end, role) in WORKED.items()),
    ("declare_free", "examiner", "fresh", True),
    ("open_identity", "examiner", "fresh", True),
]


@dataclass
class Model:
    """What the case must be, by the table and nothing else."""

    state: ComplaintState = S.RECEIVED
    officer: str | None = None
    is_declared: bool = False
    excluded: set[str] = field(default_factory=set)
    moves: int = 0

    def answer(self, name: str, who: str, version: str, is_whole: bool) -> type[Exception] | None:
        """Return what must be refused with, or None where it must go; then the model has moved."""
        if name in WORKED:
            return self._move(name, who, version, is_whole)
        if name == "reassign":
            return self._reassign(who, version)
        if name == "open_identity":
            is_mine = self.officer == who and self.is_declared and who in ("pvl_assistant", "examiner")
            return None if is_mine else NotAllowed
        if name == "declare_interest":
            self.excluded.add(who)
            if self.officer == who:
                self.officer, self.is_declared = None, False
        elif self.officer == who:
            self.is_declared = True
        return None

    def _move(self, name: str, who: str, version: str, is_whole: bool) -> type[Exception] | None:
        start, end, role = WORKED[name]
        if version == "old":
            return RecordChanged
        if who != role.value:
            return NotAllowed
        if name == "accept":
            if "examiner" in self.excluded:
                return OfficerNotFree
            if self.state is not start:
                return MoveNotAllowed
            self.officer, self.is_declared = "examiner", False
        else:
            if self.state is not start:
                return MoveNotAllowed
            if name != "begin" and not is_whole:
                return ChecksOpen
            self.officer, self.is_declared = who, True
        self.state, self.moves = end, self.moves + 1
        return None

    def _reassign(self, who: str, version: str) -> type[Exception] | None:
        if version == "old":
            return RecordChanged
        if who != "head_of_representative" or self.state is not S.ASSIGNED:
            return NotAllowed
        if "examiner" in self.excluded:
            return OfficerNotFree
        self.officer, self.is_declared = "examiner", False
        return None


def attempt(name: str, case: Complaint, team: Team, actor: Actor, version: int, is_whole: bool) -> Any:
    examiner = team.users[Role.EXAMINER].id
    formal = all_met(FORMAL_ITEMS) if is_whole else {"F1": CheckInput(Verdict.MISSING)}
    material = all_met(MATERIAL_ITEMS) if is_whole else {}
    tries = {
        "begin": lambda: commands.begin_verification(case, version=version, actor=actor),
        "pass_formal": lambda: commands.finish_formal_verification(
            case, formal, version=version, actor=actor
        ),
        "put": lambda: commands.put_to_plenary(case, material, version=version, actor=actor),
        "accept": lambda: commands.accept_complaint(
            case, DecisionInput(CONSIDERATIONS, examiner), version=version, actor=actor
        ),
        "reassign": lambda: commands.reassign_complaint(
            case, examiner, reason="Pembagian beban kerja.", version=version, actor=actor
        ),
        "declare_interest": lambda: commands.declare_interest(case, "", actor=actor),
        "declare_free": lambda: commands.declare_no_interest(case, actor=actor),
        "open_identity": lambda: commands.open_identity(case, "Memeriksa alamat pelapor.", actor=actor),
    }
    return tries[name]()


@pytest.mark.parametrize("backend", BACKENDS)
def test_whatever_is_tried_the_table_decides(
    templates: _Templates, backend: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with fresh_app(templates, backend, tmp_path_factory.mktemp("moves")) as app, app.app_context():
        team = TeamFactory()
        stranger = TeamFactory("KPG").users[Role.PVL_ASSISTANT].id
        people = {role.value: user.id for role, user in team.users.items()} | {"stranger": stranger}

        @settings(
            max_examples=40, deadline=None, derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )  # fmt: skip
        @given(st.integers(0, len(RIGHT_WAY)), TRIES, st.integers(0, len(RIGHT_WAY)), TRIES)
        def walk(first: int, tries: list[Try], then: int, more: list[Try]) -> None:
            # Chance alone hardly ever goes far: part of the right way lies before what is tried.
            walked(team, people, [*RIGHT_WAY[:first], *tries, *RIGHT_WAY[:then], *more])

        walk()
        assert trail.verify()[1] is None


def walked(team: Team, people: dict[str, int], tries: list[Try]) -> None:
    case, model = ComplaintFactory(), Model()
    for name, who, version, is_whole in tries:
        db.session.expire_all()
        held = db.session.scalars(select(Complaint).where(Complaint.id == case.id)).one()
        actor = actor_for(people[who])
        assert actor is not None
        if who in model.excluded or (who == "stranger" and name.startswith("declare")):
            continue  # the door does not show them the case: the route answers 404
        seen = held.version if version == "fresh" else held.version - 1
        expected, said = model.answer(name, who, version, is_whole), None
        try:
            attempt(name, held, team, actor, seen, is_whole)
        except (MoveNotAllowed, NotAllowed, RecordChanged, ChecksOpen, OfficerNotFree) as refused:
            said = type(refused)
        assert said is expected, (name, who, version, is_whole, model)
        assert_agrees(case.id, model, people)


def assert_agrees(case_id: int, model: Model, people: dict[str, int]) -> None:
    db.session.expire_all()
    case = db.session.scalars(select(Complaint).where(Complaint.id == case_id)).one()
    assert case.state is model.state
    assert case.officer_id == (people[model.officer] if model.officer else None)
    assert case.has_officer_declared is model.is_declared
    assert (case.registration_number is not None) == (model.moves > 0)
    steps = db.session.scalars(
        select(ComplaintStep).where(ComplaintStep.complaint_id == case_id).order_by(ComplaintStep.id)
    ).all()
    moved = [step for step in steps if step.from_state is not None and step.from_state != step.to_state]
    assert len(moved) == model.moves
    for step in moved:
        assert COMPLAINT.after(step.from_state, step.move, regime=case.regime) is step.to_state
    told = TrailEntry.event.in_([Event.COMPLAINTS_MOVED]), TrailEntry.subject_id == case_id
    assert db.session.scalar(select(func.count(TrailEntry.seq)).where(*told)) == model.moves
    running = db.session.scalars(
        select(ComplaintClock.due_on).where(
            ComplaintClock.complaint_id == case_id, ComplaintClock.ended_on.is_(None)
        )
    ).all()
    assert case.next_due_on == min(running)
