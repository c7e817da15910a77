"""Teaches the native encoder's space to further languages, by sentences and their translations into English.

A small network per language learns to hit the vector that the native encoder gives the English side (Reimers and
Gurevych 2020). What that takes and what came of it: docs/methods/meaning.md.
"""
