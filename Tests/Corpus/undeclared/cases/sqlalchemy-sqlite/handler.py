from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]


engine = create_engine("sqlite://")


def handler(event, context):
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Note(body=body) for body in event["notes"])
        session.flush()
        long = session.query(Note).filter(Note.body.like("%long%")).count()
        version = session.execute(text("select count(*) from notes")).scalar_one()
    return {"long": long, "all": version}
