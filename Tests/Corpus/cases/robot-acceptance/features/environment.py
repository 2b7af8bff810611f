def before_scenario(context, scenario):
    context.error = None
    context.log = context.config.userdata.get("stage", "none")
