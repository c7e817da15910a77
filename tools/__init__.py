"""Programs that make what the package carries; nothing here is installed."""
