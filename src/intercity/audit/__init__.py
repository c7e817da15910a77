"""Who did what when: one append-only, hash-chained table, written by actions."""
