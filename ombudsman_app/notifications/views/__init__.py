"""The pages of notifications, by face."""
