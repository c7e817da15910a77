"""Who may write what: the same rules as everywhere in the network, see `intercity.cities.rights`."""

from intercity.cities.rights import (
    check_simulated,
    may_write,
    name_of,
    require_other_officer,
    require_own_officer,
    require_writer,
    speaks_for,
)

__all__ = [
    "check_simulated",
    "may_write",
    "name_of",
    "require_other_officer",
    "require_own_officer",
    "require_writer",
    "speaks_for",
]
