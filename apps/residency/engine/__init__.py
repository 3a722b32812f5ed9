"""Pure functions of the app."""
