"""The local rules that the rules' file names come into the register as they are told."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.core.db import db
from ombudsman_app.coverage.local_rule_seeds import load
from ombudsman_app.coverage.local_rules import RuleState, Verification
from ombudsman_app.coverage.models import LocalRule, LocalRuleEvent


@pytest.mark.usefixtures("in_app")
def test_given_the_file_when_loaded_twice_then_each_rule_is_there_once_and_unverified() -> None:
    assert load() == "Local rules: 5 of the rules' file added."
    assert load() == "Local rules: 0 of the rules' file added."

    rules = {rule.reference: rule for rule in db.session.scalars(select(LocalRule))}
    perbup = rules["perbup-5-manggarai-barat"]
    assert (perbup.year, perbup.year_in_source, perbup.number) == (None, "2033", "5")
    assert "2033" in perbup.note
    assert rules["perda-manggarai-barat"].status is RuleState.DISPUTED
    assert rules["perda-sulawesi-barat"].status is RuleState.IN_DPRD
    assert rules["perda-sulawesi-barat"].status_on.isoformat() == "2020-08-12"
    assert rules["perda-3-manokwari"].year == 2022
    assert {rule.verification for rule in rules.values()} == {Verification.UNVERIFIED}
    assert {rule.source_keys for rule in rules.values()} >= {"seed0", "seed3", "cov_manokwari"}


@pytest.mark.both_databases
@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    "statement", ["UPDATE local_rule_event SET words = ''", "DELETE FROM local_rule_event"]
)
def test_given_a_history_when_somebody_would_change_it_then_the_database_refuses(statement: str) -> None:
    load()
    with pytest.raises(DBAPIError, match="stays as it was written"):
        db.session.execute(text(statement))
    db.session.rollback()

    assert db.session.scalars(select(LocalRuleEvent.words)).first()
