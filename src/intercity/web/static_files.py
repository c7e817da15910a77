"""Static files under names that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Before `intercity serve` has gathered and compressed the files, as in tests, they have their plain names."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The name with the content's hash if the files have been gathered."""
        return str(super().stored_name(name)) if self.hashed_files else name
