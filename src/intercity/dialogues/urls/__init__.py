"""Addresses of dialogues: to read, to take part, to prepare and keep order."""

from intercity.dialogues.urls import keeping, reading, taking_part

urlpatterns = [*reading.urlpatterns, *taking_part.urlpatterns, *keeping.urlpatterns]
