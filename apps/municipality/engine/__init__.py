"""Pure functions: when the municipality works."""
