"""What officers type about local rules. What was typed is never thrown away."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.coverage.commands.local_rule_inputs import LocalRuleInput, MoveInput, VerifyInput
from ombudsman_app.coverage.errors import LocalRuleRefused
from ombudsman_app.coverage.local_rule_words import ANSWERS, ASKED, KINDS, STATES, rule_name
from ombudsman_app.coverage.local_rules import (
    BY_ANOTHER,
    IN_FORCE_ONCE,
    QUESTIONS,
    Answer,
    RuleKind,
    RuleState,
    moves_from,
)
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.coverage.queries.local_rule_page import PlaceChoice
from ombudsman_app.web.fields import VersionedForm

from .fields import address_box, choices, line, past_day, reason_box, text_box

_YEAR = re.compile(r"[0-9]{4}")
WHY: dict[str, Any] = {
    "other_level": _l(
        "A rule of this kind does not come from this place: a Pergub is of a province, a Perbup of a "
        "regency, a Perwali of a city."
    ),
    "no_number": _l("Write the number as it stands on the paper, such as 5 or 188.45/12/KEP/2023."),
    "year_ahead": _l(
        "This year lies too far ahead: no rule of it can be there. Leave the year empty and write below "
        "which year the source has; the JDIH page tells the right one."
    ),
    "year_ancient": _l("No rule of the republic is older than 1945. Check the year."),
    "future": _l("This day lies in the future. Write the day on which it happened."),
    "ancient": _l("No rule of the republic is older than 1945. Check the day."),
    "other_year": _l("This day lies in another year than the rule. Check which of the two is right."),
    "no_council": _l("Only a Perda goes through the DPRD."),
    "village": _l("Write of which village this Perdes is."),
    "no_village": _l("Only a Perdes is of a village. Leave this empty."),
    "nothing_known": _l("Write at least the number, the title or a note: else nobody can find the rule."),
    "no_address": _l("Write the whole address of the page; it begins with https:// and holds no blanks."),
    "not_official": _l("A JDIH page of a government ends with .go.id, that of a village with .desa.id."),
    "before_rule": _l("The page was opened before there was a rule of this year. Check the two."),
    "not_in_force": _l("What stands in JDIH is enacted at least. Choose what the page says."),
    "no_way": _l("From the present state no way leads there. Change the state first."),
    "is_verified": _l(
        "This rule was seen in JDIH. Withdraw the verification first, then change what makes it this rule."
    ),
    "replaces_nothing": _l("Only a rule that was changed or repealed has another one that did it."),
    "other_place": _l("Choose a rule of the same place."),
    "older": _l("This rule is older: it cannot have changed or repealed a later one."),
}


class _WithRefusals(VersionedForm):
    """A form that says beside the field what the command refused."""

    def refuse(self, refused: LocalRuleRefused) -> None:
        """Put the sentence of a refusal beside its field."""
        found = self._fields.get(refused.details["field"])
        words = str(WHY[refused.details["why"]])
        if found is None:
            self.form_errors.append(words)
        else:
            found.errors = [*found.errors, words]


def _question(name: str) -> RadioField:
    """Yes, no, or not known."""
    return RadioField(ASKED[name], choices=choices(ANSWERS), default=Answer.UNKNOWN.value)


class LocalRuleForm(_WithRefusals):
    """A rule as it is known. `places`: where it may hold; `kept`: the rule that is corrected."""

    region = SelectField(_l("Place"), validators=[InputRequired(_l("Choose the place."))])
    kind = SelectField(_l("Kind of rule"), choices=choices(KINDS), default=RuleKind.PERBUP.value)
    number = line(_l("Number"), 60)
    year = line(_l("Year"), 4, inputmode="numeric")
    year_in_source = line(_l("Year as the source has it"), 20)
    title = line(_l("Title"), limits.SHORT_TEXT)
    village = line(_l("Village"), limits.LINE)
    status = SelectField(_l("State"), choices=choices(STATES), default=RuleState.PROMULGATED.value)
    status_on = past_day(_l("As of"))
    enacted_on = past_day(_l("Day of enactment"))
    covers_non_asn = _question("covers_non_asn")
    covers_village_officials = _question("covers_village_officials")
    covers_vulnerable = _question("covers_vulnerable")
    names_budget_source = _question("names_budget_source")
    names_ptsp_condition = _question("names_ptsp_condition")
    source = line(_l("Where did you learn of it?"), limits.SHORT_TEXT)
    source_url = address_box(_l("Address of the source"))
    note = text_box(_l("Note"), rows=3)
    is_known_twin = BooleanField(_l("I have looked at the rule with this number: this is another one"))

    def __init__(self, *, places: Sequence[PlaceChoice], kept: LocalRule | None = None) -> None:
        super().__init__()
        self.twin: int | None = None
        named = {place.id: f"{place.code} {place.name}" for place in places}
        if kept is not None:
            named.setdefault(kept.region_id, f"{kept.region.code} {kept.region.name}")
        self.region.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(str(key), name) for key, name in named.items()),
        ]

    @property
    def answers(self) -> list[Any]:
        """The fields of the three-valued questions."""
        return [self[name] for name in QUESTIONS]

    def validate_year(self, field: Any) -> None:
        if field.data and not _YEAR.fullmatch(field.data):
            raise ValidationError(_("Write the year in four figures, such as 2023."))

    def fill(self, rule: LocalRule) -> None:
        """Show the rule as it stands."""
        for name in ("year_in_source", "title", "village", "enacted_on", "status_on", "source", "source_url"):
            self[name].data = getattr(rule, name)
        for name in QUESTIONS:
            self[name].data = getattr(rule, name).value
        self.region.data, self.kind.data = str(rule.region_id), rule.kind.value
        self.number.data, self.year.data = rule.number or "", str(rule.year or "")
        self.status.data, self.note.data = rule.status.value, rule.note
        self.version.data = str(rule.version)

    def refuse(self, refused: LocalRuleRefused) -> None:
        """Say it beside the field; of a twin also which rule it is."""
        if refused.details["why"] != "twin":
            super().refuse(refused)
            return
        self.twin = refused.details["rule"]
        words = _("A rule with this number and year is there. Look at it; if this is another, tick the box.")
        self.number.errors = [*self.number.errors, words]

    def refuse_place(self) -> None:
        """Say beside the place that it is another office's."""
        words = _("Another office of the Ombudsman looks after this place.")
        self.region.errors = [*self.region.errors, words]

    def to_input(self) -> LocalRuleInput:
        return LocalRuleInput(
            region_id=int(self.region.data),
            kind=RuleKind(self.kind.data),
            number=self.number.data or None,
            year=int(self.year.data) if self.year.data else None,
            year_in_source=self.year_in_source.data or "",
            title=self.title.data or "",
            village=self.village.data or "",
            status=RuleState(self.status.data),
            status_on=self.status_on.data,
            enacted_on=self.enacted_on.data,
            answers={name: Answer(self[name].data) for name in QUESTIONS},
            note=self.note.data or "",
            source=self.source.data or "",
            source_url=self.source_url.data or "",
            is_known_twin=bool(self.is_known_twin.data),
        )


