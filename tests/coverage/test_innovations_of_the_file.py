"""The shipped innovations say only what a source says."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from ombudsman_app.core.workflow.rules import RulesBroken
from ombudsman_app.coverage import shipped_innovations as shipped
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus
from ombudsman_app.directory.errors import ReferenceBroken

_FILE = Path(shipped.__file__).parent / "data" / "shipped_innovations.yaml"


def test_given_the_file_when_read_then_wecare_is_whole_and_claims_no_number() -> None:
    (wecare,) = shipped.shipped_innovations()

    assert (wecare.slug, wecare.place_code, wecare.since) == ("wecare", "53.15", None)
    assert (wecare.status, wecare.status_on) == (InnovationStatus.RUNNING, date(2024, 11, 7))
    assert [told.aspect for told in wecare.statements] == [Aspect.WHAT, Aspect.FUNDING, Aspect.TARGET_GROUP]
    assert {told.src for told in wecare.statements} == {("seed0",)}
    assert all(told.aspect is not Aspect.RESULT for told in wecare.statements), "no source names a number"
    assert any("1.000" in note for note in wecare.notes)


def test_given_the_criteria_when_read_then_the_six_are_there_in_order() -> None:
    assert [one.id for one in shipped.criteria()] == [
        "reach", "continuity", "cost_per_person", "replicability", "legal_basis", "effect_on_gap",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("src", "refusal"), [([], ReferenceBroken), (["nobody"], RulesBroken)], ids=["none", "unknown"]
)
def test_given_a_statement_without_a_known_source_when_read_then_it_is_refused(
    tmp_path: Path, src: list[str], refusal: type[Exception]
) -> None:
    held = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    held["innovations"][0]["statements"][1]["src"] = src
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump(held), encoding="utf-8")

    with pytest.raises(refusal):
        shipped.shipped_innovations(broken)


def test_given_a_slug_twice_when_read_then_it_is_refused(tmp_path: Path) -> None:
    held = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    held["innovations"] *= 2
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump(held), encoding="utf-8")

    with pytest.raises(ReferenceBroken, match="twice"):
        shipped.shipped_innovations(broken)
