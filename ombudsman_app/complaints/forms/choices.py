"""What can be chosen, in words. The ids are those of `rules/complaints.yaml`; a test compares them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

SUBSTANCES: dict[str, Any] = {
    "jht_claim": _l("Old-age savings claim (JHT)"),
    "jkk_claim": _l("Work accident claim (JKK)"),
    "jkk_medical_plkk": _l("Treatment after a work accident (PLKK hospital or clinic)"),
    "jkm_claim": _l("Death benefit or scholarship (JKM)"),
    "jp_claim": _l("Pension claim (JP)"),
    "jkp_claim": _l("Job loss benefit (JKP)"),
    "registration": _l("Registration or membership card"),
    "data_correction": _l("Correction of my data (NIK, name, double KPJ)"),
    "contributions": _l("Contributions, arrears, bills"),
    "employer_not_registered": _l("My employer does not register its workers"),
    "construction_project": _l("Registration of a construction project"),
    "vulnerable_workers": _l("Vulnerable workers paid by the local or village budget"),
    "village_officials": _l("Village head or village officials"),
    "counter_service": _l("Service at the counter (queue, manners, information)"),
    "digital_channel": _l("Application or website (Lapak Asik, JMO, SIPP)"),
    "complaint_handling": _l("How BPJS handled my complaint"),
    "migrant_workers": _l("Migrant workers"),
}

URGENCIES: dict[str, Any] = {
    "none": _l("No"),
    "emergency": _l("Yes, it is an emergency"),
    "threat_to_life": _l("Yes, somebody's life is in danger"),
    "threat_to_right_to_live": _l("Yes, somebody cannot live without it, for example has no income at all"),
}

CONFIDENTIALITIES: dict[str, Any] = {
    "open": _l("Yes, the office may know my name"),
    "confidential": _l("No, keep my name secret from the office"),
    "anonymous": _l("I do not want to say who I am"),
}

MARITAL_STATUSES: dict[str, Any] = {
    "": _l("I leave this open"),
    "single": _l("Not married"),
    "married": _l("Married"),
    "widowed": _l("Widowed"),
    "divorced": _l("Divorced"),
}

TOLD_FIRST: dict[str, Any] = {
    "yes": _l("Yes, I told them"),
    "no": _l("No, not yet"),
    "afraid": _l("I do not want to, or do not dare"),
}

# F and M items; the Indonesian catalogue gives them the labels of the rules, letter by letter.
ITEM_WORDS: dict[str, Any] = {
    "F1": _l("Full name"),
    "F2": _l("Place and date of birth"),
    "F3": _l("Marital status"),
    "F4": _l("Occupation"),
    "F5": _l("Full address"),
    "F6": _l("Copy of identity (KTP, passport, KITAP)"),
    "F7": _l("Detailed account of the event, act or decision"),
    "F8": _l("The respondent or its superior was told first and did not solve it"),
    "F9": _l("What the reporter expects or asks for"),
    "F10": _l("Material or immaterial loss"),
    "F11": _l("Power of attorney where somebody else reports"),
    "F13": _l("The reporter names the respondent clearly"),
    "F12": _l("Supporting evidence"),
    "M1": _l("The event is not older than two years"),
    "M2": _l("Within the competence of the Ombudsman"),
    "M3": _l("Not before a court (except maladministration in the course of a trial)"),
    "M4": _l("Not being handled by the agency within a reasonable time"),
    "M5": _l("Not yet solved by the respondent"),
    "M6": _l("Not handled by the Ombudsman before or elsewhere"),
    "M7": _l("Not settled by mediation or conciliation of the Ombudsman"),
}


def offered(words: dict[str, Any]) -> list[SelectChoice]:
    """Return choices for a field, in this order; the words stay lazy until the page is written."""
    return [SelectChoice(value, label) for value, label in words.items()]
