"""Builds the data package in data/ from the raw fact sheets: python -m tools.build_data RAW_FOLDER [--out data]."""
