import kettle
import tea_house


def handler(event, context):
    return event
