"""Files that a job made for one person: kept for a day, fetched by whoever asked for them."""
