"""What the made-up municipality consists of, one module a theme."""
