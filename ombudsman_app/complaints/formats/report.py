"""A report in words: its parts, what is missing, what has become of its corrective actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.complaints.forms.report import ADDRESSEE_WORDS, CONCLUSION_WORDS, PART_WORDS
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries import ActionLine, ReportOfCase
from ombudsman_app.complaints.states import FORMS, Addressee, Gap, Part
from ombudsman_app.complaints.states import report_name as name_under
from ombudsman_app.complaints.states.words import FORM_WORDS
from ombudsman_app.findings.formats.words import measure_status
from ombudsman_app.findings.states import FindingState
from ombudsman_app.web import charts

_GAPS: dict[str, Callable[[], str]] = {
    "empty": lambda: _("nothing is written yet"),
    "no_conclusion": lambda: _("no conclusion is chosen"),
    "no_form": lambda: _("a form of maladministration is missing"),
    "no_action": lambda: _("a corrective action is missing"),
    "too_much": lambda: _("it stands against the conclusion: only a report that found something has it"),
}
_HINTS: dict[Part, Any] = {
    Part.PARTIES: _l("Who is the respondent, what is alleged."),
    Part.ACCOUNT: _l("What was reported, when and where, and what was asked for."),
    Part.RESULT: _l("What documents, answers and visits showed, with the evidence for each."),
    Part.OPINION: _l("How the rules apply to what was found."),
    Part.CONCLUSION: _l("One conclusion; forms of maladministration only where it was found."),
    Part.REPORTER: _l(
        "What came of it, in plain words. It stands in the letter to the reporter and on their page; the "
        "report itself does not go to them."
    ),
}


@dataclass(frozen=True)
class ShownPart:
    """One part on the page of the report."""

    part: Part
    label: str
    text: str
    is_complete: bool


@dataclass(frozen=True)
class Monitored:
    """What has become of the actions: the lines, how many are done, and a small picture."""

    actions: list[ActionLine]
    done: int
    bars: list[charts.Bar]

    @property
    def number(self) -> int:
        return len(self.actions)


def report_name(case: Complaint) -> str:
    """Return what the paper is called under the rules of this case: LHP or LAHP."""
    return name_under(case.regime)


def shown_parts(found: ReportOfCase | None) -> list[ShownPart]:
    """Return all parts in their order, with what is written in them."""
    wrong = {gap.part for gap in found.gaps} if found else set(Part)
    texts = found.texts if found else {}
    return [
        ShownPart(part, str(words), texts.get(part, ""), part not in wrong)
        for part, words in PART_WORDS.items()
    ]


def shown_gaps(found: ReportOfCase | None) -> list[tuple[str, str]]:
    """Return what is missing: the part and why, in words."""
    gaps = found.gaps if found else [Gap(part, "empty") for part in Part if part is not Part.ACTIONS]
    return [(str(PART_WORDS[gap.part]), _GAPS[gap.why]()) for gap in gaps]


def part_hint(part: Part, case: Complaint) -> str:
    """Return what belongs into a part; of a confidential report also what does not."""
    hint = str(_HINTS[part])
    if case.confidentiality == "open":
        return hint
    secret = _("The report is confidential: whoever reports stands nowhere in it.")
    return f"{hint} {secret}"


def monitored(found: ReportOfCase) -> Monitored:
    """Put what has become of the corrective actions into lines and a picture."""
    numbers: dict[str, int] = {}
    for action in found.actions:
        word = action_word(action)
        numbers[word] = numbers.get(word, 0) + 1
    return Monitored(found.actions, found.done, charts.bars(list(numbers.items())))


def action_word(action: ActionLine) -> str:
    """Say how far an action is: done only when another officer judged it so."""
    if action.is_done:
        return str(_("Judged done"))
    if action.status == "done":
        return str(_("Under way"))
    if action.state is FindingState.RETURNED:
        return str(_("Given back, answer not enough"))
    return measure_status(action.status)


def action_tone(action: ActionLine) -> str:
    """Colour and shape of an action; the word says the same."""
    if action.is_done:
        return "success"
    if action.state is FindingState.RETURNED or action.status == "refused":
        return "danger"
    return "info" if action.status else "neutral"


def public_action_word(action: ActionLine) -> str:
    """Say to the reporter how far an action is: no word of procedure."""
    if action.is_done:
        return str(_("Done"))
    return str(_("The office is working on it") if action.status in _WORKED_ON else _("Not done yet"))


def public_addressee(addressee: Addressee) -> str:
    """Say to the reporter who must act, without a name: the page of a confidential case gives none away."""
    return str(_PUBLIC_ADDRESSEES[addressee])


def standing(found: ReportOfCase | None, part: Part) -> list[tuple[str, str]]:
    """Return what stands in a part now: label and text, for whoever was second."""
    if found is None:
        return []
    if part is Part.ACTIONS:
        return [
            (f"{one.number}. {ADDRESSEE_WORDS[one.addressee]}, {one.office}", one.text)
            for one in found.actions
        ]
    shown = [(str(PART_WORDS[part]), found.texts.get(part, ""))]
    if part is Part.CONCLUSION:
        chosen = found.report.conclusion
        shown.insert(0, (str(_("Conclusion")), str(CONCLUSION_WORDS[chosen]) if chosen else ""))
        shown.append((str(_("Forms of maladministration")), ", ".join(map(form_label, found.report.forms))))
    return [(label, text) for label, text in shown if text]


def form_label(form: str) -> str:
    """Name a form of maladministration in the language of the reader."""
    return str(_(FORM_WORDS[form])) if form in FORM_WORDS else FORMS.get(form, form)


def addressee_word(addressee: Any) -> str:
    """Name whom a corrective action is for."""
    return str(ADDRESSEE_WORDS[addressee])


def conclusion_word(conclusion: Any) -> str:
    """Name what an examination came to."""
    return str(CONCLUSION_WORDS[conclusion]) if conclusion else ""


_WORKED_ON = frozenset({"in_progress", "done_partly", "done"})
_PUBLIC_ADDRESSEES: dict[Addressee, Any] = {
    Addressee.RESPONDENT: _l("To be done by the office you complained about"),
    Addressee.SUPERIOR: _l("To be done by the office above it"),
    Addressee.AGENCY: _l("To be done by another agency"),
}
FILTERS: dict[str, Callable[[Any], Any]] = {
    "public_action_word": public_action_word,
    "public_addressee": public_addressee,
    "action_word": action_word,
    "action_tone": action_tone,
    "form_label": form_label,
    "addressee_word": addressee_word,
    "conclusion_word": conclusion_word,
    "part_word": lambda part: str(PART_WORDS[part]),
}
