"""One webhook for several networks: Telegram, Discord, X and Reddit, with answers that are made up."""

import asyncio
import datetime
import io
import json

import discord
import praw
import requests
import tweepy
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.methods import SendMessage
from aiogram.types import Message, Update
from aiogram.utils.formatting import Bold, Text
from aiogram.utils.keyboard import InlineKeyboardBuilder
from discord.ext import commands
from requests.adapters import BaseAdapter

router = Router()
said = []


class Order(StatesGroup):
    waiting = State()


@router.message(Command("brew"), F.from_user.first_name == "Eve")
async def brew(message: Message, command: CommandObject, state: FSMContext):
    await state.set_state(Order.waiting)
    keys = InlineKeyboardBuilder().button(text="Yes", callback_data="y").button(text="No", callback_data="n").adjust(1)
    await message.answer(**Text(Bold("Brewing"), " ", command.args).as_kwargs(), reply_markup=keys.as_markup())


class Quiet(BaseSession):
    async def make_request(self, bot, method, timeout=None):
        said.append([type(method).__name__, method.model_dump(exclude_none=True, exclude={"parse_mode", "link_preview_options"}, mode="python")["text"], len(method.reply_markup.inline_keyboard)])

    async def stream_content(self, *args, **kwargs):
        yield b""

    async def close(self):
        pass


class Offline(BaseAdapter):
    def send(self, request, **kwargs):
        response = requests.Response()
        path = request.path_url
        answer = {"data": {"id": "1", "text": "Tea time"}} if "tweets" in path else {"kind": "t5", "data": {"display_name": "tea", "subscribers": 3}} if "about" in path else {"access_token": "t", "expires_in": 60, "scope": "*"}
        response.status_code, response.url, response.request = 429 if "limited" in path else 200, request.url, request
        response.headers["content-type"] = "application/json"
        response.raw = io.BytesIO(json.dumps(answer).encode())
        return response

    def close(self):
        pass


async def telegram(update):
    bot = Bot("42:TOKEN", session=Quiet())
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    await dispatcher.feed_update(bot, Update.model_validate(update))
    state = dispatcher.fsm.get_context(bot, 7, 9)
    return [said, await state.get_state(), SendMessage.__api_method__]


class Shop(commands.Cog):
    @commands.command(aliases=["t"])
    @commands.cooldown(1, 5)
    async def tea(self, ctx, kind: str, cups: int = 1):
        """Makes tea."""


async def chat():
    bot = commands.Bot("!", intents=discord.Intents.default(), help_command=commands.MinimalHelpCommand())
    await bot.add_cog(Shop())
    command = bot.get_command("t")
    embed = discord.Embed(title="Tea", colour=discord.Colour.green(), timestamp=datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)).add_field(name="cups", value="2")
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="Buy", custom_id="buy"))
    return [command.qualified_name, command.signature, command.short_doc, embed.to_dict(), view.to_components()[0]["components"][0]["label"], discord.utils.escape_markdown("*a*"), discord.Permissions(manage_roles=True).value]


def handler(event, context):
    session = requests.Session()
    session.mount("https://", Offline())
    client = tweepy.Client(consumer_key="a", consumer_secret="b", access_token="c", access_token_secret="d")
    client.session = session
    tweet = client.create_tweet(text=event["tweet"], poll_options=["a", "b"], poll_duration_minutes=5)
    try:
        client.get_user(username="limited")
        limited = None
    except tweepy.TooManyRequests as error:
        limited = error.response.status_code
    reddit = praw.Reddit(client_id="i", client_secret="s", user_agent="shop", requestor_kwargs={"session": session}, check_for_updates=False)
    return {
        "telegram": asyncio.run(telegram(event["update"])), "discord": asyncio.run(chat()), "tweet": [tweet.data["id"], limited], "url": reddit.config.reddit_url,
        "reddit": [reddit.subreddit("tea").subscribers, reddit.submission(url="https://www.reddit.com/r/tea/comments/2gmzqe/x/").id, reddit.read_only],
    }
