"""What exists: one module or package for each neighbourhood of the model."""
