"""What people type about a complaint. Callers import the names from here."""

from ombudsman_app.web.fields import VersionedForm

from .answers import answers_of, filled
from .asked import OfficeAnswerForm
from .calendar import CalendarForm
from .case import AssignForm, BeginForm, DecisionForm, DeclarationForm, OpenIdentityForm
from .checks import ChecksForm, FormalChecksForm, MaterialChecksForm
from .conversation import (
    AnswerForm,
    CompleteForm,
    MessageForm,
    NoteForm,
    ReceiptForm,
    SettleForm,
    WithdrawForm,
)
from .examination import ANSWER_CHANNELS, ExamineForm, FileAnswerForm, ResolvedForm, ReviewForm
from .follow import FollowForm
from .letters import (
    ClarificationForm,
    CloseForm,
    CompletedForm,
    CompletionForm,
    LetterForm,
    NotCompetentForm,
    RefusalForm,
    TransferForm,
)
from .pausing import GROUND_WORDS, DecidePauseForm, EndPauseForm, PauseForm
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
    "ANSWER_CHANNELS",
    "GROUND_WORDS",
    "AnswerForm",
    "AskedQueue",
    "AskedTips",
    "AssignForm",
    "BeginForm",
    "CalendarForm",
    "ChangeViewForm",
    "ChecksForm",
    "ClarificationForm",
    "CloseForm",
    "CompleteForm",
    "CompletedForm",
    "CompletionForm",
    "ConfidentialityForm",
    "DecidePauseForm",
    "DecisionForm",
    "DeclarationForm",
    "EmployerForm",
    "EndPauseForm",
    "ExamineForm",
    "FileAnswerForm",
    "FollowForm",
    "FormalChecksForm",
    "IdentityForm",
    "LetterForm",
    "MaterialChecksForm",
    "MessageForm",
    "Misread",
    "NarrativeForm",
    "NotCompetentForm",
    "NoteForm",
    "OfficeAnswerForm",
    "OpenIdentityForm",
    "PauseForm",
    "ReceiptForm",
    "RefusalForm",
    "RemedyForm",
    "ResolvedForm",
    "ReviewForm",
    "SaveViewForm",
    "SendForm",
    "ServiceForm",
    "SettleForm",
    "TipMoveForm",
    "ToldForm",
    "TransferForm",
    "UrgencyForm",
    "VersionedForm",
    "WhenForm",
    "WithdrawForm",
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
