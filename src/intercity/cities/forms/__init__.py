"""Forms about cities, their ties, and stories."""
