# What these come to stands in 'plan.json': terraform plan -out tfplan; terraform show -json tfplan > plan.json
locals {
  functions = yamldecode(file("${path.module}/functions.yaml"))
}

data "archive_file" "code" {
  for_each    = local.functions
  type        = "zip"
  source_dir  = "${path.module}/src/${each.key}"
  output_path = "${path.module}/build/${each.key}.zip"
}

resource "aws_lambda_function" "shop" {
  for_each      = local.functions
  function_name = "shop-${each.key}"
  filename      = data.archive_file.code[each.key].output_path
  handler       = each.value.handler
  runtime       = each.value.runtime
  architectures = ["arm64"]
  role          = aws_iam_role.shop.arn
}

module "report" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "report"
  handler       = "report.handler"
  runtime       = "python3.12"
  source_path   = "./report"
}
