"""People's words: originals in any language, translations beside them, and what finds them."""
