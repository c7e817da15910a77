"""The network, its cities, and who represents them."""
