"""What a paper says, as data for the layout: a module for each result, named as its own, with a function `sheet`."""
