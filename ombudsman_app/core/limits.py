"""Sizes of all input. Forms, tables, texts and tests read them here (IN3)."""

REQUEST_BYTES = 1_000_000
JSON_BYTES = 256_000
JSON_DEPTH = 20
FORM_FIELDS = 200
FIELD_CHARACTERS = 40_000  # any field of any form, before the form's own limit speaks

NAME = 200
ADDRESS = 500
SHORT_TEXT = 300
LINE = 120
SEARCH = 100
NARRATIVE = 20_000
NARRATIVE_LEAST = 20
REMEDY = 4_000
PRIOR_EFFORT = 4_000
EMAIL = 254
PHONE = 40
PASSWORD_BYTES = 256
TICKET = 40
MESSAGE = 20_000
NOTE = 20_000
REASON = 4_000
REASON_LEAST = 10
LETTER = 12_000
CONSIDERATIONS_LEAST = 20
FORM_KEY = 64
VIEW_NAME = 60
VIEW_FILTERS = 500
VIEWS_OF_A_PERSON = 12
ACCESS_CODE = 40
CODE = 40  # of an app, or a recovery code with blanks

MIB = 1 << 20
FILE_BYTES = 20 * MIB  # design.md §12 Uploads
VIDEO_BYTES = 50 * MIB
PUBLIC_FILES = 30  # of one case, by the public
PUBLIC_BYTES = 100 * MIB
STAFF_FILES = 200  # of one case, all together
STAFF_BYTES = 500 * MIB
PUBLIC_DAY_BYTES = 2 * PUBLIC_BYTES  # that begin to arrive in a day for one case or draft
ADDRESS_DAY_BYTES = 20 * PUBLIC_BYTES  # and from one address of the public, behind which may be many people
STAFF_DAY_BYTES = 4 * STAFF_BYTES  # and from one person of the staff
FILE_NAME = 120  # characters that are kept of a given name
UPLOAD_PIECE = 256 << 10  # what our pages send at once; a cut loses no more
PLAIN_FORM_BYTES = VIDEO_BYTES + MIB  # all files of one form: they lie in memory while it is read
FREE_BYTES_LEAST = 500 * MIB  # below it nothing more is taken in

PAGE_ROWS = 25
CALENDAR_DAYS = 2_000  # in one calendar file, the next due first
HISTORY_LINES = 200  # of each kind on a case, the newest; the page offers the rest
HISTORY_WHOLE = 10_000
COUNT_STOPS_AT = 1_001  # shown as "more than 1,000"
ID_DIGITS = 9  # fits an INTEGER of PostgreSQL, the narrower of the two databases
EARLIEST_YEAR = 1900
LATEST_YEAR = 2200
