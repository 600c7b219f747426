"""Who may do what with figures, meetings, duties, rules, outreach and innovations."""

from .duty_policies import DUTY_POLICIES
from .figure_policies import FIGURE_POLICIES
from .import_policies import IMPORT_POLICIES
from .innovation_policies import INNOVATION_POLICIES
from .local_rule_policies import LOCAL_RULE_POLICIES
from .meeting_policies import POLICIES as MEETING_POLICIES
from .outreach_policies import OUTREACH_POLICIES

POLICIES = [
    *FIGURE_POLICIES,
    *IMPORT_POLICIES,
    *INNOVATION_POLICIES,
    *LOCAL_RULE_POLICIES,
    *DUTY_POLICIES,
    *MEETING_POLICIES,
    *OUTREACH_POLICIES,
]
