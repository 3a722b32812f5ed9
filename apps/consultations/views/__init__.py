"""The officials' desk for consultations, and the download of their papers."""
