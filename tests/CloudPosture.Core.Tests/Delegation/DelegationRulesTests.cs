using System;
using System.Linq;
using CloudPosture.Connections;
using CloudPosture.Delegation;

namespace CloudPosture.Tests.Delegation;

/// <summary>Every limit of a request, with one clear error each.</summary>
public sealed class DelegationRulesTests
{
    private static readonly DelegationSpec Good = new()
    {
        OwnerAccountId = "111122223333",
        PolicyTemplateArn = "arn:aws:iam:::delegation-template/Posture",
        Description = "Creates a role.",
        NotificationTopic = "arn:aws:sns:us-east-1:444455556666:delegation",
        Plan = new DelegationPlan { Nickname = "prod", RoleName = "Reader", TrustedPrincipal = "444455556666", ExternalId = "external-1" },
    };

    public static TheoryData<string, DelegationSpec> Bad => new()
    {
        { "12 digits", Good with { OwnerAccountId = "1111" } },
        { "1,001 characters", Good with { Description = new string('d', 1001) } },
        { "Latin-1", Good with { Description = "жук" } },
        { "201 characters", Good with { Message = new string('m', 201) } },
        { "policy template", Good with { PolicyTemplateArn = "arn:aws:iam::aws:policy/SecurityAudit" } },
        { "51", Good with { Parameters = [.. Enumerable.Range(0, 51).Select(index => Parameter("name" + index))] } },
        { "4 characters", Good with { Parameters = [Parameter("name")] } },
        { "given twice", Good with { Parameters = [Parameter("named"), Parameter("named")] } },
        { "no value", Good with { Parameters = [new DelegationParameter { Name = "named", Values = [] }] } },
        { "single text", Good with { Parameters = [new DelegationParameter { Name = "named", Values = ["a", "b"] }] } },
        { "4 characters", Good with { WorkflowId = "four" } },
        { "SNS topic", Good with { NotificationTopic = "arn:aws:sqs:us-east-1:444455556666:queue" } },
        { "300 to 43,200", Good with { SessionDuration = 299 } },
        { "300 to 43,200", Good with { SessionDuration = 43201 } },
        { "no port", Good with { RedirectUrl = "https://example.com:8443/" } },
        { "no %", Good with { RedirectUrl = "https://example.com/%20" } },
        { "http or https", Good with { RedirectUrl = "ftp://example.com/" } },
        { "255", Good with { RedirectUrl = "https://example.com/" + new string('a', 255) } },
        { "role name", Good with { Plan = Good.Plan with { RoleName = "a b" } } },
        { "connection name", Good with { Plan = Good.Plan with { Nickname = "/" } } },
        { "external ID", Good with { Plan = Good.Plan with { ExternalId = "ä" } } },
        { "principal", Good with { Plan = Good.Plan with { TrustedPrincipal = "*" } } },
        { "Region", Good with { Plan = Good.Plan with { Region = "Frankfurt" } } },
        { "sts:AssumeRole", Good with { Plan = Good.Plan with { Kind = ConnectionKind.Organization } } },
        { "organizational unit", Good with { Plan = Good.Plan with { Kind = ConnectionKind.Organization, PermissionsBoundary = "arn:aws:iam::aws:policy/Bound", OrganizationalUnitIds = ["unit"] } } },
    };

    [Fact]
    public void A_request_within_the_limits_passes() => Assert.Same(Good, DelegationRules.Validate(Good));

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_breaks_a_limit_is_told_with_it(string words, DelegationSpec spec)
    {
        var refused = Assert.Throws<DelegationException>(() => DelegationRules.Validate(spec));
        Assert.Equal(DelegationError.Invalid, refused.Error);
        Assert.Contains(words, refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_template_is_rendered_with_texts_and_lists()
    {
        DelegationParameter[] parameters = [Parameter("named"), new() { Name = "lists", Values = ["a", "b"], IsList = true }];
        Assert.Equal("""{"Resource":"arn:value/*","Action":["a","b"]}""", DelegationTemplate.Render("""{"Resource": "arn:@{named}/*", "Action": "@{lists}"}""", parameters));
    }

    [Theory]
    [InlineData("@{other}", "needs the parameter 'other'")]
    [InlineData("x@{lists}", "middle of a text")]
    public void A_template_that_cannot_be_rendered_says_why(string text, string words)
    {
        var parameters = new[] { new DelegationParameter { Name = "lists", Values = ["a"], IsList = true } };
        Assert.Contains(words, Assert.Throws<DelegationException>(() => DelegationTemplate.Render($$"""{"Action":"{{text}}"}""", parameters)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2048 - 15, true)]
    [InlineData(2048 - 14, false)]
    public void A_rendered_policy_has_at_most_2048_characters(int length, bool passes)
    {
        var template = "{\"Resource\":\"" + new string('a', length) + "\"}";
        Assert.Equal(passes, Record.Exception(() => DelegationTemplate.Render(template, [])) is null);
    }

    private static DelegationParameter Parameter(string name) => new() { Name = name, Values = ["value"] };
}
