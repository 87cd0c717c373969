using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using System.Web;
using CloudPosture.Onboarding.Roles;
using CloudPosture.Onboarding.Templates;

namespace CloudPosture.Tests.Onboarding.Organizations;

/// <summary>As much of Organizations, IAM, STS, EC2 and CloudFormation as a rollout speaks with: two accounts, one of which fails.</summary>
internal sealed class FakeStackSets : HttpMessageHandler
{
    private int _looks;

    /// <summary>Each call's operation and form, in order.</summary>
    public List<(string Operation, Dictionary<string, string> Form)> Calls { get; } = [];

    public bool HasAccess { get; set; }

    /// <summary>The role of a StackSet that is there; null for no StackSet.</summary>
    public RoleSpec? Present { get; set; }

    /// <summary>The template of that StackSet, where it is not the one that is made now.</summary>
    public string? Template { get; set; }

    /// <summary>The units that it reaches.</summary>
    public IReadOnlyList<string> Units { get; set; } = ["r-abcd"];

    public string Partition { get; set; } = "aws";

    /// <summary>The operation that ends as FAILED; null for none.</summary>
    public string? Failing { get; set; }

    public IEnumerable<string> Writes => Calls.Select(call => call.Operation).Where(operation => !operation.StartsWith("List", System.StringComparison.Ordinal) && !operation.StartsWith("Get", System.StringComparison.Ordinal) && !operation.StartsWith("Describe", System.StringComparison.Ordinal));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        if (body.StartsWith('{'))
        {
            Calls.Add(("ListRoots", []));
            return Answer(HttpStatusCode.OK, """{"Roots":[{"Id":"r-abcd","Name":"Root"}]}""");
        }

        var form = HttpUtility.ParseQueryString(body);
        var operation = form["Action"]!;
        Calls.Add((operation, form.AllKeys.ToDictionary(key => key!, key => form[key]!)));
        if (operation == "GetRole" || (operation == "DescribeStackSet" && Present is null))
        {
            var code = operation == "GetRole" ? "NoSuchEntity" : "StackSetNotFoundException";
            return Answer(HttpStatusCode.NotFound, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>none</Message></Error></ErrorResponse>");
        }

        if (operation == "DescribeRegions")
        {
            return Answer(HttpStatusCode.OK, "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><regionInfo/></DescribeRegionsResponse>");
        }

        return Answer(HttpStatusCode.OK, $"<{operation}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><{operation}Result>{Result(operation)}</{operation}Result></{operation}Response>");
    }

    private string Result(string operation) => operation switch
    {
        "DescribeOrganizationsAccess" => $"<Status>{(HasAccess ? "ENABLED" : "DISABLED")}</Status>",
        "GetCallerIdentity" => $"<Arn>arn:{Partition}:iam::111122223333:user/admin</Arn><Account>111122223333</Account>",
        "DescribeStackSet" => $"<StackSet><StackSetName>x</StackSetName><PermissionModel>SERVICE_MANAGED</PermissionModel><TemplateBody>{SecurityElement.Escape(Template ?? CloudFormationTemplate.Body(Present!))}</TemplateBody>"
            + $"<OrganizationalUnitIds>{string.Concat(Units.Select(unit => $"<member>{unit}</member>"))}</OrganizationalUnitIds>"
            + $"<Parameters><member><ParameterKey>ExternalId</ParameterKey><ParameterValue>{Present!.ExternalId}</ParameterValue></member></Parameters></StackSet>",
        "CreateStackSet" => "<StackSetId>x:1</StackSetId>",
        "UpdateStackSet" or "CreateStackInstances" => $"<OperationId>{operation}</OperationId>",
        "DescribeStackSetOperation" => $"<StackSetOperation><OperationId>op-1</OperationId><Action>UPDATE</Action><Status>{(++_looks % 3 == 0 ? End : "RUNNING")}</Status><StatusReason>No access.</StatusReason></StackSetOperation>",
        "ListStackSetOperationResults" => "<Summaries><member><Account>333333333333</Account><Status>CANCELLED</Status><StatusReason>stopped</StatusReason></member></Summaries>",
        "ListStackInstances" => "<Summaries>"
            + "<member><Account>111111111111</Account><OrganizationalUnitId>ou-abcd-11111111</OrganizationalUnitId><Status>CURRENT</Status><StackInstanceStatus><DetailedStatus>SUCCEEDED</DetailedStatus></StackInstanceStatus></member>"
            + "<member><Account>222222222222</Account><OrganizationalUnitId>ou-abcd-11111111</OrganizationalUnitId><Status>OUTDATED</Status><StatusReason>denied by a policy</StatusReason><StackInstanceStatus><DetailedStatus>FAILED</DetailedStatus></StackInstanceStatus></member>"
            + "</Summaries>",
        _ => "",
    };

    private string End => Calls.Last(call => call.Operation is "UpdateStackSet" or "CreateStackInstances").Operation == Failing ? "FAILED" : "SUCCEEDED";

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
}
