"""What finished files say, read without the model."""
