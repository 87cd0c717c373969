using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace CloudPosture.ModelGenerator;

/// <summary>
/// Writes which IAM actions act on resources whose ARNs are another service's: a line a service, as
/// <c>ssm ec2:SendCommand,StartSession,… ecs:StartSession</c>; a <c>*</c> stands for whichever service.
/// </summary>
internal static class IamResourceData
{
    private const int ServicePart = 2;

    public static byte[] Read(IamPackage package)
    {
        var text = new StringBuilder();
        foreach (var service in package.Services)
        {
            var arns = package.Arns(service);
            var others = package.Actions(service)
                .SelectMany(action => TypesOf(action).Select(type => (Service: ServiceOf(arns[type]), Action: action)))
                .Where(pair => pair.Service != service)
                .ToLookup(pair => pair.Service, pair => pair.Action, StringComparer.Ordinal);
            if (others.Count > 0)
            {
                text.Append($"{service} {string.Join(" ", others.OrderBy(other => other.Key, StringComparer.Ordinal).Select(other => $"{other.Key}:{string.Join(",", IamActionData.Names(other))}"))}\n");
            }
        }

        return Encoding.UTF8.GetBytes(package.Head + text);
    }

    private static IEnumerable<string> TypesOf(JsonNode action) => action["resourceTypes"]!.AsArray().Select(type => ((string)type!["name"]!).ToLowerInvariant());

    // Recovery points of AWS Backup are whatever was backed up.
    private static string ServiceOf(string arn) => arn.Split(':')[ServicePart] is var part && part.StartsWith('$') ? "*" : part;
}
