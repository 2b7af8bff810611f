// Shared by the tests: temporary folders, running programs, finding interpreters.
