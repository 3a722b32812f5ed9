"""Pure parts of moderation: what a statement of reasons holds, and when it is complete."""
