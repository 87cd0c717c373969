using System.Linq;

namespace CloudPosture.Tests.Rules;

public sealed class RuleFieldTests
{
    private static readonly CatalogShapes Catalog = new();

    public static TheoryData<string> Ids => ShippedRules.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryFieldIsOneThatAwsAnswers(string id) =>
        Assert.Equal([], RuleFields.Of(ShippedRules.Texts[id]).Where(field => !Catalog.Has(field.Type, field.Path)).Select(field => $"{field.Type} {field.Path}"));

    [Theory]
    [InlineData("AWS::S3::Bucket", "Versioning.MfaDelete")]
    [InlineData("AWS::S3::Bucket", "Acls")]
    [InlineData("AWS::EC2::Instance", "MetadataOptions.Tokens")]
    [InlineData("AWS::IAM::CredentialReport", "mfa")]
    public void AFieldThatAwsDoesNotAnswerIsFound(string type, string path) => Assert.False(Catalog.Has(type, path));
}
