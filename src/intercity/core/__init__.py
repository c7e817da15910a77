"""Pure computation: arrays in, frozen results out. Knows no Django, no database, no network."""
