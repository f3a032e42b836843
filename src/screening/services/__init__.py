"""What the app does: read the data, assess, keep and read answers. No drawing."""
