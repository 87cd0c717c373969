using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Models;

namespace CloudPosture.Tests.Aws;

/// <summary>Every operation of the catalog, be there something in an account that it is asked about or not, tells what is no answer of its model.</summary>
public sealed class OperationAnswerTests
{
    private static readonly string[] Foreign =
    [
        "", " ", "null", "[]", "7", "\"text\"", "{\"sign-in\":\"please\"}", "{\"NextToken\":null,\"nextToken\":null,\"Marker\":null,\"items\":7}", "<portal><Status>sign in</Status></portal>", "<html><body>Sign in</body></html>",
        "{", "<", "{\"a\":{\"b\":[", "<a><b>", "\uFFFD\uFFFD", "HTTP/1.1 200 OK",
    ];

    public static TheoryData<string> Services => [.. Shipped.Content.Catalog.All.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task What_is_no_answer_is_none(string service)
    {
        var entry = Shipped.Content.Catalog.Service(service);
        var model = Shipped.Content.Models.Get(entry.Model);
        var taken = new List<string>();
        foreach (var operation in entry.Operations.Distinct().Select(model.Operation).Where(operation => !IsRaw(operation)))
        {
            foreach (var wire in Foreign)
            {
                using var client = StubTransport.Of(wire).Client();
                try
                {
                    using var answer = await client.SendAsync(StubTransport.Call(entry.Model, operation.Name, Inputs.Required(entry.Model, operation.Name)), default);
                    taken.Add($"{operation.Name} takes '{wire}' for {answer.Root.GetRawText()}");
                }
                catch (AwsServiceException problem)
                {
                    Assert.Equal(AwsErrorKind.Malformed, problem.Kind);
                }
            }
        }

        Assert.Empty(taken);
    }

    // Whatever comes is the answer; what it holds is judged by who reads it.
    private static bool IsRaw(OperationModel operation) =>
        operation.Output.Payload is { } payload && operation.Output.Member(payload)!.Shape.Kind is ShapeKind.String or ShapeKind.Blob || operation.Output.Members.All(member => member.Location != MemberLocation.Body);
}
