"""Numbers are read by length and characters strictly; what is odd is told and never refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ombudsman_app.employers.identifier_words import DOUBT_WORDS, refused_words
from ombudsman_app.employers.identifiers import (
    UNKNOWN,
    Doubt,
    Identifier,
    IdentifierRefused,
    Refusal,
    is_of_person,
    is_placeholder,
    masked,
    read_identifier,
)

NPWP15 = "013456789012000"  # its ninth digit does not fit
FIT15 = "013456780012000"


def _luhn_holds(nine: str) -> bool:
    """Luhn by another way than the product's: over all nine from the right, each second one doubled."""
    sums = [int(d) if i % 2 == 0 else sum(map(int, str(int(d) * 2))) for i, d in enumerate(reversed(nine))]
    return sum(sums) % 10 == 0


def _fitting() -> str:
    return next(f"01345678{digit}012000" for digit in range(10) if _luhn_holds(f"01345678{digit}"))


@pytest.mark.parametrize(
    ("kind", "typed", "value", "tail"),
    [
        (Identifier.NPP, "ab 123456", "AB123456", None),
        (Identifier.NPP, "AB123456-001", "AB123456", "001"),
        (Identifier.NPP, "JJ012345000", "JJ012345", "000"),
        (Identifier.NIB, "9120001234567", "9120001234567", None),
        (Identifier.NIB, " 9120 0012 34567 ", "9120001234567", None),
        (Identifier.NPWP, "0013456789012000", "0013456789012000", None),
        (Identifier.NPWP, "01.345.678.9-012.000", "0013456789012000", None),
        (Identifier.NPWP, NPWP15, "0" + NPWP15, None),
        (Identifier.NITKU, "0013456789012000000001", "0013456789012000000001", "000001"),
        (Identifier.NIK, "5315104507900002", "5315104507900002", None),
        (Identifier.KPJ, "0123456789a", "0123456789A", None),
        (Identifier.PROJECT_NO, " AA/2026-0001.x ", "AA/2026-0001.x", None),
        (Identifier.NIB, "'9120001234567", "9120001234567", None),
    ],
)
def test_given_a_number_as_people_write_it_then_its_one_form_is_read(kind, typed, value, tail):
    read = read_identifier(kind, typed)
    assert (read.value, read.tail) == (value, tail)


@pytest.mark.parametrize("kind", list(Identifier))
@pytest.mark.parametrize("typed", [None, "", "  ", "-", "Tidak ada", "n/a", "BELUM  ADA"])
def test_given_an_unknown_number_then_it_is_allowed(kind, typed):
    assert read_identifier(kind, typed) == UNKNOWN


def test_given_zeros_alone_then_the_number_is_unknown():
    assert read_identifier(Identifier.NPWP, "00.000.000.0-000.000") == UNKNOWN
    assert read_identifier(Identifier.NIB, 0) == UNKNOWN


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        (Identifier.NIB, "912000123456", Refusal.TOO_SHORT),
        (Identifier.NIB, "91200012345678", Refusal.TOO_LONG),
        (Identifier.NIB, "912000123456A", Refusal.CHARACTERS),
        (Identifier.NIB, "91200012345６7", Refusal.CHARACTERS),
        (Identifier.NIB, "912000123456²", Refusal.CHARACTERS),
        (Identifier.NPWP, "1345678901200", Refusal.TOO_SHORT),
        (Identifier.NPWP, "00134567890120001", Refusal.TOO_LONG),
        (Identifier.NPWP, "00134567890120O0", Refusal.CHARACTERS),
        (Identifier.NPP, "AB12345", Refusal.TOO_SHORT),
        (Identifier.NPP, "AB1234567", Refusal.TOO_LONG),
        (Identifier.NPP, "AB123456-0O1", Refusal.CHARACTERS),
        (Identifier.NPP, "AB_23456", Refusal.CHARACTERS),
        (Identifier.NITKU, "001345678901200000001", Refusal.TOO_SHORT),
        (Identifier.NIK, "531510450790000", Refusal.TOO_SHORT),
        (Identifier.KPJ, "0123456789", Refusal.TOO_SHORT),
        (Identifier.PROJECT_NO, "a/1", Refusal.TOO_SHORT),
        (Identifier.PROJECT_NO, "a" * 41, Refusal.TOO_LONG),
        (Identifier.PROJECT_NO, "no:1234", Refusal.CHARACTERS),
        (Identifier.NIB, True, Refusal.NOT_TEXT),
        (Identifier.NIB, ["9120001234567"], Refusal.NOT_TEXT),
    ],
)
def test_given_another_form_then_it_is_refused_with_a_code_and_words(kind, given, code):
    with pytest.raises(IdentifierRefused) as refused:
        read_identifier(kind, given)
    assert refused.value.code is code
    assert all(refused_words(refused.value))


