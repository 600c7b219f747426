"""What may happen to information without identity, and what whoever gave it is told. No database in here.

It is no report (UU 37/2008 Pasal 24(1)a): no clock runs on it and no result is owed. It can lead to an
examination on own initiative.
"""

from enum import StrEnum

from ombudsman_app.core.workflow.flow import Flow, Move

from .words import N_

ANONYMOUS = "anonymous"  # the level of confidentiality that makes information of what was told


class TipState(StrEnum):
    """Where information stands. Order: the way through the house."""

    NEW = "new"
    READ = "read"
    USED = "used"  # for an examination on own initiative, a rapid response, an audit
    SET_ASIDE = "set_aside"


_S = TipState
TIP = Flow(
    {
        "begin_reading": Move({_S.NEW}, _S.READ),
        "use": Move({_S.READ}, _S.USED),
        "set_aside": Move({_S.READ}, _S.SET_ASIDE),
        "take_up_again": Move({_S.USED, _S.SET_ASIDE}, _S.READ),
    },
    closed=_S.SET_ASIDE,
)
OPEN_STATES = frozenset({_S.NEW, _S.READ})  # somebody of the office still has to do something

TIP_WORDS: dict[TipState, str] = {
    _S.NEW: N_("New"),
    _S.READ: N_("Being read"),
    _S.USED: N_("Used"),
    _S.SET_ASIDE: N_("Set aside"),
}
MOVE_WORDS: dict[str, str] = {
    "use": N_("Use it: for an examination on own initiative, a rapid response or an audit"),
    "set_aside": N_("Set it aside: nothing further is done with it for now"),
    "take_up_again": N_("Take it up again"),
}
STEP_WORDS: dict[str, str] = {
    "receive": N_("Information received"),
    "begin_reading": N_("Reading begun"),
    "use": N_("Used for the work of the office"),
    "set_aside": N_("Set aside"),
    "take_up_again": N_("Taken up again"),
    "declare_interest": N_("Left because of an interest"),
}
# For whoever gave it: what each step was, where it stands, and what comes.
PUBLIC_STEPS: dict[TipState, str] = {
    _S.NEW: N_("Information received"),
    _S.READ: N_("An officer reads it"),
    _S.USED: N_("Used for our work"),
    _S.SET_ASIDE: N_("Set aside"),
}
PUBLIC_SENTENCES: dict[TipState, str] = {
    _S.NEW: N_("We have received your information. An officer will read it."),
    _S.READ: N_("An officer is reading your information."),
    _S.USED: N_("Your information is being used for our work."),
    _S.SET_ASIDE: N_("We have set your information aside for now."),
}
NEXT_STEPS: dict[TipState, str] = {
    _S.NEW: N_("If we have a question, we write it here. You do not have to do anything."),
    _S.READ: N_(
        "We look whether the Ombudsman should examine this on its own initiative. If we have a question, we "
        "write it here."
    ),
    _S.USED: N_(
        "It helps us to examine on our own initiative or to watch this service. You get no letter about it. "
        "If we have a question, we write it here."
    ),
    _S.SET_ASIDE: N_(
        "We keep it and may take it up again, for example when others tell us the same. If you want us to "
        "examine what happened to you, file a complaint with your name; we can keep it secret."
    ),
}
