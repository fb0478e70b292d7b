"""What commands use beside it."""
