"""Numbers and days in words, as minutes write them, and what somebody typed as paragraphs."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from ombudsman_app.web.formats import day_in_words, in_words, paragraphs
from ombudsman_app.web.spelling import MOST, spell_out


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (210, "dua ratus sepuluh"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (21_105, "dua puluh satu ribu seratus lima"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_001, "satu juta seribu satu"),
        (10**9 + 10**6, "satu miliar satu juta"),
        (10**12 + 1, "satu triliun satu"),
        (-7, "minus tujuh"),
    ],
)
def test_given_a_number_when_spelled_then_it_is_as_one_says_it(number: int, words: str):
    assert spell_out(number) == words


def test_given_a_number_without_a_name_when_spelled_then_it_is_refused():
    assert spell_out(MOST - 1).startswith("sembilan ratus sembilan puluh sembilan triliun")
    with pytest.raises(ValueError, match="too big"):
        spell_out(MOST)


def test_given_a_day_when_minutes_begin_then_it_stands_in_words(spoken_app: Flask):
    with spoken_app.app_context():
        with force_locale("id"):
            assert day_in_words(date(2026, 8, 17)) == (
                "Senin tanggal tujuh belas bulan Agustus tahun dua ribu dua puluh enam"
            )
            assert in_words(30) == "30 (tiga puluh)"
        with force_locale("en"):
            assert day_in_words(date(2026, 8, 17)) == "Monday, 17 August 2026"
            assert in_words(30) == "30"


def test_given_typed_text_when_set_then_empty_lines_part_paragraphs():
    assert paragraphs("a\r\nb\r\n \r\n\r\n c \n\n") == [["a", "b"], ["c"]]
    assert paragraphs(" \n ") == []
