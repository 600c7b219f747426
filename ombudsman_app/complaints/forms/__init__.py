"""What people type about a complaint. Callers import the names from here."""

from .answers import answers_of, filled
from .calendar import CalendarForm
from .case import AssignForm, BeginForm, DecisionForm, DeclarationForm, OpenIdentityForm, VersionedForm
from .checks import ChecksForm, FormalChecksForm, MaterialChecksForm
from .conversation import AnswerForm, MessageForm, NoteForm, SettleForm
from .follow import FollowForm
from .queue import (
    ALL_OPEN,
    AskedQueue,
    ChangeViewForm,
    Misread,
    SaveViewForm,
    as_query,
    filter_boxes,
    filter_ticks,
    parameters,
    read_query,
    read_queue,
)
from .shown import shown
from .tips import AskedTips, TipMoveForm, read_tips, tip_boxes, tip_parameters, tip_ticks
from .wizard import (
    ConfidentialityForm,
    EmployerForm,
    IdentityForm,
    NarrativeForm,
    RemedyForm,
    SendForm,
    ServiceForm,
    ToldForm,
    UrgencyForm,
    WhenForm,
)

__all__ = [
    "ALL_OPEN",
    "AnswerForm",
    "AskedQueue",
    "AskedTips",
    "AssignForm",
    "BeginForm",
    "CalendarForm",
    "ChangeViewForm",
    "ChecksForm",
    "ConfidentialityForm",
    "DecisionForm",
    "DeclarationForm",
    "EmployerForm",
    "FollowForm",
    "FormalChecksForm",
    "IdentityForm",
    "MaterialChecksForm",
    "MessageForm",
    "Misread",
    "NarrativeForm",
    "NoteForm",
    "OpenIdentityForm",
    "RemedyForm",
    "SaveViewForm",
    "SendForm",
    "ServiceForm",
    "SettleForm",
    "TipMoveForm",
    "ToldForm",
    "UrgencyForm",
    "VersionedForm",
    "WhenForm",
    "answers_of",
    "as_query",
    "filled",
    "filter_boxes",
    "filter_ticks",
    "parameters",
    "read_query",
    "read_queue",
    "read_tips",
    "shown",
    "tip_boxes",
    "tip_parameters",
    "tip_ticks",
]
