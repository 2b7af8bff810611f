import azure.functions as func
import yaml

app = func.FunctionApp()


@app.route(route="points/{customer}", auth_level=func.AuthLevel.ANONYMOUS)
def points(req: func.HttpRequest) -> func.HttpResponse:
    paid = yaml.load(req.get_body(), Loader=yaml.CSafeLoader)
    return func.HttpResponse(f"{req.route_params['customer']}: {sum(paid) // 100}", status_code=201)


@app.queue_trigger(arg_name="message", queue_name="paid", connection="Queues")
@app.queue_output(arg_name="out", queue_name="points", connection="Queues")
def accrue(message: func.QueueMessage, out: func.Out[str]) -> None:
    out.set(str(message.get_json()["cents"] // 100))
