"""Every column has a protection level and a retention class (PD8)."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from ombudsman_app.app import import_models
from ombudsman_app.core.db import Base
from ombudsman_app.operations.columns import registry

import_models()
SEALED = (
    "full_name",
    "birth_place",
    "birth_date",
    "marital_status",
    "occupation",
    "address",
    "phone",
    "email",
)


def test_every_column_is_registered() -> None:
    rules = {(rule.table, rule.column): rule for rule in registry(Base.metadata)}
    columns = {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns}
    assert rules.keys() == columns


@pytest.mark.parametrize("field", SEALED)
def test_identity_is_secret(field: str) -> None:
    rules = {(one.table, one.column): one for one in registry(Base.metadata)}
    rule = rules["reporter_identity", field]
    assert (rule.level, rule.kept) == ("P4", "complaint")


def test_given_a_new_table_when_nobody_registered_it_then_it_is_named() -> None:
    grown = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(grown)
    Table("new_thing", grown, Column("id", Integer, primary_key=True))
    with pytest.raises(ValueError, match="new_thing"):
        registry(grown)


def test_given_a_new_column_of_the_reporter_when_nobody_registered_it_then_it_is_named() -> None:
    grown = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(grown)
    grown.tables["reporter_identity"].append_column(Column("shoe_size", Integer))
    with pytest.raises(ValueError, match=r"reporter_identity\.shoe_size"):
        registry(grown)
