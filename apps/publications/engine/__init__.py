"""Pure functions of publications."""
