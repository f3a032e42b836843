"""The test runner: times or counts one side of one test, in the browser, and reports once."""
