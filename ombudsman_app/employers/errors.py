"""What the register of employers refuses."""

from ombudsman_app.core.errors import RuleBroken


class ObservationRefused(RuleBroken):
    """These numbers cannot be together. Details: field, why, a code."""

    code = "observation_refused"


class SameEmployer(RuleBroken):
    """Two rows that say they are one, or a row that was joined already. Details: why, a code."""

    code = "same_employer"


class ProjectRefused(RuleBroken):
    """These facts of a project cannot be together. Details: field, why (a code of the form)."""

    code = "project_refused"


class CaseRefused(RuleBroken):
    """A compliance case cannot be opened or changed like this. Details: why, a code."""

    code = "case_refused"


class StepRefused(RuleBroken):
    """An act of a public body cannot have been so. Details: field, why, a code."""

    code = "step_refused"
