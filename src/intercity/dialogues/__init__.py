"""Dialogues: what cities ask, what people answer, where they agree."""
