using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Web;

namespace CloudPosture.Tests.Onboarding.Organizations;

/// <summary>As much of Organizations and CloudFormation as a rollout speaks with: two accounts, one of which fails.</summary>
internal sealed class FakeStackSets : HttpMessageHandler
{
    private int _looks;

    /// <summary>Each call's operation and form, in order.</summary>
    public List<(string Operation, Dictionary<string, string> Form)> Calls { get; } = [];

    public bool HasAccess { get; set; }

    /// <summary>The external ID of a StackSet that is there; null for no StackSet.</summary>
    public string? Present { get; set; }

    public IEnumerable<string> Writes => Calls.Select(call => call.Operation).Where(operation => operation is not ("ListRoots" or "ListStackInstances") && !operation.StartsWith("Describe", System.StringComparison.Ordinal));

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
        if (operation == "DescribeStackSet" && Present is null)
        {
            return Answer(HttpStatusCode.NotFound, "<ErrorResponse><Error><Type>Sender</Type><Code>StackSetNotFoundException</Code><Message>none</Message></Error></ErrorResponse>");
        }

        return Answer(HttpStatusCode.OK, $"<{operation}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><{operation}Result>{Result(operation)}</{operation}Result></{operation}Response>");
    }

    private string Result(string operation) => operation switch
    {
        "DescribeOrganizationsAccess" => $"<Status>{(HasAccess ? "ENABLED" : "DISABLED")}</Status>",
        "DescribeStackSet" => $"<StackSet><StackSetName>x</StackSetName><Parameters><member><ParameterKey>ExternalId</ParameterKey><ParameterValue>{Present}</ParameterValue></member></Parameters></StackSet>",
        "CreateStackSet" => "<StackSetId>x:1</StackSetId>",
        "UpdateStackSet" or "CreateStackInstances" => "<OperationId>op-1</OperationId>",
        "DescribeStackSetOperation" => $"<StackSetOperation><OperationId>op-1</OperationId><Status>{(++_looks % 3 == 0 ? "SUCCEEDED" : "RUNNING")}</Status></StackSetOperation>",
        "ListStackInstances" => "<Summaries>"
            + "<member><Account>111111111111</Account><OrganizationalUnitId>ou-abcd-11111111</OrganizationalUnitId><Status>CURRENT</Status><StackInstanceStatus><DetailedStatus>SUCCEEDED</DetailedStatus></StackInstanceStatus></member>"
            + "<member><Account>222222222222</Account><OrganizationalUnitId>ou-abcd-11111111</OrganizationalUnitId><Status>OUTDATED</Status><StatusReason>denied by a policy</StatusReason><StackInstanceStatus><DetailedStatus>FAILED</DetailedStatus></StackInstanceStatus></member>"
            + "</Summaries>",
        _ => "",
    };

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
}
