"""Programs run by hand: they try the whole of what the tests take samples of."""
