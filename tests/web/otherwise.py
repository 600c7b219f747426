"""What answers otherwise than with a page, in a world where nobody asked for a file and no day is over."""

OTHERWISE = {
    "language.choose": 302,
    "public.documents.file": 422,  # a form that asks for a file
    # leads on: to a question before, to the page that says how far the file is, to what is decided already
    "public.complaints.counter": 302,
    "public.complaints.linked_letter": 302,
    "public.complaints.letter_file": 302,
    "public.complaints.complete": 302,
    "staff.accounts.recovery_codes": 302,
    "staff.findings.origin": 302,
    "staff.findings.edit": 302,
    "portal.findings.paper": 302,
    "portal.compliance.letter": 302,  # until it is drawn
    "portal.meetings.paper": 302,  # the same
    "portal.findings.acknowledgement_file": 302,
    "portal.clarifications.acknowledgement_file": 302,
    "portal.clarifications.more_time": 302,
    "portal.audits.acknowledgement_file": 302,
    "portal.audits.letter": 302,  # the letter of the draft is being made
    # of a person: here they are nobody's (`tests/routes.py`)
    "portal.duties.propose": 404,
    "portal.duties.proposal": 404,
    "staff.directory.poster": 404,
    "staff.directory.poster_file": 404,
    "staff.documents.issuing": 404,
    "staff.documents.preview": 404,
    "staff.documents.preview_file": 404,
    "staff.complaints.view": 404,
    "staff.audits.sheet": 404,
    "staff.employers.estimate_order": 404,
    "staff.employers.estimate_file": 404,
    "staff.audits.sheet_file": 404,
    "staff.audits.instrument_order": 404,
    "staff.audits.instrument_form": 404,
    "staff.audits.sending": 404,
    "staff.imports.rejected": 404,
    "staff.imports.rejected_file": 404,
    "staff.findings.export_file": 403,  # until another person releases it
}
