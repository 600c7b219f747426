"""States in words: the office's name for each, and what the reporter reads. English msgids, no Flask.

The Indonesian catalogue gives `STATE_WORDS` the labels of `rules/complaints.yaml`, letter by letter.
The sentences for the reporter name no person, no date and no number of days: the clock beside them does.
"""

from .flow import ComplaintState


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a text for the catalogue; whoever shows it translates it."""
    return text


_S = ComplaintState

STATE_WORDS: dict[ComplaintState, str] = {
    _S.RECEIVED: N_("Received"),
    _S.CONSULTATION: N_("Consultation without report (KNL)"),
    _S.FORMAL_VERIFICATION: N_("Formal verification"),
    _S.AWAITING_COMPLETION: N_("Waiting for the reporter to complete"),
    _S.MATERIAL_VERIFICATION: N_("Material verification"),
    _S.PLENARY_DECISION: N_("Plenary meeting / meeting of the representative office"),
    _S.RCO: N_("Rapid response of the Ombudsman (RCO)"),
    _S.ASSIGNED: N_("Taken over by the examination unit"),
    _S.DOCUMENT_EXAMINATION: N_("Examination of documents (LHPD)"),
    _S.CLARIFICATION_FIRST: N_("First request for written clarification"),
    _S.CLARIFICATION_SECOND: N_("Second request for written clarification"),
    _S.DIRECT_CLARIFICATION: N_("Direct clarification"),
    _S.SUMMONS: N_("Summons"),
    _S.FIELD_EXAMINATION: N_("Field examination"),
    _S.CONCILIATION_EXAM: N_("Conciliation during the examination"),
    _S.CASE_REVIEW: N_("Case review"),
    _S.REPORTER_REPLY: N_("Reporter's reply to the interim result"),
    _S.REPORT_ISSUED: N_("LHP (formerly LAHP) issued"),
    _S.REPORT_MONITORING: N_("Monitoring of corrective action"),
    _S.RESOLUTION_REVIEW: N_("Review of the LHP (administrative and procedural completeness)"),
    _S.RESOLUTION: N_("Resolution (pre-conciliation/mediation and conciliation/mediation)"),
    _S.SPECIAL_ADJUDICATION: N_("Special adjudication (compensation)"),
    _S.RECOMMENDATION_DRAFT: N_("Drafting of the recommendation"),
    _S.RECOMMENDATION_ISSUED: N_("Recommendation issued"),
    _S.RECOMMENDATION_MONITORING: N_("Monitoring of the recommendation"),
    _S.ESCALATED: N_("Report to the DPR and the President, and publication"),
    _S.CLOSED: N_("Closed"),
}

# Where the reporter's timeline says more than the phase.
PUBLIC_WORDS: dict[ComplaintState, str] = {
    _S.RECEIVED: N_("Received"),
    _S.FORMAL_VERIFICATION: N_("Being checked: is everything there?"),
    _S.MATERIAL_VERIFICATION: N_("Complete. Being checked: may we examine it?"),
    _S.PLENARY_DECISION: N_("Put to our meeting, which decides"),
    _S.ASSIGNED: N_("Accepted, an examiner has it"),
    _S.DOCUMENT_EXAMINATION: N_("Documents are being examined"),
    _S.CLARIFICATION_FIRST: N_("The office was asked for an explanation"),
    _S.CLARIFICATION_SECOND: N_("The office was asked a second time"),
    _S.CASE_REVIEW: N_("The facts are being judged"),
    _S.REPORTER_REPLY: N_("You were told what was found so far"),
    _S.REPORT_ISSUED: N_("The result is written down"),
    _S.REPORT_MONITORING: N_("The office must put it right, and we watch"),
    _S.RESOLUTION_REVIEW: N_("Another unit takes over: not all was put right in time"),
}

PUBLIC_SENTENCES: dict[ComplaintState, str] = {
    _S.RECEIVED: N_("We have received your complaint. An officer will read it soon."),
    _S.CONSULTATION: N_("We have recorded your question as a consultation. It is not a complaint."),
    _S.FORMAL_VERIFICATION: N_("We are checking whether your complaint is complete."),
    _S.AWAITING_COMPLETION: N_("Your complaint is not complete yet. We are waiting for you."),
    _S.MATERIAL_VERIFICATION: N_("Your complaint is complete. We are checking whether we may examine it."),
    _S.PLENARY_DECISION: N_("Our office is deciding whether to examine your complaint."),
    _S.RCO: N_("Your complaint is urgent. We are contacting the office you complained about right now."),
    _S.ASSIGNED: N_("Your complaint was accepted. An examiner has taken it over."),
    _S.DOCUMENT_EXAMINATION: N_("We are examining the documents of your complaint."),
    _S.CLARIFICATION_FIRST: N_("We have asked the office you complained about for a written answer."),
    _S.CLARIFICATION_SECOND: N_(
        "The office you complained about has not answered enough. We have asked again."
    ),
    _S.DIRECT_CLARIFICATION: N_("We are asking the office you complained about for an answer face to face."),
    _S.SUMMONS: N_("We have formally called the people who must answer to come to us."),
    _S.FIELD_EXAMINATION: N_("We are looking for ourselves at the place you complained about."),
    _S.CONCILIATION_EXAM: N_("We are helping you and the office to find a solution together."),
    _S.CASE_REVIEW: N_("We have gathered the facts and are judging them in our team."),
    _S.REPORTER_REPLY: N_("We have told you what we found so far. You may tell us what you think of it."),
    _S.REPORT_ISSUED: N_("The examination has ended. We have written down its result."),
    _S.REPORT_MONITORING: N_("We found a fault. The office must put it right, and we are watching that."),
    _S.RESOLUTION_REVIEW: N_("The office has not put the fault right in time. Another unit takes over."),
    _S.RESOLUTION: N_("We are working with you and the office on a solution."),
    _S.SPECIAL_ADJUDICATION: N_("The Ombudsman is deciding about compensation."),
    _S.RECOMMENDATION_DRAFT: N_("There was no solution. We are writing a recommendation."),
    _S.RECOMMENDATION_ISSUED: N_("The Chair of the Ombudsman has signed a recommendation."),
    _S.RECOMMENDATION_MONITORING: N_("The office must carry out the recommendation. We are watching that."),
    _S.ESCALATED: N_("The recommendation was not carried out. We report this to the DPR and the President."),
    _S.CLOSED: N_("Your complaint is closed."),
}

NEXT_STEPS: dict[ComplaintState, str] = {
    _S.RECEIVED: N_("We check whether anything is missing and tell you. You do not have to do anything now."),
    _S.CONSULTATION: N_("If you want us to examine it, tell us, and we make it a complaint."),
    _S.FORMAL_VERIFICATION: N_("If something is missing, we write to you. Else we look at what it is about."),
    _S.AWAITING_COMPLETION: N_(
        "Send us what is missing. If we get nothing in time, your complaint may count as withdrawn."
    ),
    _S.MATERIAL_VERIFICATION: N_("After this check our office meets and decides. We tell you the result."),
    _S.PLENARY_DECISION: N_(
        "We tell you whether we examine your complaint, and if not, why and who can help."
    ),
    _S.RCO: N_("If this does not solve it quickly, we go on with the ordinary examination."),
    _S.ASSIGNED: N_("The examiner reads all documents first and may ask you questions here."),
    _S.DOCUMENT_EXAMINATION: N_("Next we usually ask the office you complained about for an answer."),
    _S.CLARIFICATION_FIRST: N_("If the office does not answer in time, we ask a second time."),
    _S.CLARIFICATION_SECOND: N_("If there is no answer again, we go on without it."),
    _S.DIRECT_CLARIFICATION: N_("After the meeting we judge what was said and what the documents show."),
    _S.SUMMONS: N_("We hear them when they come. If they stay away, we may call them again."),
    _S.FIELD_EXAMINATION: N_("After the visit we judge everything that we found."),
    _S.CONCILIATION_EXAM: N_("If you agree, both sides sign, and the complaint is closed. Else we go on."),
    _S.CASE_REVIEW: N_("We write the result of the examination, or look for more facts first."),
    _S.REPORTER_REPLY: N_(
        "If you send good reasons or new evidence, we examine again. Else we write the result."
    ),
    _S.REPORT_ISSUED: N_(
        "You get a letter with the result, and what the office must do if we found a fault."
    ),
    _S.REPORT_MONITORING: N_("If the office does what it must, we close. If not, another unit takes over."),
    _S.RESOLUTION_REVIEW: N_("When the file is complete, we look for a solution with both sides."),
    _S.RESOLUTION: N_("If there is a solution, we close. If not, the Ombudsman may write a recommendation."),
    _S.SPECIAL_ADJUDICATION: N_("You get the decision by letter."),
    _S.RECOMMENDATION_DRAFT: N_("The leaders of the Ombudsman decide about it. Only the Chair signs."),
    _S.RECOMMENDATION_ISSUED: N_("It goes to you, to the office and to its superior, who must carry it out."),
    _S.RECOMMENDATION_MONITORING: N_(
        "The superior must tell us what was done. If nothing is, we report it further."
    ),
    _S.ESCALATED: N_("We publish it. After that we close the complaint."),
    _S.CLOSED: N_("We have sent you the reason. You may object to the result once."),
}

# Forms of maladministration by their ids of the rules; the catalogue gives them the labels of the rules.
FORM_WORDS: dict[str, str] = {
    "undue_delay": N_("Undue delay"),
    "no_service": N_("Not giving a service"),
    "incompetence": N_("Lack of competence"),
    "abuse_of_authority": N_("Abuse of authority"),
    "procedure_deviation": N_("Deviation from procedure"),
    "request_for_reward": N_("Request for a reward"),
    "impropriety": N_("Improper conduct"),
    "partiality": N_("Taking sides"),
    "discrimination": N_("Discrimination"),
    "conflict_of_interest": N_("Conflict of interest"),
}
