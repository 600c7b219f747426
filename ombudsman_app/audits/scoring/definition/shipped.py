"""The instrument in the wheel, out of the rules. Read when first asked for: about 20 ms."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ombudsman_app.core.workflow.yaml_file import read_yaml

from .reading import read_definition
from .shape import Definition

RULES = Path(__file__).parents[2] / "rules"
BPJSTK_BRANCH_V1_ID: Final = "bpjstk_branch_v1"


@cache
def audit_rules() -> Mapping[str, Any]:
    """Return the file of the law. Raises RulesBroken."""
    return MappingProxyType(read_yaml(RULES / "audits.yaml"))


@cache
def words() -> Mapping[str, Any]:
    """Return what the file of the law lacks. Raises RulesBroken."""
    return MappingProxyType(read_yaml(RULES / "words.yaml"))


@cache
def bpjstk_branch_v1() -> Definition:
    """Return the shipped instrument. Raises InstrumentInvalid."""
    return read_definition(_canonical(audit_rules()["instrument"]))


def _canonical(given: Mapping[str, Any]) -> dict[str, Any]:
    """Bring the instrument of the law file into the form that all instruments have."""
    types = given["answer_types"]
    return {
        **{key: given[key] for key in ("id", "title_id", "title_en", "version", "origin")},
        "scheme": _scheme_with(given["bands"]),
        "anchors_id": types["scale4"]["anchors_id"],
        "anchors_en": types["scale4"]["anchors_en"],
        "min_denominator": types["percentage"]["min_denominator"],
        "min_respondents": types["survey_negative"]["min_respondents"],
        "dimensions": [{**words()["dimensions"][one["id"]], **one} for one in given["dimensions"]],
    }


def _scheme_with(bands: str) -> str:
    schemes = audit_rules()["ombudsman_assessment"]["schemes"]
    return next(str(scheme["id"]) for scheme in schemes if scheme["bands"] == bands)
