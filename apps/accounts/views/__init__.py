"""Pages of accounts: the second step, staff roles, organisations, legal holds."""
