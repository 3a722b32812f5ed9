"""Pure functions of discussions."""
