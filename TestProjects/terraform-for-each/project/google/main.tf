data "archive_file" "hello" {
  type        = "zip"
  source_dir  = "${path.module}/hello"
  output_path = "/tmp/hello.zip"
}

resource "google_storage_bucket_object" "hello" {
  name   = "hello.zip"
  bucket = "code"
  source = data.archive_file.hello.output_path
}

resource "google_cloudfunctions2_function" "hello" {
  name     = "hello"
  location = "europe-west1"

  build_config {
    runtime     = "python312"
    entry_point = "hello"
    source {
      storage_source {
        bucket = "code"
        object = google_storage_bucket_object.hello.name
      }
    }
  }
}
