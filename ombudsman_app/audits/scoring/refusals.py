"""Why a sheet that reads well cannot be scored. Details: the indicators or dimensions concerned."""

from collections.abc import Sequence


class SheetRefused(ValueError):
    """A sheet that cannot be scored. `code` finds the sentence of the page, `names` fill it."""

    code = "sheet_refused"
    sentence = "the sheet cannot be scored: {names}"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(self.sentence.format(names=", ".join(names)))
        self.names = tuple(names)


class SheetIncomplete(SheetRefused):
    """Indicators without an answer."""

    code = "sheet_incomplete"
    sentence = "the sheet is incomplete, no answer for {names}"

    @property
    def missing(self) -> tuple[str, ...]:
        return self.names


class NothingToDivide(SheetRefused):
    """0 of 0 is no share: such an indicator does not apply."""

    code = "nothing_to_divide"
    sentence = "0 of 0 is no share, answer not applicable: {names}"


class DimensionNotApplicable(SheetRefused):
    """Nothing in a dimension applies, so that its weight has nowhere to go."""

    code = "dimension_not_applicable"
    sentence = "a dimension is wholly not applicable: {names}"


class NotAllowedToBeNotApplicable(SheetRefused):
    """The instrument does not let this indicator be left out."""

    code = "na_not_allowed"
    sentence = "not applicable is not allowed here: {names}"


class ReasonMissing(SheetRefused):
    """Not applicable needs a written reason."""

    code = "na_reason_missing"
    sentence = "not applicable needs a reason: {names}"
