"""The kinds of notices about complaints and information: their words, for whom, about what record."""

from datetime import timedelta

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, Role
from ombudsman_app.notifications.kinds import Kind

from .scope import READERS, TIP_READERS

COMPLAINT, TIP, REQUEST = "complaint", "tip", "clarification_request"
OFFICERS = frozenset({Role.PVL_ASSISTANT, Role.EXAMINER})
HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})

KINDS = (
    Kind(
        "complaints.assigned",
        N_("A case is given to you"),
        N_("This case is yours now. Say first whether you have an interest in it."),
        roles=OFFICERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.reporter_wrote",
        N_("A reporter writes"),
        N_("The reporter has written to you."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.file_added",
        N_("A reporter adds a file"),
        N_("The reporter has added evidence."),
        roles=READERS,
        about=COMPLAINT,
        channels=frozenset(),
    ),
    Kind(
        "complaints.respondent_answered",
        N_("A respondent answers"),
        N_("The office that was asked has answered. Judge the answer."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.office_asked",
        N_("Your office is asked for an explanation"),
        N_("The Ombudsman asks your office for a written explanation. Open the letter to read it."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.time_asked",
        N_("A respondent asks for more time"),
        N_("The office that was asked wants more time. Grant it or refuse it before its last day."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.time_granted",
        N_("More time to explain is granted"),
        N_("Your office has more time to explain. Open the letter to see the new last day."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.time_refused",
        N_("More time to explain is refused"),
        N_("The request of your office for more time was refused. Open the letter to read why."),
        roles=PORTAL_ROLES,
        about=REQUEST,
    ),
    Kind(
        "complaints.answer_over",
        N_("A respondent has not answered in time"),
        N_("The time to answer has ended without answer. Look at the case and let go on what is proposed."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.action_over",
        N_("The time for corrective action has ended"),
        N_("Not every corrective action was done in time. Look at the case and let go on what is proposed."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.reply_over",
        N_("The reporter did not react in time"),
        N_("The time to react to the interim result has ended. The report may be issued."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.report_received",
        N_("The respondent has received the report"),
        N_("The time for corrective action runs. Begin to watch what is done."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.unreached",
        N_("A message does not reach a reporter"),
        N_("A message to the reporter did not arrive. Look for another way."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.days_moved",
        N_("A new calendar moves due days of your cases"),
        N_("A new calendar moves due days of your cases to later. Moved: %(number)s."),
        roles=READERS,
        endpoint="staff.complaints.queue",
        values={"whose": "mine"},
        channels=frozenset(),
    ),
    Kind(
        "complaints.day_released",
        N_("A due day of a case comes earlier"),
        N_("A due day of this case comes earlier: it is %(day)s now."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_waits",
        N_("Somebody asks to let a clock stand still"),
        N_("An officer asks to let a clock of this case stand still. It waits for your release."),
        roles=HEAD,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_released",
        N_("A clock of your case stands still"),
        N_("A clock of this case stands still from today, as you asked."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_refused",
        N_("A clock of your case does not stand still"),
        N_("The head refused to let the clock stand still. It runs on."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.pause_ended",
        N_("A clock of your case runs again"),
        N_("The pause of a clock of this case was ended early. The clock runs again from tomorrow."),
        roles=READERS,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.days_wait",
        N_("Earlier days wait for your release"),
        N_("By a new calendar some days come earlier. Waiting for your release: %(number)s."),
        roles=HEAD,
        endpoint="staff.complaints.queue",
    ),
    Kind(
        "complaints.decision_waits",
        N_("A report waits for your decision"),
        N_("This report waits for the decision of your meeting."),
        roles=HEAD,
        about=COMPLAINT,
    ),
    Kind(
        "complaints.due",
        N_("What falls due, each morning"),
        N_(
            "Your cases: %(overdue)s overdue, %(today)s due today, %(soon)s more until %(until)s. "
            "Letters too long without proof of receipt: %(unproven)s."
        ),
        roles=OFFICERS,
        endpoint="staff.complaints.queue",
        values={"whose": "mine"},
        lasts=timedelta(hours=10),
        absent={"unproven": 0},
    ),
    Kind(
        "complaints.identities_opened",
        N_("Opened identities, each morning"),
        N_("Identities opened since the last count: %(number)s."),
        roles=HEAD,
        endpoint="staff.identities.opened",
    ),
    Kind(
        "complaints.identities_unusual",
        N_("Unusually many opened identities"),
        N_("Unusual: one person opened %(number)s identities within 24 hours."),
        roles=HEAD,
        endpoint="staff.identities.opened",
    ),
    Kind(
        "complaints.tip_wrote",
        N_("Whoever gave information writes"),
        N_("Whoever gave this information has written or added a file."),
        roles=TIP_READERS,
        about=TIP,
    ),
)
