"""The test provider of MitID, and walking through its pages."""
