"""People's words: what somebody wrote, in the language they wrote it in, and translations beside it."""
