from alembic import context

connection = context.config.attributes.get("connection")
if context.is_offline_mode():
    context.configure(dialect_name="mysql", literal_binds=True)
else:
    context.configure(connection=connection, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
