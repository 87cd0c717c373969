using System;
using System.Linq;
using CloudPosture.Aws.Credentials;
using CloudPosture.Connections;
using FsCheck;
using FsCheck.Fluent;

namespace CloudPosture.Tests.Connections;

public sealed class ConnectionRulesTests
{
    private const string ExternalIdSigns = "abcXYZ019_+=,.@:/-";
    private const string NameSigns = "abcXYZ019_+=,.@-";
    private static readonly PostureConnection Plain = new() { Name = "c", RoleArn = "arn:aws:iam::111122223333:role/r" };

    [Fact]
    public void External_ids_of_allowed_signs_and_lengths_are_valid() =>
        Prop.ForAll(Text(ExternalIdSigns, 1, 1300).ToArbitrary(), id => IsValid(Plain with { ExternalId = id }) == id.Length is >= 2 and <= 1224)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void One_sign_that_is_not_allowed_makes_an_external_id_invalid() =>
        Prop.ForAll(
                (from text in Text(ExternalIdSigns, 2, 60)
                 from at in Gen.Choose(0, 59)
                 from sign in Gen.Elements(" \n\t\0\"'\\{}$%&*é٣".ToCharArray())
                 select text.Insert(Math.Min(at, text.Length), sign.ToString())).ToArbitrary(),
                id => !IsValid(Plain with { ExternalId = id }))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_parts_of_a_role_arn_come_back() =>
        Prop.ForAll(
                (from partition in Gen.Elements("aws", "aws-us-gov", "aws-cn")
                 from account in Text("0123456789", 12, 12)
                 from path in Gen.Elements("/", "/audit/", "/a/b~!/c/")
                 from name in Text(NameSigns, 1, 64)
                 select (partition, account, path, name)).ToArbitrary(),
                role => RoleArn.TryParse($"arn:{role.partition}:iam::{role.account}:role{role.path}{role.name}", out var arn)
                    && (arn.Partition, arn.AccountId, arn.Path, arn.Name) == role
                    && RoleArn.Parse(arn.ToString()) == arn)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("arn:aws:iam::111122223333:user/x")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/x/y")]
    [InlineData("arn:aws:iam::11112222333:role/x")]
    [InlineData("arn:aws:iam::١١١١٢٢٢٢٣٣٣٣:role/x")]
    [InlineData("arn:aws:iam:us-east-1:111122223333:role/x")]
    [InlineData("arn:aws:iam::111122223333:role/")]
    [InlineData("arn:aws:iam::111122223333:role/a b")]
    [InlineData("arn:aws:iam::111122223333:role/x\n")]
    [InlineData("arn:azure:iam::111122223333:role/x")]
    [InlineData("arn:aws:iam::111122223333:role/0123456789012345678901234567890123456789012345678901234567890123x")]
    public void What_is_no_role_arn_is_refused_with_the_form_it_should_have(string arn)
    {
        var error = Assert.Throws<ConnectionException>(() => ConnectionRules.Validate(Plain with { RoleArn = arn }));
        Assert.Equal(ConnectionError.Invalid, error.Error);
        Assert.Contains("arn:aws:iam::123456789012:role/name", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(899, false)]
    [InlineData(900, true)]
    [InlineData(43200, true)]
    [InlineData(43201, false)]
    public void A_session_lasts_as_long_as_aws_allows(int seconds, bool valid) => Assert.Equal(valid, IsValid(Plain with { SessionDuration = seconds }));

    [Theory]
    [InlineData("eu-central-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("us-iso-east-1", true)]
    [InlineData("mx-central-1", true)]
    [InlineData("EU-CENTRAL-1", false)]
    [InlineData("eu-central-1a", false)]
    [InlineData("eu-central-1\n", false)]
    [InlineData("frankfurt", false)]
    [InlineData("*", false)]
    public void Regions_are_known_by_their_form(string region, bool valid) => Assert.Equal(valid, IsValid(Plain with { Regions = [region] }));

    [Fact]
    public void Each_limit_is_named_in_the_error()
    {
        Assert.Contains("2-1224", Refusal(Plain with { ExternalId = "x" }), StringComparison.Ordinal);
        Assert.Contains("12 digits", Refusal(Plain with { AccountId = "1" }), StringComparison.Ordinal);
        Assert.Contains("900-43200", Refusal(Plain with { SessionDuration = 1 }), StringComparison.Ordinal);
        Assert.Contains("2-64", Refusal(Plain with { RoleSessionName = "a b" }), StringComparison.Ordinal);
        Assert.Contains("444455556666", Refusal(Plain with { AccountId = "444455556666" }), StringComparison.Ordinal);
        Assert.Contains("role's ARN", Refusal(Plain with { RoleArn = null, ExternalId = "abc" }), StringComparison.Ordinal);
        Assert.Contains("itself", Refusal(Plain with { Credential = new CredentialReference { Kind = CredentialKind.Connection, Connection = "C" } }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_or_does_not_fit_together_is_named()
    {
        Assert.Contains("'foo'", Refusal(Plain with { Services = ["s3", "foo"] }), StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"profile\"", Refusal(Plain with { Credential = new CredentialReference { ProfileName = "op" } }), StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"connection\"", Refusal(Plain with { Credential = new CredentialReference { Connection = "hub" } }), StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"environment\"", Refusal(Plain with { Credential = new CredentialReference { Kind = CredentialKind.Session, AccessKeyVariable = "A", SecretKeyVariable = "B" } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/reader")]
    [InlineData("/reader")]
    [InlineData("a//reader")]
    [InlineData("reader/")]
    public void The_role_of_members_is_a_name_with_its_path(string role) =>
        Assert.Contains("member role", Refusal(new PostureConnection { Name = "o", Kind = ConnectionKind.Organization, Organization = new OrganizationScope { MemberRole = role } }), StringComparison.Ordinal);

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY")]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    public void A_key_in_place_of_a_variables_name_is_refused_and_not_repeated(string key)
    {
        var reference = new CredentialReference { Kind = CredentialKind.Environment, AccessKeyVariable = "KEY", SecretKeyVariable = key };
        Assert.DoesNotContain(key, Refusal(Plain with { Credential = reference }), StringComparison.Ordinal);
    }

    private static Gen<string> Text(string signs, int least, int most) =>
        from length in Gen.Choose(least, most)
        from text in Gen.Elements(signs.ToCharArray()).ArrayOf(length)
        select new string(text);

    private static bool IsValid(PostureConnection connection)
    {
        try
        {
            return ConnectionRules.Validate(connection) == connection;
        }
        catch (ConnectionException)
        {
            return false;
        }
    }

    private static string Refusal(PostureConnection connection) => Assert.Throws<ConnectionException>(() => ConnectionRules.DemandServices(ConnectionRules.Validate(connection), Shipped.Content.Catalog)).Message;
}
