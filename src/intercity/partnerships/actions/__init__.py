"""What cities do together: the only writers of what they seek, promise, report, confirm and agree."""