class VerifyForm(_WithRefusals):
    """What a person reads on the JDIH page."""

    jdih_url = address_box(_l("Address of the JDIH page"), missing=_l("Write the address of the page."))
    opened_on = past_day(_l("Day on which you opened it"), _l("Write the day on which you opened it."))
    number = line(_l("Number on the page"), 60, missing=_l("Write the number that the page shows."))
    year = line(
        _l("Year on the page"), 4, missing=_l("Write the year that the page shows."), inputmode="numeric"
    )
    title = line(
        _l("Title on the page"), limits.SHORT_TEXT, missing=_l("Write the title that the page shows.")
    )
    status = SelectField(_l("State by the page"), choices=choices(STATES, only=IN_FORCE_ONCE))
    seen = text_box(_l("What did you see?"), _l("Write what you saw on the page."), rows=4)

    def validate_year(self, field: Any) -> None:
        if not _YEAR.fullmatch(field.data or ""):
            raise ValidationError(_("Write the year in four figures, such as 2023."))

    def fill(self, rule: LocalRule, day: date) -> None:
        """Show what is known already; the person compares it with the page."""
        self.jdih_url.data, self.opened_on.data = rule.jdih_url, day
        self.number.data, self.year.data = rule.number or "", str(rule.year or "")
        self.title.data, self.version.data = rule.title, str(rule.version)
        self.status.data = (rule.status if rule.status in IN_FORCE_ONCE else RuleState.PROMULGATED).value

    def to_input(self) -> VerifyInput:
        return VerifyInput(
            jdih_url=self.jdih_url.data,
            opened_on=self.opened_on.data,
            seen=self.seen.data,
            number=self.number.data,
            year=int(self.year.data),
            title=self.title.data,
            status=RuleState(self.status.data),
        )


class WithdrawForm(VersionedForm):
    """Why a verification does not hold."""

    reason = reason_box(_l("Why is the verification withdrawn?"))


class MoveForm(_WithRefusals):
    """How far a rule has come. `others`: rules of the same place that may have changed or repealed it."""

    status = SelectField(_l("New state"))
    day = past_day(_l("As of"), _l("Write the day to which this refers."))
    replaced_by = SelectField(_l("By which rule?"))
    words = text_box(_l("What is known, and from where?"), _l("Write what is known and from where."), rows=4)

    def __init__(self, *, rule: LocalRule, others: Sequence[LocalRule]) -> None:
        super().__init__()
        self.status.choices = choices(STATES, only=moves_from(rule.status, rule.kind))
        self.replaced_by.choices = [
            SelectChoice("", _l("Not known, or by none")),
            *(SelectChoice(str(one.id), f"{rule_name(one)}: {one.title}"[:120]) for one in others),
        ]

    @property
    def asks_for_other(self) -> bool:
        """Whether a state is offered that another rule brings about."""
        return any(choice.value in tuple(BY_ANOTHER) for choice in self.status.choices)

    def to_input(self) -> MoveInput:
        other = self.replaced_by.data
        return MoveInput(
            RuleState(self.status.data), self.day.data, self.words.data, int(other) if other else None
        )
