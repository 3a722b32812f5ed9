"""The resident's way to a badge, and the town-hall desk."""
