"""The operator: the contact centre, a question left for it, the place in its line, and whether we helped."""
