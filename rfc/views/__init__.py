"""Pages of RFCs, by what people do there: lists, reading, writing, reviewing, talking."""
