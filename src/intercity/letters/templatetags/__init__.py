"""What other pages show of letters."""
