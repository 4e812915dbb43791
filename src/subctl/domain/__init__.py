"""The rules, pure: no file, no clock, no network; standard library and dateutil only."""