@pytest.mark.parametrize(
    "given", [9120001234567.0, 1.23e15, "1.23E+15", "1,23456E+15", "9120001234567.0", "9120001234567,00"]
)
@pytest.mark.parametrize("kind", [Identifier.NIB, Identifier.NPWP, Identifier.NIK, Identifier.NITKU])
def test_given_a_floating_number_then_no_lost_digit_is_guessed(kind, given):
    with pytest.raises(IdentifierRefused) as refused:
        read_identifier(kind, given)
    assert refused.value.code is Refusal.FLOAT
    assert "text" in refused_words(refused.value)[0]


def test_given_a_check_digit_that_does_not_fit_then_it_is_only_a_doubt():
    assert read_identifier(Identifier.NPWP, _fitting()).doubts == ()
    wrong = _fitting()
    wrong = wrong[:8] + str((int(wrong[8]) + 1) % 10) + wrong[9:]
    assert read_identifier(Identifier.NPWP, wrong).doubts == (Doubt.CHECK_DIGIT,)
    assert read_identifier(Identifier.NPWP, "0" + wrong).doubts == (Doubt.CHECK_DIGIT,)


def test_given_a_nitku_of_another_npwp_then_it_is_only_a_doubt():
    nitku = "0" + _fitting() + "000002"
    assert read_identifier(Identifier.NITKU, nitku, npwp="0" + _fitting()).doubts == ()
    assert read_identifier(Identifier.NITKU, nitku, npwp="0999999999999999").doubts == (Doubt.OTHER_NPWP,)


@pytest.mark.parametrize(
    ("nik", "doubts"),
    [
        ("5315101205900001", ()),
        ("5315105205900001", ()),  # a woman: 12 + 40
        ("5315102902000001", ()),  # 29 February 2000, or never 1900: some day of both centuries
        ("5315102902010001", (Doubt.BIRTH_DAY,)),
        ("5315103113900001", (Doubt.BIRTH_DAY,)),
        ("5315100005900001", (Doubt.BIRTH_DAY,)),
        ("5315104005900001", (Doubt.BIRTH_DAY,)),
        ("5315101205900000", (Doubt.LAST_DIGITS,)),
        ("9915101205900001", (Doubt.AREA,)),
    ],
)
def test_given_a_nik_then_area_day_and_last_digits_are_looked_at(nik, doubts):
    assert read_identifier(Identifier.NIK, nik).doubts == doubts


def test_given_the_tax_number_of_a_human_being_then_it_is_known_as_one():
    read = read_identifier(Identifier.NPWP, "5315 1012 0590 0001")
    assert read.is_of_person
    assert is_of_person(read.value)
    assert not read_identifier(Identifier.NPWP, _fitting()).is_of_person
    assert read_identifier(Identifier.NITKU, "5315101205900001000000").is_of_person


def test_given_a_number_in_a_cell_then_it_is_told_that_zeros_may_be_missing():
    read = read_identifier(Identifier.NIB, 9120001234567)
    assert (read.value, read.doubts) == ("9120001234567", (Doubt.ONE_LOST_DIGIT,))


@pytest.mark.parametrize("typed", ["1111111111111", "1234567890123", "9999999999999"])
def test_given_a_number_typed_to_fill_the_field_then_it_is_a_doubt(typed):
    assert read_identifier(Identifier.NIB, typed).doubts == (Doubt.PLACEHOLDER,)
    assert is_placeholder(typed)


def test_numbers_of_people_are_masked_as_the_privacy_page_says():
    assert masked(Identifier.NIK, "5315101205900012") == "5315**********12"
    assert masked(Identifier.NPWP, "5315101205900012") == "5315**********12"
    assert masked(Identifier.KPJ, "12345678345") == "********345"
    assert masked(Identifier.NPWP, "0013456789012000") == "0013456789012000"
    assert masked(Identifier.NIB, "9120001234567") == "9120001234567"
    assert masked(Identifier.NITKU, "5315101205900012000001").startswith("5315*")


def test_every_doubt_has_words():
    assert set(DOUBT_WORDS) == set(Doubt)


@settings(max_examples=500)
@given(
    kind=st.sampled_from(Identifier),
    typed=st.one_of(st.text(max_size=60), st.text("0123456789.- E+", max_size=30)),
)
def test_whatever_is_typed_is_read_or_refused_and_reading_again_changes_nothing(kind, typed):
    try:
        read = read_identifier(kind, typed)
    except IdentifierRefused:
        return
    if read.value is not None:
        again = read_identifier(kind, read.value + (read.tail or "" if kind is Identifier.NPP else ""))
        assert (again.value, again.tail) == (read.value, read.tail)
