"""The API of RFCs: the same actions, filters and refusals as the pages."""
