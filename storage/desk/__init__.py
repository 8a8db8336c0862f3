"""What the pages for staff show: houses with groups, seats that were reported, who asks for them."""
