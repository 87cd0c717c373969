using System.IO;
using System.Linq;
using CloudPosture.Assessment.Rules;
using CloudPosture.Content;
using CloudPosture.Content.Catalog;

namespace CloudPosture.Tests.Rules;

public sealed class RuleFieldTests
{
    private static readonly TypeShapes Shapes = new(Shipped.Content.Catalog.Services.Concat(Shipped.Content.Catalog.Events), Shipped.Content.Models.Get);

    [Theory]
    [InlineData("AWS::S3::Bucket", "Versioning.MfaDelete", "MfaDelete")]
    [InlineData("AWS::S3::Bucket", "Acls", "Acls")]
    [InlineData("AWS::EC2::Instance", "MetadataOptions.Tokens", "Tokens")]
    [InlineData("AWS::IAM::CredentialReport", "mfa", "mfa")]
    [InlineData("AWS::ApiGateway::Stage", "methodSettings[].logLevel", "logLevel")]
    [InlineData("AWS::ApiGatewayV2::Api", "Stages[].RouteSettings[].Level", "Level")]
    public void AFieldThatAwsDoesNotAnswerIsFound(string type, string path, string unknown) => Assert.Equal(unknown, Shapes.Miss(type, path)!.Value.Unknown);

    [Theory]
    [InlineData("field: Versoning.Status, equals: Enabled", "AWS::S3::Bucket has no 'Versoning' (in 'Versoning.Status'). Did you mean 'Versioning'?")]
    [InlineData("field: Versioning.Stauts, equals: Enabled", "Did you mean 'Status'?")]
    [InlineData("count: {of: \"Acl.Grant[]\"}, equals: 0", "Did you mean 'Grants'?")]
    [InlineData("count: {of: \"Acl.Grants[]\", where: {field: Grantee.Uri, exists: true}}, equals: 0", "Did you mean 'URI'?")]
    [InlineData("count: {of: AWS::S3::AccountPublicAccessBlock, where: {field: PublicAccesBlock.BlockPublicAcls, equals: true}}, greater: 0", "Did you mean 'PublicAccessBlock'?")]
    [InlineData("count: {of: AWS::S3::Bucket, where: {field: Name, equals: {outer: Nmae}}}, greater: 0", "Did you mean 'Name'?")]
    [InlineData("derived: policyIsPublic, with: {field: Polcy}, equals: false", "Did you mean 'Policy'?")]
    public void AMistypedFieldIsAnErrorWithTheNearestName(string condition, string problem)
    {
        var yaml = $$"""
            id: Contoso.Bucket
            title: A bucket
            severity: Low
            service: s3
            resource: AWS::S3::Bucket
            condition: {{{condition}}}
            """;

        var error = Assert.Throws<ContentException>(() => Assert.Single(RuleReader.Read("contoso.yaml", new StringReader(yaml), RuleReading.Plain(Shipped.Content.Catalog) with { Shapes = Shapes })));

        Assert.Contains(problem, error.Message);
        Assert.Equal(6, error.Line);
    }
}
