import pandas as pd

DATABASE = "sqlite://"


def handler(event, context):
    numbers = pd.read_sql("SELECT 6 * 7 AS answer, 'pandas' AS who", DATABASE)
    return numbers.to_dict(orient="records")
