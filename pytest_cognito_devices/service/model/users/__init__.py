"""Users, and what each of them has: devices, sessions, passwords, factors."""
