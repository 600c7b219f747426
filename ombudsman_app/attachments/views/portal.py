"""/portal/attachments: files that an office under watch sends with its answers."""

from ombudsman_app.web.faces import PORTAL

from .inside import Rights, doors_of

bp = doors_of(PORTAL, Rights("attachments.add_answer", "attachments.send_answer", "attachments.read_answer"))
