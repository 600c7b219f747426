"""Who may do what with a complaint that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role

from .models import Complaint, InformationTip
from .scope import READERS, TIP_READERS
from .states import INTERIM_NOTICE, REQUESTS, ComplaintState

Condition = Callable[[Actor, Complaint | InformationTip], bool]


def _acts_as(*roles: Role) -> Condition:
    """The role is held at the office that handles the case, not just somewhere."""
    return lambda actor, case: case.representative_office_id in actor.offices_as(*roles)


def _is_its_officer(actor: Actor, case: Complaint) -> bool:
    """It is this person's case, they said to have no interest in it, and still work at its office."""
    return (
        case.officer_id == actor.user_id
        and case.has_officer_declared
        and _acts_as(Role.PVL_ASSISTANT, Role.EXAMINER)(actor, case)
    )


def _speaks_for_office(actor: Actor, case: Complaint) -> bool:
    """Until it is assigned any intake officer answers the reporter, then its examiner; the head always."""
    is_in_intake = case.state in _INTAKE and _acts_as(Role.PVL_ASSISTANT)(actor, case)
    return is_in_intake or _is_its_officer(actor, case) or _acts_as(Role.HEAD_OF_REPRESENTATIVE)(actor, case)


def _decides_pause(actor: Actor, found: Any) -> bool:
    """The head of its office, and never who asked for it."""
    return found.pause.asked_by_id != actor.user_id and _acts_as(Role.HEAD_OF_REPRESENTATIVE)(actor, found)


def _works_on_clock(actor: Actor, found: Any) -> bool:
    return _is_its_officer(actor, found.complaint)


def _ends_pause(actor: Actor, found: Any) -> bool:
    return _works_on_clock(actor, found) or _acts_as(Role.HEAD_OF_REPRESENTATIVE)(actor, found)


def _is_its_examiner(actor: Actor, case: Complaint) -> bool:
    return _is_its_officer(actor, case) and _acts_as(Role.EXAMINER)(actor, case)


def _lets_requests_go(actor: Actor, case: Complaint) -> bool:
    """Its examiner, and who can be the second person for a letter to the respondent."""
    return _is_its_examiner(actor, case) or _acts_as(*_SECOND)(actor, case)


def _writes_letters(actor: Actor, wanted: Complaint) -> bool:
    """Letters of the intake are written at the desk; what comes of the examination, by the examiner alone."""
    if getattr(wanted, "kind", "") in _OF_EXAMINER:
        return _is_its_examiner(actor, wanted)
    return _acts_as(Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE)(actor, wanted)


def _takes_answers(actor: Actor, case: Complaint) -> bool:
    """The post reaches the desk, or the examiner."""
    return _acts_as(Role.PVL_ASSISTANT)(actor, case) or _is_its_examiner(actor, case)


def _is_addressed(actor: Actor, asked: Any) -> bool:
    """The letter, or its case, names an office for which this person answers."""
    return asked.office_id in actor.offices_as(*PORTAL_ROLES)


def _decides_time(actor: Actor, case: Any) -> bool:
    """Its examiner or the head of its office, and nobody of the office that asks."""
    case = getattr(case, "complaint", case)
    decides = _is_its_examiner(actor, case) or _acts_as(Role.HEAD_OF_REPRESENTATIVE)(actor, case)
    return decides and not _is_addressed(actor, case)


def _is_under_examination(actor: Actor, case: Complaint) -> bool:
    return _acts_as(Role.HEAD_OF_REPRESENTATIVE)(actor, case) and case.is_open and case.state not in _INTAKE


_INTAKE = frozenset(
    {
        ComplaintState.RECEIVED,
        ComplaintState.FORMAL_VERIFICATION,
        ComplaintState.AWAITING_COMPLETION,
        ComplaintState.MATERIAL_VERIFICATION,
        ComplaintState.PLENARY_DECISION,
    }
)
_OF_EXAMINER = frozenset({*REQUESTS, INTERIM_NOTICE})
_SECOND = (Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE)
_HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})

