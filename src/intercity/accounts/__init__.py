"""People who sign in, how they do, and the roles they have."""
