"""Customers' addresses."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade():
    op.add_column("customer", sa.Column("email", sa.String(100)))


def downgrade():
    with op.batch_alter_table("customer") as batch:
        batch.drop_column("email")
