import sqlglot


def ask(pipeline, file):
    answers = {}
    for statement in sqlglot.parse(file.read_text(), read="postgres"):
        name = statement.comments[0].strip() if statement.comments else statement.sql()[:20]
        with pipeline.sql_client() as client, client.execute_query(statement.sql(dialect="duckdb", comments=False)) as cursor:
            answers[name] = [[str(value) for value in row] for row in cursor.fetchall()]
    return answers
