"""What templates need to show events."""
