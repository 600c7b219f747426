"""A name has one form, whoever wrote it and however."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ombudsman_app.employers.naming import KEY_LETTERS, normalised

WORDS = (
    "pt cv ud fa po pd perum tbk persero koperasi yayasan ltd co perseroan terbatas usaha dagang perusahaan "
    "daerah ptpn pdam bpr bprs ksp kud rs rm and ii iv xi a b i v x p t c 007 0 & . maju jaya"
)


@pytest.mark.parametrize(
    ("written", "key", "legal_form"),
    [
        ("PT Maju Jaya", "maju jaya", "PT"),
        ("PT. Maju Jaya", "maju jaya", "PT"),
        ("P.T. Maju Jaya", "maju jaya", "PT"),
        ("P T MAJU JAYA", "maju jaya", "PT"),
        ("PT.Maju Jaya", "maju jaya", "PT"),
        ("Maju Jaya, PT", "maju jaya", "PT"),
        ("MAJU JAYA PT.", "maju jaya", "PT"),
        ("  PT   Maju--Jaya  ", "maju jaya", "PT"),
        ("PT Maju Jaya Tbk.", "maju jaya", "PT"),
        ("PT Maju Jaya (Persero) Tbk", "maju jaya", "PT"),
        ("PT (Persero) Maju Jaya", "maju jaya", "PT"),
        ("Perseroan Terbatas Maju Jaya", "maju jaya", "PT"),
        ("C.V. Karya Ma'mur", "karya mamur", "CV"),
        ("CV Karya Ma’mur", "karya mamur", "CV"),
        ("UD. Sumber Rejeki", "sumber rejeki", "UD"),
        ("Usaha Dagang Sumber Rejeki", "sumber rejeki", "UD"),
        ("Firma Sumber", "sumber", "FIRMA"),
        ("Koperasi Unit Desa Mekar", "unit desa mekar", "KOPERASI"),
        ("KUD Mekar", "unit desa mekar", "KOPERASI"),
        ("Yayasan Bina Insan", "bina insan", "YAYASAN"),
        ("Perum BULOG", "bulog", "PERUM"),
        ("PDAM Tirta Manakarra", "air minum tirta manakarra", "PD"),
        ("Perusahaan Daerah Air Minum Tirta Manakarra", "air minum tirta manakarra", "PD"),
        ("Perumda Air Minum Tirta Manakarra", "air minum tirta manakarra", "PERUMDA"),
        ("PTPN XIV", "perkebunan nusantara 14", "PT"),
        ("PT Perkebunan Nusantara 14 (Persero)", "perkebunan nusantara 14", "PT"),
        ("PT Sawit Makmur II", "sawit makmur 2", "PT"),
        ("PT Sawit Makmur I", "sawit makmur 1", "PT"),
        ("PT Sawit Makmur 02", "sawit makmur 2", "PT"),
        ("CV A.B.C.", "abc", "CV"),
        ("PT X L Axiata", "xl axiata", "PT"),
        ("CV Budi & Anak", "budi dan anak", "CV"),
        ("CV Budi dan Anak", "budi dan anak", "CV"),
        ("Café Déjà Vu", "cafe deja vu", None),
        ("PT Toyota Motor Co., Ltd", "toyota motor", "PT"),
        ("Hotel Maju", "hotel maju", None),
        ("PT", "pt", "PT"),
        ("株式会社", "株式会社", None),
        ("...", "...", None),
        ("", "-", None),
    ],
)
def test_given_a_name_as_lists_have_it_then_it_has_one_form(written, key, legal_form):
    assert normalised(written)[:2] == (key, legal_form)


@pytest.mark.parametrize(
    ("one", "other"),
    [("PT Maju", "PT Maju Makmur"), ("PT Sawit 1", "PT Sawit 11"), ("CV Sari Jaya", "CV Sari Raya")],
)
def test_given_names_of_different_firms_then_their_forms_differ(one, other):
    assert normalised(one).key != normalised(other).key


@settings(max_examples=800)
@given(
    st.one_of(
        st.text(max_size=250),
        st.lists(st.sampled_from(WORDS.split()), max_size=70).map(" ".join),
        st.lists(st.sampled_from(WORDS.split()), max_size=6).map(".".join),
    )
)
@example("bprs " * 40)
@example("A" * 400)
def test_the_form_of_a_form_is_the_same_and_fits_its_column(written):
    name = normalised(written)
    assert normalised(name.key).key == name.key
    assert 0 < len(name.key) <= KEY_LETTERS
    assert name.tokens == tuple(name.key.split())
