"""Pages of cooperation."""
