TABLES = "dynamodb"
ALARMS = {"mail": "ses", "text": "sns"}
