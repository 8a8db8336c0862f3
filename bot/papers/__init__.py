"""The referral on paper: the page that can be printed, and what its QR code leads to."""
