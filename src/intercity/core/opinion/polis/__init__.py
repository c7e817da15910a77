"""The recipe "polis": the published mathematics of Polis, to be compared with and to move from.

Described from the public source of the Polis mathematics worker as of October 2024, in our own words and code.
What depends on the history of updates there (warm starts, the smoothed number of groups) is left to arguments.
"""

from intercity.core.opinion.polis.recipe import PolisAnalysis, analyse_polis

__all__ = ["PolisAnalysis", "analyse_polis"]
