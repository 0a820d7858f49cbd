"""What Keben needs of a machine, and how it gets there."""
