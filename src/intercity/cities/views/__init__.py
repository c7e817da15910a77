"""Pages about cities, their ties, and stories."""
