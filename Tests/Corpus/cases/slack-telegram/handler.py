"""A Slack app behind Lambda's adapter and a Telegram bot that gets its update as JSON."""

import asyncio
import hashlib
import hmac
import json
import time

from slack_bolt import App
from slack_bolt.adapter.aws_lambda import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.webhook import WebhookClient
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes, filters
from telegram.helpers import escape_markdown

seen = []


def authorize(enterprise_id, team_id):
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1", bot_id="B", bot_user_id="U0")


app = App(signing_secret="secret", process_before_response=True, authorize=authorize)


@app.middleware
def log(next):
    seen.append("middleware")
    next()


@app.command("/tea")
def tea(ack, command):
    ack(text=f"tea for {command['text']}")


class Context:
    function_name, log_stream_name, invoked_function_arn = "f", "s", "arn:aws:lambda:eu-west-1:1:function:f"


def slack(body):
    stamp = str(int(time.time()))
    signature = hmac.new(b"secret", f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "body": body, "isBase64Encoded": False, "requestContext": {"http": {"method": "POST"}},
        "headers": {
            "content-type": "application/x-www-form-urlencoded", "x-slack-request-timestamp": stamp,
            "x-slack-signature": "v0=" + signature},
    }


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE):
    seen.append(f"{update.effective_user.full_name}: {context.args}")


async def telegram(update):
    bot = ApplicationBuilder().token("1:a").updater(None).build()
    bot.add_handler(CommandHandler("start", start, filters=filters.ChatType.PRIVATE))
    bot._initialized = True
    bot.bot._bot_user = Update.de_json(update, bot.bot).effective_user
    bot.bot._initialized = True
    await bot.process_update(Update.de_json(update, bot.bot))


def handler(event, context):
    requests = SlackRequestHandler(app=app)
    asked = requests.handle(slack("command=%2Ftea&text=two&team_id=T&user_id=U&user_name=u&api_app_id=A"), Context())
    forged = requests.handle({**slack("a=b"), "headers": {}}, Context())
    asyncio.run(telegram(event["update"]))
    blocks = [SectionBlock(text="*hello*"), ActionsBlock(elements=[ButtonElement(text="Go", action_id="go")])]
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    url = AuthorizeUrlGenerator(client_id="c", scopes=["chat:write"]).generate("s")
    return {
        "asked": [asked["statusCode"], asked["body"]], "forged": forged["statusCode"], "seen": seen,
        "blocks": [b.to_dict()["type"] for b in blocks], "markup": markup.to_dict(), "url": url,
        "escaped": escape_markdown("a_b*c", version=2), "hook": WebhookClient("https://hooks.slack.com/a").url,
        "state": FileOAuthStateStore(expiration_seconds=3, base_dir="/tmp").expiration_seconds,
    }
