"""From element trees, HTML or XML, to blocks of the model."""
