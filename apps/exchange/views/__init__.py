"""The pages of exchange, at the desk."""
