"""The terminal chat: a conversation on the left, its sources on the right. A thin front over the same core as `ask`."""
