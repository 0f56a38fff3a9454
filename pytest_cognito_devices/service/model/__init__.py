"""The state: the account, its pools, and their clients, users, devices and sessions."""
