"""What services return and views draw: plain values. A result's document and its screen have the name of its module."""
