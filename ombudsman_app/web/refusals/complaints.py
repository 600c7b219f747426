"""Complaints, information, and the clocks of both."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
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
    "not_in_register": Refusal(
        422,
        _l("This employer cannot be linked"),
        _l("It is not in the register of your offices, or it was joined with another. Look for it again."),
    ),
}
