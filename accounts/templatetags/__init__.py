"""Tags of pages about what people follow."""
