"""Intercity: the room in which a network of cities keeps working together between its summits."""

from importlib.metadata import version

__version__ = version("intercity")
