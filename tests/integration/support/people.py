"""Users of the tests: name and password."""

ALICE = ("alice", "correct horse battery")
BOB = ("bob", "a rather long secret")
