"""Who may do what with figures, meetings, duties, rules, outreach and innovations."""

from ombudsman_app.core.policy import Policy

POLICIES: list[Policy] = []