VERIFY = Policy("complaints.verify", roles=frozenset({Role.PVL_ASSISTANT}), when=_acts_as(Role.PVL_ASSISTANT))
DECIDE = Policy("complaints.decide", roles=_HEAD, when=_acts_as(Role.HEAD_OF_REPRESENTATIVE))
ASSIGN = Policy("complaints.assign", roles=_HEAD, when=_is_under_examination)
ANSWER = Policy(
    "complaints.answer",
    roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}),
    when=_speaks_for_office,
)
CLOSE_WITHDRAWN = Policy(
    "complaints.close_withdrawn", roles=frozenset({Role.PVL_ASSISTANT}), when=_acts_as(Role.PVL_ASSISTANT)
)
WRITE_LETTER = Policy(
    "complaints.write_letter",
    roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}),
    when=_writes_letters,
)
EXAMINE = Policy("complaints.examine", roles=frozenset({Role.EXAMINER}), when=_is_its_examiner)
ASK_RESPONDENT = Policy(
    "complaints.ask_respondent", roles=frozenset({Role.EXAMINER, *_SECOND}), when=_lets_requests_go
)
FILE_ANSWER = Policy(
    "complaints.file_answer", roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER}), when=_takes_answers
)
RESPOND = Policy("complaints.respond", roles=PORTAL_ROLES, when=_is_addressed)
NOTE = Policy("complaints.note", roles=READERS, when=_acts_as(*READERS))
OPEN_IDENTITY = Policy(
    "complaints.open_identity",
    roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER}),
    when=_is_its_officer,
)
RELEASE_DAY = Policy("complaints.release_day", roles=_HEAD, when=_acts_as(Role.HEAD_OF_REPRESENTATIVE))
PAUSE = Policy("complaints.pause", roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER}), when=_works_on_clock)
DECIDE_TIME = Policy(
    "complaints.decide_time",
    roles=frozenset({Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}),
    when=_decides_time,
)
DECIDE_PAUSE = Policy("complaints.decide_pause", roles=_HEAD, when=_decides_pause)
END_PAUSE = Policy(
    "complaints.end_pause",
    roles=frozenset({Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}),
    when=_ends_pause,
)
SUPERVISE = Policy("complaints.supervise", roles=_HEAD)  # who opened whose identity (PD2)
# who works with cases and with employers: a link needs sight of both
_LINKERS = frozenset({Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE})
LINK_EMPLOYER = Policy("complaints.link_employer", roles=_LINKERS, when=_acts_as(*_LINKERS))
LINK_EMPLOYER_OF_TIP = Policy("complaints.link_employer_of_tip", roles=_LINKERS, when=_acts_as(*_LINKERS))
HANDLE_TIP = Policy("complaints.handle_tip", roles=TIP_READERS, when=_acts_as(*TIP_READERS))
POLICIES = [
    ANSWER,
    ASK_RESPONDENT,
    ASSIGN,
    CLOSE_WITHDRAWN,
    DECIDE,
    DECIDE_PAUSE,
    DECIDE_TIME,
    END_PAUSE,
    EXAMINE,
    FILE_ANSWER,
    HANDLE_TIP,
    LINK_EMPLOYER,
    LINK_EMPLOYER_OF_TIP,
    NOTE,
    OPEN_IDENTITY,
    PAUSE,
    RELEASE_DAY,
    RESPOND,
    SUPERVISE,
    VERIFY,
    Policy("complaints.asked", roles=PORTAL_ROLES),
    Policy("complaints.calendar", roles=READERS),
    Policy("complaints.end_feed", roles=READERS),  # the loader finds one's own alone
    WRITE_LETTER,
    Policy("complaints.declare", roles=READERS, when=_acts_as(*READERS)),
    Policy("complaints.change_view", roles=READERS),  # the loader finds one's own alone
    Policy("complaints.queue", roles=READERS),
    Policy("complaints.read", roles=READERS),
    Policy("complaints.save_view", roles=READERS),
    Policy("complaints.read_tip", roles=TIP_READERS),
    Policy("complaints.tips", roles=TIP_READERS),
]
