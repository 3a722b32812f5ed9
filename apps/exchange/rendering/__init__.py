"""How what exchange hands out looks."""
