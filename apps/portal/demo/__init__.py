"""The made-up municipality of the demo: data and documents, without any database."""
