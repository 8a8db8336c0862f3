"""What operators do in the contact centre."""
