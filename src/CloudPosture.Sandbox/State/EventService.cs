using System.Collections.Generic;
using System.Text.Json.Nodes;
using CloudPosture.Sandbox.Protocols;

namespace CloudPosture.Sandbox.State;

/// <summary>AWS Lambda and Amazon EventBridge.</summary>
internal static class EventService
{
    private const string Policy = "Policy";

    private static readonly ResourceType Functions = new("function")
    {
        Fixed = 1,
        Share = 0.01,
        IsWorkload = true,
        Id = FunctionName,
        Good = (cell, index) => new JsonObject
        {
            ["FunctionName"] = FunctionName(cell, index),
            ["FunctionArn"] = cell.Arn("lambda", "function:" + FunctionName(cell, index)),
            ["Runtime"] = "dotnet8",
            ["Role"] = IamRoles.Arn(cell, "service"),
            ["Handler"] = "Orders::Orders.Function::Handle",
            ["CodeSize"] = 204800,
            ["Description"] = "orders \u001b[31mred\u001b[0m",
            ["Timeout"] = 30,
            ["MemorySize"] = 512,
            ["LastModified"] = "2026-01-10T08:30:00.000+0000",
            ["CodeSha256"] = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
            ["Version"] = "$LATEST",
            ["Environment"] = new JsonObject { ["Variables"] = new JsonObject { ["API_TOKEN"] = "must-never-be-stored" } },
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["RevisionId"] = cell.Uuid("revision", index),
            ["PackageType"] = "Zip",
            ["Architectures"] = Json.Texts("x86_64"),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
        },
        Variants =
        [
            Variant.Trap((_, _, _) => { }),
            .. ResourcePolicies.VariantsOf("Lambda.FunctionPublicPolicy", "lambda:InvokeFunction", Policy),
        ],
    };

    private static readonly ResourceType Buses = new("event-bus")
    {
        Fixed = 1,
        Id = BusName,
        Good = (cell, index) => new JsonObject { ["Name"] = BusName(cell, index), ["Arn"] = cell.Arn("events", "event-bus/" + BusName(cell, index)) },
        Variants = ResourcePolicies.VariantsOf("Events.BusPublicPolicy", "events:PutEvents", Policy),
    };

    public static IReadOnlyList<ResourceType> Types { get; } = [Functions, Buses];

    public static void Register(HandlerTable table)
    {
        table["lambda", "ListFunctions"] = call => Answer.Of("Functions", new LazyList(Functions.Count(call.Cell), index =>
        {
            var function = Functions.Build(call.Cell, index);
            function.Remove(Policy);
            return function;
        }));
        table["lambda", "GetPolicy"] = FunctionPolicy;
        table.List("events", "ListEventBuses", "EventBuses", Buses);
    }

    private static string FunctionName(Cell cell, int index) => "orders-" + Mix.Hex(cell.Hash("function", index), 6);

    private static string BusName(Cell cell, int index) => index == 0 ? "default" : "bus-" + Mix.Hex(cell.Hash("event-bus", index), 6);

    private static Answer FunctionPolicy(CallContext call)
    {
        var wanted = call.Need("FunctionName");
        var name = wanted[(wanted.LastIndexOf(':') + 1)..];
        var index = Functions.IndexOf(call.Cell, name);
        return index >= 0 && Functions.Build(call.Cell, index)[Policy] is { } policy
            ? new JsonObject { ["Policy"] = (string)policy!, ["RevisionId"] = call.Cell.Uuid("revision", index) }
            : throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
    }
}
