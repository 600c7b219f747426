"""Pages of coverage, by face."""
