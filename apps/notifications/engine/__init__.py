"""Pure functions of notifications."""
