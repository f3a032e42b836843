"""Open files of the device: read in the browser, sent once, kept nowhere."""
