"""What the specifications demand and JSON Schema cannot say, one function for each demand."""
