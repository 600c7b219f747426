"""The public face of the directory."""
