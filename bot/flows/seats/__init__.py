"""Free places: looked at by anybody; a seat held, confirmed, and its referral by the signed-in parent."""
