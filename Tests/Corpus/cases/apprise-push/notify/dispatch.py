import json
import logging
import string
from pathlib import Path
from urllib.parse import parse_qsl

import apprise

HERE = Path(__file__).parent
logging.getLogger("apprise").setLevel(logging.CRITICAL)


class Dispatcher:
    """Apprise with the team's configuration; without a network in the rehearsal."""

    def __init__(self, dry_run):
        self.dry_run = dry_run
        self.asset = apprise.AppriseAsset(async_mode=False, app_id="Alarms", plugin_paths=[str(HERE / "channels")])
        self.teams = {}

    def __enter__(self):
        if self.dry_run:
            from .rehearsal import rehearse

            self.mocker = rehearse(HERE / "answers.json")
            self.mocker.start()
        return self

    def __exit__(self, *error):
        if self.dry_run:
            self.mocker.stop()

    def team(self, name):
        if name not in self.teams:
            file = HERE / f"{name}.yml"
            if not file.exists():
                raise KeyError(name)
            config = apprise.AppriseConfig(asset=self.asset)
            config.add(str(file))
            self.teams[name] = apprise.Apprise(asset=self.asset)
            self.teams[name].add(config)
        return self.teams[name]

    def send(self, alarm):
        text = string.Template((HERE / "templates" / f"{alarm['kind']}.md").read_text())
        ok = self.team(alarm["team"]).notify(
            title=f"[{alarm['kind']}] {alarm['title']}", body=text.substitute(alarm),
            notify_type=alarm.get("severity", "warning"), body_format=apprise.NotifyFormat.MARKDOWN,
            tag=alarm.get("tag", "everyone"))
        return [alarm["team"], bool(ok)]

    @staticmethod
    def forget(found):
        """What differs from one delivery to the next."""
        return {key: value for key, value in found.items() if key not in ("ts", "id")}

    def requests(self):
        if not self.dry_run:
            return []
        seen = []
        for request in self.mocker.request_history:
            body = request.text or ""
            if body.startswith("<"):
                body = [line.strip() for line in body.splitlines()]
            else:
                try:
                    body = json.loads(body, object_hook=self.forget)
                except ValueError:
                    body = dict(parse_qsl(body))
            seen.append([request.method, f"{request.scheme}://{request.netloc}{request.path}", body])
        return sorted(seen, key=str)

    def services(self):
        return {name: sorted(type(service).__name__ for service in team)
                for name, team in sorted(self.teams.items())}
