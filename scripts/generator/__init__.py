"""What turns the commands into completion files and a man page: a module for each kind of file."""
