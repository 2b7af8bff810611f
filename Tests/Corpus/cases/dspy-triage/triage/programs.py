from typing import Literal

import dspy
import pydantic


class Summary(pydantic.BaseModel):
    subject: str
    urgency: int = pydantic.Field(ge=1, le=5)


class Summarise(dspy.Signature):
    """Summarise the ticket for the person on duty."""

    ticket: str = dspy.InputField()
    summary: Summary = dspy.OutputField()
    language: Literal["de", "en"] = dspy.OutputField()


class Triage(dspy.Module):
    def __init__(self, teams):
        super().__init__()
        self.summarise = dspy.Predict(Summarise)
        self.route = dspy.ChainOfThought(dspy.Signature("subject: str, teams: list[str] -> team: str, confident: bool", "Choose a team."))
        self.teams = teams

    def forward(self, ticket):
        told = self.summarise(ticket=ticket)
        routed = self.route(subject=told.summary.subject, teams=self.teams)
        return dspy.Prediction(summary=told.summary.model_dump(), language=told.language, team=routed.team, confident=routed.confident, why=routed.reasoning)


def helper(tools, question):
    agent = dspy.ReAct("question -> answer", tools=tools, max_iters=3)
    found = agent(question=question)
    return {"answer": found.answer, "trajectory": {k: v for k, v in found.trajectory.items() if not k.startswith("thought")}}
