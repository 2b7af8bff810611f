"""Never seen."""
