"""What templates about practices can say."""
