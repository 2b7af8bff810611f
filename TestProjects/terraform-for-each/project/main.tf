# Functions from a table, one from a module of the team's own, one from the published module.
locals {
  functions = {
    orders  = { handler = "app.handler", memory = 256 }
    refunds = { handler = "app.refund", memory = 128 }
  }
  python = "python${var.python}"
}

data "archive_file" "functions" {
  for_each    = local.functions
  type        = "zip"
  source_dir  = "${path.module}/functions/${each.key}"
  output_path = "${path.module}/build/${each.key}.zip"
}

resource "aws_lambda_function" "shop" {
  for_each         = local.functions
  function_name    = "shop-${each.key}"
  filename         = data.archive_file.functions[each.key].output_path
  source_code_hash = data.archive_file.functions[each.key].output_base64sha256
  handler          = each.value.handler
  memory_size      = each.value.memory > 128 ? each.value.memory : 128
  runtime          = local.python
  architectures    = ["arm64"]
  role             = aws_iam_role.shop.arn
}

module "nightly" {
  source  = "./modules/job"
  code    = "./jobs"
  handler = "nightly.run"
}

module "report" {
  source        = "terraform-aws-modules/lambda/aws"
  version       = "~> 7.0"
  function_name = "report"
  handler       = "report.handler"
  runtime       = "python3.12"
  source_path   = [{ path = "${path.module}/report", pip_requirements = false }]
}

resource "aws_lambda_function" "picture" {
  function_name = "picture"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.pictures.repository_url}:latest"
  role          = aws_iam_role.shop.arn
}

resource "aws_lambda_function" "edge" {
  function_name = "edge"
  filename      = "edge.zip"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  role          = aws_iam_role.shop.arn
}

resource "aws_lambda_function" "built" {
  for_each      = toset(var.tenants)
  function_name = "built-${each.key}"
  filename      = "dist/${each.key}.zip"
  handler       = "app.handler"
  runtime       = "python3.12"
  role          = aws_iam_role.shop.arn
}

# Makes no function, whatever its runtime.
module "layer" {
  source       = "terraform-aws-modules/lambda/aws"
  create_layer = true
  layer_name   = "shared"
  runtime      = "python3.12"
  source_path  = "${path.module}/report"
}

# Uploaded by the same module.
data "archive_file" "upload" {
  type        = "zip"
  source_file = "${path.module}/report/report.py"
  output_path = "${path.module}/build/upload.zip"
}

resource "aws_s3_object" "upload" {
  bucket = "archives"
  key    = "upload.zip"
  source = data.archive_file.upload.output_path
}

resource "aws_lambda_function" "uploaded" {
  function_name = "uploaded"
  s3_bucket     = "archives"
  s3_key        = aws_s3_object.upload.key
  handler       = "report.handler"
  runtime       = "python3.12"
  role          = aws_iam_role.shop.arn
}
