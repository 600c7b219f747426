"""Letters and other papers."""

from flask_babel import lazy_gettext as _l

from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
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
}
