"""A network to look at: real places with their sources, statements of our own, simulated votes, and nobody real.

All facts are in the JSON files of this folder; no other part of the package knows them.
"""

from intercity.demonstration.answering import answer_demonstration
from intercity.demonstration.build import AnotherNetworkError, build_demonstration
from intercity.demonstration.people import Account

__all__ = ["Account", "AnotherNetworkError", "answer_demonstration", "build_demonstration"]
