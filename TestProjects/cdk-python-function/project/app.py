from aws_cdk import App

from shop_cdk.stack import Shop

app = App()
Shop(app, "Shop")
app.synth()
