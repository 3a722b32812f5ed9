"""Pages of the moderators."""
