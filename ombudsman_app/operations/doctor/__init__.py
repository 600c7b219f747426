"""What a caretaker would look at, looked at in one go. Nothing here changes anything."""
