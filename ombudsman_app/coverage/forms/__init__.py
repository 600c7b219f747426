"""What people type about coverage."""
