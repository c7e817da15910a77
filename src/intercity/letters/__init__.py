"""Letters by e-mail: each is written once, in the language of who gets it, and whoever wants none gets none."""
