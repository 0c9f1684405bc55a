"""An intention to record something becomes the text of a record, or is refused for what it would break."""
