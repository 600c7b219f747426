"""Who may do what with figures, meetings, duties, rules, outreach and innovations."""

from .figure_policies import FIGURE_POLICIES

POLICIES = [*FIGURE_POLICIES]
