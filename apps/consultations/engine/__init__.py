"""Pure functions of consultations."""
