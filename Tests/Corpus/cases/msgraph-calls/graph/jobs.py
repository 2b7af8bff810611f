from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import CalendarViewRequestBuilder
from msgraph.generated.users.item.messages.messages_request_builder import MessagesRequestBuilder
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody


async def inbox(graph, user, top):
    query = MessagesRequestBuilder.MessagesRequestBuilderGetQueryParameters(top=top, select=["subject", "from"], filter="isRead eq false")
    configuration = RequestConfiguration(query_parameters=query)
    configuration.headers.add("Prefer", 'outlook.body-content-type="text"')
    page = await graph.users.by_user_id(user).messages.get(request_configuration=configuration)
    return [[type(m).__name__, m.subject, m.from_.email_address.address, str(m.importance), m.received_date_time.isoformat(), [type(a).__name__ for a in m.attachments or []]] for m in page.value]


async def agenda(graph, user, day):
    query = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(start_date_time=day + "T00:00", end_date_time=day + "T23:59")
    page = await graph.users.by_user_id(user).calendar_view.get(request_configuration=RequestConfiguration(query_parameters=query))
    return [[e.subject, e.start.date_time, e.start.time_zone, str(e.show_as), e.location.display_name, e.recurrence.pattern.days_of_week[0].value] for e in page.value]


async def reply(graph, user, to, text):
    message = Message(subject="Re", body=ItemBody(content_type=BodyType.Html, content=text), to_recipients=[Recipient(email_address=EmailAddress(address=to))])
    return await graph.users.by_user_id(user).send_mail.post(SendMailPostRequestBody(message=message, save_to_sent_items=False))


async def members(graph, group):
    page = await graph.groups.by_group_id(group).members.get()
    return [[type(one).__name__, one.display_name, one.odata_type] for one in page.value]


async def files(graph, drive):
    item = await graph.drives.by_drive_id(drive).items.by_drive_item_id("root").children.get()
    return [[one.name, one.size, one.file.mime_type if one.file else f"{one.folder.child_count} children"] for one in item.value]


async def missing(graph, team):
    try:
        await graph.teams.by_team_id(team).channels.get()
    except ODataError as error:
        return [error.response_status_code, error.error.code]
