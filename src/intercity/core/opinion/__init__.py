"""Opinions: from votes to common ground, groups and how sure that is."""

from intercity.core.opinion.analyse import Parameters, analyse
from intercity.core.opinion.analysis import SILENCES, Analysis
from intercity.core.opinion.exposure import Exposures
from intercity.core.opinion.polis import PolisAnalysis, analyse_polis
from intercity.core.opinion.votes import AGREE, DISAGREE, PASS, Votes, VotesError, gather

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "SILENCES",
    "Analysis",
    "Exposures",
    "Parameters",
    "PolisAnalysis",
    "Votes",
    "VotesError",
    "analyse",
    "analyse_polis",
    "gather",
]
