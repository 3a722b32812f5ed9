"""What of a hearing is the same in another one like it."""

# Stands where a figure has to be filled in anew.
UNFILLED = "–"
