"""Forms of initiatives: shape only. Whether something may be done is the actions' business."""
