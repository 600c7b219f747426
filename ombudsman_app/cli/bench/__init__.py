"""`ombudsman bench`: many invented complaints, and what the pages cost (`docs/measurements.md`)."""
