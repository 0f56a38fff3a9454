"""What is imitated: JSON in, JSON or `ServiceError` out. It knows nothing of tests and clients."""
