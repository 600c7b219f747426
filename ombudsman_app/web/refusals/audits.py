"""Audits: instruments, rounds, sheets, results."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
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
        403,
        _l("Another person must do this"),
        _l("Whoever filled in, settled or asked for it does not also judge or release it. Ask a colleague."),
        by_why={
            "instrument": _l(
                "Whoever wrote in a version does not also put it in use. Ask another head, or the chair."
            ),
        },
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
