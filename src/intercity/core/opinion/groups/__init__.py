"""Opinion groups: chosen by stability under resampling, or honestly not found."""

from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.groups.find import find_groups
from intercity.core.opinion.groups.names import keep_names
from intercity.core.opinion.groups.result import Candidate, Groups

__all__ = ["Candidate", "Groups", "adjusted_rand", "find_groups", "keep_names"]
