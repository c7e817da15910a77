"""What templates need to show cities."""
