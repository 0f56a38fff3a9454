"""A small application, `app.py`, and the tests that its developer wrote with the plugin."""
