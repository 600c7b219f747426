"""What is wrong with an instrument, a scheme or a file: each in a sentence, with the place where it lies."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.instrument_draft import Content, part_at
from ombudsman_app.audits.scoring.exact import decimal_of, plain
from ombudsman_app.audits.scoring.problems import Problem
from ombudsman_app.web.formats import number

from .instruments import answer_type_word, own_words, plain_number

SENTENCES: dict[str, Any] = {
    "not_a_mapping": _l("Keys with values are expected here."),
    "not_a_list": _l("A list is expected here."),
    "unknown_key": _l("“%(key)s” is not known here."),
    "missing": _l("This is missing."),
    "not_text": _l("Text is expected here."),
    "empty": _l("This is still empty."),
    "too_long": _l("This is longer than %(most)s characters."),
    "strange_characters": _l("It holds characters that cannot be shown."),
    "reserved": _l("“%(value)s” is a mark that forms and sheets read as their own."),
    "not_a_number": _l("Write a number, such as 12.5."),
    "not_whole": _l("Write a whole number."),
    "not_a_flag": _l("Yes or no is expected here."),
    "out_of_range": _l("It must lie between %(least)s and %(most)s."),
    "too_many_decimals": _l("It has more than %(most)s decimals."),
    "bad_id": _l("Use letters, digits and single underscores, a letter first, %(most)s characters at most."),
    "bad_version": _l("Write a version such as 1.0."),
    "unknown_choice": _l("“%(value)s” cannot be chosen here. Possible: %(known)s."),
    "double": _l("“%(value)s” stands there twice."),
    "double_id": _l("The id “%(value)s” is used twice."),
    "double_item": _l("The lasting identity “%(value)s” is used twice."),
    "key_taken": _l("The id “%(value)s” is taken."),
    "too_many": _l("There are more than %(most)s."),
    "none_given": _l("At least one is needed."),
    "weight_not_positive": _l("A weight must be above 0."),
    "not_for_this_type": _l("This does not go with the answer “%(answer_type)s”."),
    "thresholds_missing": _l("A measured number needs thresholds."),
    "thresholds_mixed": _l("Either all thresholds say “up to”, or all say “from … on”."),
    "thresholds_order": _l("The thresholds are not in order."),
    "thresholds_catch_all": _l("The last threshold takes all the rest, so it has no bound; the others have."),
    "anchors_unfit": _l("Each of the steps 0 to 4 needs its words."),
    "goes_with": _l("This is filled in only together with “%(key)s”."),
    "relevance_unknown": _l("There is no indicator “%(value)s” on which it could depend."),
    "relevance_of_itself": _l("An indicator cannot depend on itself."),
    "relevance_kind": _l("An indicator can depend only on one that is answered by yes or no, or by steps."),
    "relevance_cycle": _l("These indicators depend on each other in a circle: %(cycle)s."),
    "band_order": _l("The band begins above its end."),
    "bands_do_not_touch": _l("The bands leave a gap or overlap between %(below)s and %(above)s."),
    "bands_do_not_cover": _l("The bands must run from 0 to 100."),
    "years": _l("Write years such as 2022-2024, or 2025- where it still holds."),
    "unknown_cap": _l("There is no band “%(value)s” to which it could be capped."),
    "scheme_unknown": _l("This house has no scheme “%(value)s”. An administrator can add it."),
    "file_missing": _l("Choose a file first."),
    "file_too_large": _l("The file is too large: %(most)s bytes are the most."),
    "not_utf8": _l("The text of the file is not written in UTF-8."),
    "not_yaml": _l("This is no valid YAML."),
    "yaml_trick": _l("Anchors, aliases and tags are not taken."),
    "yaml_too_deep": _l("The file is nested too deep, too long, or several in one."),
    "sheet_unreadable": _l("The sheet cannot be read. Save it as XLSX once more, or send YAML."),
    "sheet_missing": _l("This sheet is missing."),
    "sheet_unknown": _l("The form has no such sheet."),
    "sheet_hidden": _l("The sheet is hidden."),
    "formula": _l("A formula is not taken. Write its result as text."),
    "merged": _l("Merged cells are not taken."),
    "column_unknown": _l("This column is not known."),
    "column_double": _l("This column stands there twice."),
    "cell_without_head": _l("A cell stands under no head."),
    "row_double": _l("This row stands there twice."),
    "row_outside": _l("This row stands outside every group."),
    "role_unknown": _l("“%(value)s” is none of dimension, end, indicator, part."),
    "type_differs": _l("The type is “%(value)s”, and the answer needs “%(wanted)s”."),
    "threshold_not_understood": _l("“%(value)s” is no threshold such as “max 15 = 100” or “else = 0”."),
    "relevance_not_understood": _l("A condition such as ${I01} = 'yes' is expected."),
}
_FIELDS: dict[str, Any] = {
    "id": _l("Id"),
    "item": _l("Lasting identity"),
    "title_id": _l("Title in Indonesian"),
    "title_en": _l("Title in English"),
    "description_id": _l("Description in Indonesian"),
    "description_en": _l("Description in English"),
    "version": _l("Number of the version"),
    "scheme": _l("Scheme"),
    "origin": _l("Where it comes from"),
    "anchors_id": _l("Words of the steps in Indonesian"),
    "anchors_en": _l("Words of the steps in English"),
    "min_denominator": _l("Least number of cases"),
    "min_respondents": _l("Least number of people asked"),
    "dimensions": _l("Dimensions"),
    "indicators": _l("Indicators"),
    "weight": _l("Weight"),
    "variable": _l("Variable"),
    "component": _l("Component of the service standard"),
    "question_id": _l("Question in Indonesian"),
    "question_en": _l("Question in English"),
    "answer_type": _l("How it is answered"),
    "evidence": _l("Kinds of evidence"),
    "legal_basis": _l("Legal basis"),
    "maladministration_if_fail": _l("Form of maladministration if it fails"),
    "critical": _l("Critical"),
    "respondents": _l("How many are asked"),
    "unit": _l("Unit"),
    "thresholds": _l("Thresholds"),
    "may_be_na": _l("May be not applicable"),
    "na_reason": _l("When it does not apply"),
    "standard_days": _l("Promised days"),
    "standard_day_type": _l("Kind of days"),
    "standard_verified": _l("How sure the promise is"),
    "relevant_if": _l("Asked only if"),
    "years": _l("Years"),
    "bands": _l("Bands"),
    "weights": _l("Weights"),
    "cap": _l("Highest band with a critical failure"),
    "legal": _l("Legal basis"),
    "verified": _l("How sure it is"),
    "src": _l("Sources"),
    "min": _l("From"),
    "max": _l("Up to"),
    "zone": _l("Zone"),
    "score": _l("Score"),
}
_PIECE = re.compile(r"([a-z_]+)(?:\[([0-9]+)\])?")


@dataclass(frozen=True)
class Place:
    """Where a problem lies: the head (no dimension), a dimension or one of its indicators; and the field."""

    dimension: int | None = None
    indicator: int | None = None
    field: str = ""
    row: int | None = None  # of thresholds or bands, from 0

    @property
    def is_about_weights(self) -> bool:
        """A sum of weights is put right where all of them stand together."""
        return self.field in ("dimensions", "indicators")


@dataclass(frozen=True)
class ShownProblem:
    """One problem as a page shows it."""

    place: Place
    where: str
    sentence: str
    code: str


def place_of(where: str) -> Place:
    """Read `dimensions[1].indicators[3].thresholds[0].score`."""
    dimension = indicator = row = None
    field = ""
    for name, at in _PIECE.findall(where):
        if name == "dimensions" and at:
            dimension, field = int(at), ""
        elif name == "indicators" and at:
            indicator, field = int(at), ""
        elif not field:
            field, row = name, int(at) if at else None
    return Place(dimension, indicator, field, row)


def shown_problems(problems: Iterable[Problem], content: Content) -> list[ShownProblem]:
    """Return them in words, each place named by the words of the draft."""
    return [
        ShownProblem(place, _named(place, content), sentence_of(one), one.code)
        for one in problems
        for place in (place_of(one.where if one.code != "missing" else f"{one.where}.{one.values['key']}"),)
    ]


def file_problems(problems: Iterable[Problem]) -> list[ShownProblem]:
    """The same of a file that was sent: its places are its own (sheet, row and column, or keys)."""
    return [ShownProblem(Place(), _in_file(one), sentence_of(one), one.code) for one in problems]


def sentence_of(one: Problem) -> str:
    """Say what is wrong."""
    if one.code == "weights_do_not_sum":
        return _sum_sentence(one.values)
    values = {name: _value(name, value) for name, value in one.values.items()}
    sentence = SENTENCES.get(one.code)
    return str(sentence) % values if sentence is not None and values else str(sentence or one.sentence)


def _sum_sentence(values: Mapping[str, Any]) -> str:
    total, wanted = decimal_of(values["sum"]), decimal_of(values["wanted"])
    if total is None or wanted is None:
        return ""
    said = {"sum": number(total), "wanted": number(wanted), "rest": number(abs(wanted - total))}
    if total < wanted:
        return str(_("The weights make %(sum)s instead of %(wanted)s: %(rest)s are missing.", **said))
    return str(_("The weights make %(sum)s instead of %(wanted)s: %(rest)s too many.", **said))


def _value(name: str, value: object) -> str:
    if name == "answer_type":
        return answer_type_word(str(value))
    if name == "key":
        return field_word(str(value))
    if name in ("most", "least", "below", "above"):
        return plain_number(value if not hasattr(value, "as_tuple") else plain(value))  # type: ignore[arg-type]
    return str(value)


def field_word(name: str) -> str:
    """Name a field as its box does."""
    return str(_FIELDS.get(name, name))


def _named(place: Place, content: Content) -> str:
    """I07, Weight."""
    words = []
    if place.dimension is not None:
        part = part_at(content, place.dimension, place.indicator) or {}
        title = str(part.get("id") or "") if place.indicator is not None else own_words(part, "title")
        counted = str(place.dimension + 1) + (
            f".{place.indicator + 1}" if place.indicator is not None else ""
        )
        words.append(title or counted)
    if place.field:
        words.append(field_word(place.field))
    return ", ".join(words)


def _in_file(one: Problem) -> str:
    values = one.values
    if values.get("sheet") and values.get("row"):
        said = {"sheet": values["sheet"], "row": values["row"]}
        if values.get("column"):
            return str(_("Sheet %(sheet)s, row %(row)s, %(column)s", column=values["column"], **said))
        return str(_("Sheet %(sheet)s, row %(row)s", **said))
    if values.get("sheet"):
        return str(_("Sheet %(sheet)s", sheet=values["sheet"]))
    return str(_("Line %(row)s", row=values["row"])) if values.get("row") else one.where


__all__ = [
    "Place",
    "ShownProblem",
    "field_word",
    "file_problems",
    "place_of",
    "sentence_of",
    "shown_problems",
]
