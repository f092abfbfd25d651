"""The formats that services for continuous integration and code review read, one module each."""
