"""Where the house meets allauth and the broker of MitID."""
