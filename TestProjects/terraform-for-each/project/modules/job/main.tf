variable "code" {}
variable "handler" { type = string }

data "archive_file" "code" {
  type        = "zip"
  source_dir  = var.code
  output_path = "${path.root}/build/job.zip"
}

resource "aws_lambda_function" "job" {
  function_name = "job"
  filename      = "${path.root}/build/job.zip"
  handler       = var.handler
  runtime       = "python3.12"
  role          = "arn:aws:iam::123456789012:role/job"
}
