"""What a page calls the sources of the directory. The registry (`data/sources.yaml`) speaks to its makers.

A source that has no line here keeps the title of the registry; a test asks for a line where the shipped
data name one. Names with a date that both languages write alike need no translation.
"""

from typing import Any

from flask_babel import lazy_gettext as _l

from .reference import source_titles

SOURCE_WORDS: dict[str, Any] = {
    "gk": _l("what is generally known"),
    "uu37_2008": _l("Law 37/2008 on the Ombudsman"),
    "pmn44_2015": _l("Minister of Manpower Regulation 44/2015 on construction work, replaced by 5/2021"),
    "jht5": _l("press reports on Minister of Manpower Regulation 4/2022: JHT within 5 working days"),
    "jkm3": _l("Minister of Manpower Regulation 1/2025, Article 79"),
    "ori_kanal": _l("press reports on how to reach the Ombudsman"),
    "wilayah": _l("cahyadsn/wilayah (MIT), codes of the Home Ministry of 2025"),
    "inpres_addr": _l("press reports on whom Inpres 2/2021 speaks to"),
    "inpres_wapres": _l("press reports on Inpres 2/2021 and Permendagri 27/2021"),
    "kajian_mabar": _l("press reports on the hand-over in Manggarai Barat, 7 November 2024"),
    "bengkulu_skk": _l("Pedoman Bengkulu, August 2022"),
    "cov_manggarai21": _l("Antara Kupang, figures of December 2021"),
    "cov_ntt2025": _l("press reports on coverage in NTT, 2025"),
    "cov_sulsel2025": _l("Bisnis.com Sulawesi, 16 July 2025"),
    "cov_malaka": _l("Pena Malaka, 16 May 2025"),
    "cov_ntb2025": _l("press reports on coverage in NTB, June to September 2025"),
    "cov_sulama2021": _l("Tribun Timur, 13 December 2021: participants and potential by province"),
    "cov_sulteng2025": _l("Referensia.id, May 2025"),
    "cov_mabar_sep25": "Antara Kupang, 11 September 2025",
    "cov_mabar_late25": _l("Antara Kupang, 2025, without a day"),
    "cov_manokwari": _l("Media Pro Rakyat, 22 May 2025"),
    "seed0": "Labuan Bajo Voice, 7 November 2024",
    "seed1": "Timex Kupang, 8 November 2022",
    "seed2": _l("Pos Kupang, undated"),
    "seed3": _l("Dikita.id, 12 August 2020"),
    "seed4": "Jarrakpos, 20 November 2024",
}


def source_words() -> dict[str, Any]:
    """Return what to call each source, by its key."""
    return {**source_titles(), **SOURCE_WORDS}
