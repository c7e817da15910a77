"""What people fill in about cooperation."""
