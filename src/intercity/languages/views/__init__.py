"""What translators, readers and the secretariat see of languages."""
