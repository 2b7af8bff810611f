/// Properties of a template's resources that may name a local file or folder, relative to the template.
///
/// Sources: https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html and
/// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
enum TemplatePaths {
  /// By a resource's type, below `Properties`.
  static let properties: [String: [[String]]] = [
    "AWS::ApiGateway::RestApi": [["BodyS3Location"]],
    "AWS::AppSync::FunctionConfiguration": resolver,
    "AWS::AppSync::GraphQLSchema": [["DefinitionS3Location"]],
    "AWS::AppSync::Resolver": resolver,
    "AWS::CloudFormation::ModuleVersion": [["ModulePackage"]],
    "AWS::CloudFormation::ResourceVersion": [["SchemaHandlerPackage"]],
    "AWS::CloudFormation::Stack": [["TemplateURL"]],
    "AWS::CodeCommit::Repository": [["Code", "S3"]],
    "AWS::ElasticBeanstalk::ApplicationVersion": [["SourceBundle"]],
    "AWS::Glue::Job": [["Command", "ScriptLocation"]],
    "AWS::Lambda::Function": [["Code"]],
    "AWS::Lambda::LayerVersion": [["Content"]],
    "AWS::Serverless::Api": [["DefinitionUri"]],
    "AWS::Serverless::Application": [["Location"]],
    "AWS::Serverless::Function": [["CodeUri"]],
    "AWS::Serverless::GraphQLApi": [["SchemaUri"]],
    "AWS::Serverless::HttpApi": [["DefinitionUri"]],
    "AWS::Serverless::LayerVersion": [["ContentUri"]],
    "AWS::Serverless::StateMachine": [["DefinitionUri"]],
    "AWS::StepFunctions::StateMachine": [["DefinitionS3Location"]],
  ]

  private static let resolver = [
    ["CodeS3Location"], ["RequestMappingTemplateS3Location"], ["ResponseMappingTemplateS3Location"],
  ]

  /// Of every resource, beside `Properties`: where the image of a function is built.
  static let metadata = [["DockerContext"]]

  /// Below `Globals`.
  static let globals = [
    ["Api", "DefinitionUri"], ["Function", "CodeUri"], ["HttpApi", "DefinitionUri"],
    ["StateMachine", "DefinitionUri"],
  ]

  /// Below the template's own `Metadata`.
  static let ownMetadata = [
    ["AWS::ServerlessRepo::Application", "LicenseUrl"],
    ["AWS::ServerlessRepo::Application", "ReadmeUrl"],
  ]
}
