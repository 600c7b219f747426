"""The sentence for each refusal (OU7): from the code of a rule that says no to what a person reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

LazyText = Any  # what lazy_gettext returns


@dataclass(frozen=True)
class Refusal:
    """What a person reads when a rule says no."""

    status: int
    title: LazyText
    message: LazyText
    template: str = "errors/rule.html"
    by_why: Mapping[str, LazyText] = field(default_factory=dict)  # instead of `message`, by `details["why"]`

    def message_for(self, details: Mapping[str, Any]) -> LazyText:
        return self.by_why.get(str(details.get("why", "")), self.message)


NOT_FOUND = Refusal(
    404,
    _l("This page does not exist"),
    _l("The address may be mistyped, or what was here is not yours to see. Nothing was changed."),
    "errors/not_found.html",
)
FORBIDDEN = Refusal(
    403,
    _l("This is not for your role"),
    _l("You may see it, but another role must do it. Ask the head of your office if this seems wrong."),
    "errors/forbidden.html",
    by_why={
        "of_portal": _l(
            "This page is for staff of the Ombudsman. What is asked of your office, and what you answered, "
            "stands in the portal."
        ),
        "of_staff": _l(
            "This page is for officers of the bodies that the Ombudsman watches over. What they send comes "
            "to you on your own pages."
        ),
        "ended": _l(
            "You hold no role here any more: it was ended, or its last day is over. Nothing was stored just "
            "now. What was sent before is kept. Ask the administrator of the Ombudsman if this seems wrong."
        ),
    },
)
BAD_REQUEST = Refusal(
    400,
    _l("This request could not be read"),
    _l("Something arrived that no page of ours sends. Go back and try once more."),
    "errors/bad_request.html",
)
SERVER_ERROR = Refusal(
    500,
    _l("Something broke on our side"),
    _l("It was not your doing, and it has been written down. Try again in a few minutes."),
    "errors/server_error.html",
)
BUSY = Refusal(
    503,
    _l("We cannot store anything at this moment"),
    _l("What you typed is kept on this page. Wait a minute and send it again."),
    "errors/too_many.html",
)

REFUSALS: dict[str, Refusal] = {
    "not_visible": NOT_FOUND,
    "not_allowed": FORBIDDEN,
    "bad_input": BAD_REQUEST,
    "move_not_allowed": Refusal(
        409,
        _l("This step is not possible any more"),
        _l("Somebody else has moved this case on in the meantime. Open it again to see where it stands."),
    ),
    "record_changed": Refusal(
        409,
        _l("Somebody else changed this at the same time"),
        _l("Nothing was overwritten. Open it again, compare, and save once more."),
    ),
    "number_unreadable": Refusal(
        422,
        _l("This is no telephone number"),
        _l("Write it with its area or network code, such as 0812 3456 7890."),
    ),
    "second_person_needed": Refusal(
        409,
        _l("A second person is needed"),
        _l("Whoever wrote a letter, or changed it last, cannot also approve it. Ask a colleague who may."),
    ),
    "letter_incomplete": Refusal(
        422,
        _l("The letter is not complete"),
        _l("Something is missing without which it cannot go out. Change its words, then issue it."),
    ),
    "not_delivered": Refusal(
        422,
        _l("This does not prove receipt"),
        _l("Look at the day and at the way the letter went, then record it once more."),
    ),
    "wrong_kind_of_measure": Refusal(
        422,
        _l("This measure cannot stand here"),
        _l("A finding carries the one kind of measure that its origin allows. Nothing was stored."),
    ),
    "finding_incomplete": Refusal(
        422,
        _l("The finding is not complete"),
        _l("Write at least one measure that the office is to take, then send it."),
    ),
    "own_work": Refusal(
        403,
        _l("Another officer must judge this"),
        _l("Whoever wrote the finding or the answer does not judge it. Ask a colleague who may."),
    ),
    "rung_not_open": Refusal(
        409,
        _l("This letter is not needed any more"),
        _l("It was released already, or the office has answered. No number was used up."),
    ),
    "answer_day_refused": Refusal(
        422,
        _l("Look at the day once more"),
        _l("An answer cannot have come in the future, or before the office had the finding."),
    ),
    "export_too_large": Refusal(
        422,
        _l("These are too many rows for one sheet"),
        _l("Ask for fewer: by office, by stage or by how late they are."),
    ),
    "no_superior": Refusal(
        422,
        _l("Nobody is known above this office"),
        _l("Add the office above it to the directory, then release this step. No number was used up."),
    ),
    "completion_still_runs": Refusal(
        409,
        _l("The time to complete it still runs"),
        _l("It begins when the receipt of the letter is proven, and its last day belongs to the reporter."),
    ),
    "answer_still_runs": Refusal(
        409,
        _l("The respondent may still answer"),
        _l("The time begins when the receipt of the letter is proven, and its last day belongs to them."),
    ),
    "more_time_refused": Refusal(
        409,
        _l("More time is not possible here"),
        _l("It has changed meanwhile. Go back and look at it once more. Nothing was stored just now."),
        by_why={
            "answered": _l("The answer was given meanwhile, so no more time is needed."),
            "over": _l("The last day is over. An answer is taken all the same and stays marked as late."),
            "waits": _l("A request for more time waits already."),
            "too_often": _l("This time was extended as often as possible."),
            "decided": _l("Somebody has decided this request already."),
        },
    ),
    "pause_refused": Refusal(
        409,
        _l("This clock cannot stand still like this"),
        _l("It has changed meanwhile. Go back and look at the clock once more. Nothing was stored just now."),
        by_why={
            "over": _l("Its last day is over. What is late stays late: a pause does not heal it."),
            "ended": _l("This clock has ended already."),
            "interest": _l(
                "You or the officer who asked declared an interest in this case (UU 37/2008 Pasal 40). "
                "Another person must decide."
            ),
            "day_waits": _l(
                "A newer calendar gives an earlier last day for this clock. The head decides on that day "
                "first, then on the pause."
            ),
            "reporters": _l(
                "Days that were told to a reporter are not taken back. This pause ends by itself."
            ),
            "too_long": _l("So many days of pause are not left for this clock."),
        },
    ),
    "answer_refused": Refusal(
        422,
        _l("This answer cannot be filed like this"),
        _l("Look at the day on which it came, then file it once more."),
    ),
    "identity_in_letter": Refusal(
        409,
        _l("The letter names the reporter"),
        _l("It goes to the respondent. Take out whatever shows who reports, then have it approved again."),
    ),
    "names_reporter": Refusal(
        422,
        _l("The letter names the reporter"),
        _l("This would tell the respondent who reports: a name, an address or a number. Take it out."),
    ),
    "no_receiver": Refusal(
        422,
        _l("No office is known for this"),
        _l("Choose the office, or have the one above it added to the directory. Nothing was stored."),
    ),
    "reply_still_runs": Refusal(
        409,
        _l("The reporter may still react"),
        _l("The time begins when the receipt of the letter is proven, and its last day belongs to them."),
    ),
    "receipt_not_proven": Refusal(
        409,
        _l("Receipt is not proven yet"),
        _l("The office has not opened it, and no signed receipt or proof of the post is there."),
    ),
    "actions_open": Refusal(
        409,
        _l("Not all is done yet"),
        _l("Another officer has not judged every corrective action done. Nothing was closed."),
    ),
    "action_still_runs": Refusal(
        409,
        _l("The time for corrective action still runs"),
        _l("It begins at proven receipt, and its last day belongs to the office. Nothing was moved."),
    ),
    "not_confirmed": Refusal(
        422,
        _l("The reporter has not confirmed it"),
        _l("Choose the message or the file in which the reporter confirms that it is solved."),
    ),
    "no_withdrawal": Refusal(
        409,
        _l("The reporter does not want to end it"),
        _l("It was not asked for, or was taken back in the meantime. Nothing was changed."),
    ),
    "responses_open": Refusal(
        409,
        _l("The audit cannot be made final yet"),
        _l("The office may still answer, or what it said waits for a ruling. Nothing was changed."),
        by_why={
            "not_received": _l("Receipt of the draft is not proven: the time of the office has not begun."),
            "time_runs": _l("The time of the office still runs, and it has not said that it has answered."),
            "waits": _l("Answers of the office wait for a ruling by another officer than who assessed."),
        },
    ),
    "findings_open": Refusal(
        409,
        _l("Proposed findings wait for a person"),
        _l("Confirm each with its words, or drop it with a reason. Then the audit can be made final."),
    ),
    "too_many_tries": Refusal(
        429,
        _l("Please wait a moment"),
        _l("There were too many tries in a short time. Nothing is lost; try again a little later."),
        "errors/too_many.html",
    ),
    "form_too_old": Refusal(
        400,
        _l("This page was open for too long"),
        _l("What you typed is kept. Check it and send it again."),
        "errors/session_ended.html",
    ),
    "form_sent_differently": Refusal(
        422,
        _l("This form was sent before, with another text"),
        _l("The first text stands. Open the page again to see it, and write there what is still missing."),
    ),
    "sign_in_too_old": Refusal(
        403,
        _l("Confirm that it is you"),
        _l("This step needs a sign-in of the last five minutes. What you typed is kept and goes on with it."),
        "errors/confirm.html",
    ),
    "session_ended": Refusal(
        403,
        _l("Your session has ended"),
        _l("Nothing was stored yet, and what you typed is kept. Sign in again, then send it once more."),
        "errors/sign_in_again.html",
    ),
    "second_factor_missing": Refusal(
        403,
        _l("First set up codes on your phone"),
        _l("Nothing was stored yet; what you typed is kept here. Set it up in a new window, then send this."),
        "errors/second_factor_missing.html",
    ),
    "draft_ended": Refusal(
        410,
        _l("This complaint is not kept here any more"),
        _l("It was sent or removed, or seven days have passed. You can begin a new one at any time."),
    ),
    "wrong_code": Refusal(
        409,
        _l("This is not the code of the link"),
        _l("Nothing was opened. Look at the code again, or ask the office that gave you the link."),
    ),
    "answer_link_ended": Refusal(
        410,
        _l("This link opens nothing any more"),
        _l("It was used, ended or is over, or its letter stands no more. Ask whoever gave it to you."),
    ),
    "draft_incomplete": Refusal(
        422,
        _l("Something is still missing"),
        _l("Nothing is lost. Go back, answer the question that is still open, and send it again."),
    ),
    "code_unknown": Refusal(
        422,
        _l("We cannot find this complaint"),
        _l("Ticket number and code do not fit together. Compare both with your receipt."),
    ),
    "code_needed": Refusal(
        401,
        _l("Your page was closed"),
        _l(
            "It closes by itself after a while, so that nobody else reads it. Copy what you typed, open the "
            "page again with ticket and code, and send it there."
        ),
        "errors/code_needed.html",
    ),
    "checks_open": Refusal(
        422,
        _l("The check is not finished"),
        _l("An item is not judged yet, or one that must be there is missing. Go back and look at the list."),
    ),
    "officer_not_free": Refusal(
        422,
        _l("This person cannot take the case"),
        _l("Somebody else must have it. Go back and choose from the list."),
    ),
    "identity_gone": Refusal(
        410,
        _l("There is no identity to open"),
        _l("Nothing about the person was told, or it was destroyed when its time was over."),
    ),
    "complaint_closed": Refusal(
        409,
        _l("This complaint has ended"),
        _l("Nothing can be written to it any more. Copy your text if you still need it."),
    ),
    "file_refused": Refusal(
        422,
        _l("This file cannot be taken"),
        _l("Nothing is lost of what was sent before. Go back and choose another file."),
    ),
    "upload_gone": Refusal(
        410,
        _l("This upload is not kept any more"),
        _l("A day has passed, or it was removed. Go back and send the file again."),
    ),
    "offset_differs": Refusal(
        409,
        _l("This piece does not follow the last one"),
        _l("Nothing is lost. Your page asks how far the file has come and goes on from there."),
    ),
    "upload_busy": Refusal(
        423,
        _l("This file is being sent from another page just now"),
        _l("Nothing is lost. Wait until that is done."),
    ),
    "tip_closed": Refusal(
        409,
        _l("This information was set aside"),
        _l("Nothing can be written to it any more. Copy your text if you still need it."),
    ),
    "view_name_taken": Refusal(
        409,
        _l("You have a view of that name"),
        _l("Nothing was changed. Go back, choose another name or replace the view."),
    ),
    "too_many_views": Refusal(
        409,
        _l("There is no room for one more view"),
        _l("Nothing was changed. Remove a view that you no longer use, then save this one."),
    ),
    "email_taken": Refusal(
        409,
        _l("This e-mail address is taken"),
        _l("Somebody signs in with it already. Open that account, or use another address."),
    ),
    "grant_ended": Refusal(
        409,
        _l("This right has ended already"),
        _l("Nothing was changed. Open the person again to see who ended it and when."),
    ),
    "grant_held": Refusal(
        409,
        _l("The person holds this role already"),
        _l("Nothing was changed. Open the person again to see the roles that hold today."),
    ),
    "on_other_side": Refusal(
        409,
        _l("This person works on the other side"),
        _l("Nothing was changed. Nobody works for the Ombudsman and answers for an office at once."),
    ),
    "account_not_waiting": Refusal(
        409,
        _l("No invitation is open"),
        _l("The person has set a password in the meantime, or the account is closed. Nothing was sent."),
    ),
    "account_closed": Refusal(
        409,
        _l("This account is closed"),
        _l("Nothing was changed. Invite the person with another address, or ask the caretaker."),
    ),
    "link_ended": Refusal(
        410,
        _l("This link does not work any more"),
        _l("Such a link is good once and for two hours. Ask your administrator for a new one."),
    ),
    "role_does_not_fit_office": Refusal(
        422,
        _l("This role does not fit this office"),
        _l("Staff roles belong to offices of the Ombudsman, the others to the offices under watch."),
    ),
    "signing_not_possible": Refusal(
        503,
        _l("No letter can be issued at the moment"),
        _l("The office cannot sign. No number was used up and nothing was changed. Tell your caretaker."),
        by_why={
            "missing": _l(
                "The key or the certificate of the office is not on this machine. No number was used up and "
                "nothing was changed. Tell your caretaker: the guide for operators says where they belong."
            ),
            "expired": _l(
                "The certificate of the office has expired. No number was used up and nothing was changed. "
                "Tell your caretaker, who puts the new certificate in its place."
            ),
            "not_yet": _l(
                "The certificate of the office is not valid yet, or the clock of this machine is wrong. No "
                "number was used up and nothing was changed. Tell your caretaker."
            ),
            "unreadable": _l(
                "The certificate of the office cannot be read: it is damaged, or its password is wrong. No "
                "number was used up and nothing was changed. Tell your caretaker."
            ),
            "does_not_fit": _l(
                "The key and the certificate of the office do not belong together. No number was used up and "
                "nothing was changed. Tell your caretaker."
            ),
            "exposed": _l(
                "Everybody on this machine may read the key of the office, so it signs nothing. No number "
                "was used up and nothing was changed. Tell your caretaker."
            ),
        },
    ),
    "team_incomplete": Refusal(
        422,
        _l("The team is not whole"),
        _l("A seat is missing, taken twice, or given to somebody without the right. Set the team anew."),
    ),
    "round_incomplete": Refusal(
        409,
        _l("The round is not ready for this"),
        _l("Look at its offices and teams, then try again. Nothing was changed."),
        by_why={
            "no_offices": _l("The round has no office yet. Add the offices that are audited."),
            "teams": _l("Some offices have no whole team yet. Set their teams, then begin the round."),
            "open": _l("Some audits are neither published nor cancelled yet."),
        },
    ),
    "visit_refused": Refusal(
        422,
        _l("Look at the days once more"),
        _l("A visit lies inside the period of its round and takes two weeks at most."),
    ),
    "study_place_refused": Refusal(
        409,
        _l("This office cannot be named like this"),
        _l("Open the audit again to see where it stands."),
        by_why={
            "not_published": _l("Only the office of a published audit is named a place to learn from."),
            "over": _l("The last day is over already. Write a day to come."),
            "holds": _l("The office is named already. End that first, with the reason."),
            "ended": _l("It has ended already."),
        },
    ),
    "own_audit": Refusal(
        409,
        _l("Another person is needed"),
        _l(
            "Whoever filled in a sheet does not review it, and whoever asked for a publication does not "
            "release it."
        ),
    ),
    "not_assigned": Refusal(
        409,
        _l("The audit cannot start like this"),
        _l("First the round must run, and the letter of assignment be issued."),
        by_why={
            "letter": _l("No letter of assignment was issued yet. Nobody visits an office without it."),
            "days": _l("Fix the days of the visit first: they stand in the letter of assignment."),
            "round": _l("The round does not run yet. The head begins it."),
        },
    ),
}
INSTRUMENTS: dict[str, Refusal] = {
    "instrument_frozen": Refusal(
        409,
        _l("This version stays as it is"),
        _l("It was put in use meanwhile, so nothing in it changes any more. Begin its next version instead."),
    ),
    "instrument_refused": Refusal(
        422,
        _l("This instrument cannot be used like this"),
        _l("Something in it must be put right first. Its page lists what. Nothing was changed."),
        by_why={
            "too_large": _l("The draft would be too large. Take something out first. Nothing was stored."),
        },
    ),
    "own_audit": Refusal(
        403,
        _l("Another person must do this"),
        _l("Whoever filled in, settled or asked for it does not also judge or release it. Ask a colleague."),
        by_why={
            "instrument": _l(
                "Whoever wrote in a version does not also put it in use. Ask another head, or the chair."
            ),
        },
    ),
}
REFUSALS.update(INSTRUMENTS)
FIELD_WORK: dict[str, Refusal] = {
    "sheet_closed": Refusal(
        409,
        _l("This sheet is handed in"),
        _l("Nothing in it changes any more, and nothing was stored. What you sent still stands below."),
    ),
    "sheet_refused": Refusal(
        422,
        _l("The sheet cannot be scored like this"),
        _l("Something in it is missing or cannot be counted: open the sheet to see what."),
    ),
    "evidence_refused": Refusal(
        422,
        _l("This cannot be kept as evidence"),
        _l("The indicator does not take this kind of evidence. Choose another kind."),
        by_why={
            "private_number": _l(
                "This looks like the number of a person (NIK). Sheets hold no names and no numbers of "
                "people: use a mark of your own, such as File 3."
            ),
            "address": _l("Write the whole address of the page, beginning with https://."),
        },
    ),
    "not_yet_agreed": Refusal(
        409,
        _l("The two sheets are not settled yet"),
        _l("Both assessors hand in their sheets, then the third settles where they differ."),
    ),
}
REFUSALS.update(FIELD_WORK)
NOT_POSSIBLE = Refusal(
    409,
    _l("This is not possible at the moment"),
    _l("A rule stands against it, and nothing was changed. Go back and open the page again."),
)

HTTP: dict[int, Refusal] = {
    400: BAD_REQUEST,
    403: FORBIDDEN,
    404: NOT_FOUND,
    405: Refusal(405, _l("This page does not exist"), _l("The address cannot be opened in this way.")),
    413: Refusal(413, _l("That was too much at once"), _l("Shorten the text and send it again.")),
    500: SERVER_ERROR,
}
