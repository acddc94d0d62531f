"""What the integration tests stand on: the program, the wire, a browser's cookies, tokens of one's own making."""
