"""What a user pool is made of, as plain state: devices, sessions, users, pools, the service."""
