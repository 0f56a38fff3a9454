"""What a test prepares and reads: calls, simulations, assertions, reports, hints, coverage."""
