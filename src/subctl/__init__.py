"""subctl: look after a workspace's subscription from the command line."""

__version__ = "0.1.0"
