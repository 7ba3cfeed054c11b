"""Files of questions, asked one after the other: reading them, asking, writing records, going on where one stopped."""
