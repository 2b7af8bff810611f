"""Customers."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade():
    op.create_table("customer", sa.Column("id", sa.Integer, primary_key=True))


def downgrade():
    op.drop_table("customer")
