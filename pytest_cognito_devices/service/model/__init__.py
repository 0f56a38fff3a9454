"""What a user pool is made of, as plain state: the account, its pools, and their clients, users, devices and sessions."""
