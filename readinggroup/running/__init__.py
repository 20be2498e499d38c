"""Running the whole site on one machine: child processes, the embedded broker, and who looks after them."""
