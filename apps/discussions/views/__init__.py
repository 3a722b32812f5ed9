"""Pages on which people write, and look after what they wrote."""
