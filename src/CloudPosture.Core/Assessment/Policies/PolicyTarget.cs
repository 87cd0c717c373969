using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;

namespace CloudPosture.Assessment.Policies;

/// <summary>What a policy is on: the resources it can be about, and the actions that there are on them.</summary>
internal sealed class PolicyTarget
{
    /// <summary>A resource that nothing is known of.</summary>
    public static readonly PolicyTarget Unknown = new("", [new Facet([Glob.Of("arn:*:*:*:*:*")], null)], isExact: false);

    // Where a policy may be about nothing but the resource it is on.
    private static readonly HashSet<string> ExactServices = new(StringComparer.Ordinal) { "s3", "sqs", "sns", "kms", "secretsmanager", "lambda", "iam" };

    // Whose actions have another prefix than their ARNs.
    private static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal) { ["iam"] = "sts", ["apigateway"] = "execute-api" };

    // Parts of a resource that have no policy of their own, by what follows its ARN.
    private static readonly Dictionary<string, string[]> Parts = new(StringComparer.Ordinal)
    {
        ["lambda"] = [":*"],
        ["logs"] = [":*"],
        ["es"] = ["/*"],
        ["execute-api"] = ["/*"],
        ["dynamodb"] = ["/*"],
    };

    private PolicyTarget(string service, IReadOnlyList<Facet> facets, bool isExact) => (Service, Facets, IsExact) = (service, facets, isExact);

    /// <summary>The prefix of its actions in lower case; empty where unknown.</summary>
    public string Service { get; }

    /// <summary>What requests can be about, each with its own actions.</summary>
    public IReadOnlyList<Facet> Facets { get; }

    /// <summary>Whether a statement about another resource grants nothing here.</summary>
    public bool IsExact { get; }

    /// <summary>The target with an ARN; <see cref="Unknown"/> where that is none.</summary>
    public static PolicyTarget Of(string arn)
    {
        if (Arn.Parts(arn) is not { } part || part[0] != "arn")
        {
            return Unknown;
        }

        var (service, region, name) = (part[2], part[3], part[5]);
        var resource = new Glob(arn);
        var prefix = Prefixes.TryGetValue(service, out var other) ? other : service;
        IReadOnlyList<Facet> facets = service == "s3" && region.Length == 0
            ? [new Facet([resource], IsBucketAction), new Facet([Glob.Of(arn + "/*")], S3Actions.IsAboutObjects)]
            : service == "s3" ? [new Facet([resource, Glob.Of(arn + "/*")], null)]
            : service == "events" && name.StartsWith("event-bus/", StringComparison.Ordinal) ? [new Facet([resource, Glob.Of(arn.Replace("event-bus/", "rule/") + "/*")], null)]
            : [new Facet([resource, .. (Parts.TryGetValue(service, out var parts) ? parts : []).Select(part => Glob.Of(arn + part))], null)];
        return new PolicyTarget(prefix, facets, ExactServices.Contains(service));
    }

    /// <summary>One resource, whatever may be done to it.</summary>
    /// <param name="arn">Its ARN.</param>
    public static PolicyTarget Just(string arn) => new("", [new Facet([new Glob(arn)], null)], isExact: true);

    /// <summary>Any resource of some kinds.</summary>
    /// <param name="resources">Patterns of them.</param>
    public static PolicyTarget Any(IReadOnlyList<string> resources) => new("", [new Facet([.. resources.Select(Glob.Of)], null)], isExact: true);

    /// <summary>The same target, of which only requests with some actions are asked about.</summary>
    /// <param name="actions">Patterns of these actions, in lower case.</param>
    public PolicyTarget Only(PatternSet actions) =>
        new(Service, [.. Facets.Select(facet => facet with { IsActionOn = action => actions.Matches(action) && facet.IsActionOn?.Invoke(action) != false })], IsExact);

    /// <summary>The same target, where a statement about another resource grants nothing, as in a policy that covers many.</summary>
    public PolicyTarget Alone() => new(Service, Facets, isExact: true);

    private static bool IsBucketAction(string action) => !S3Actions.IsAboutObjects(action);

    /// <summary>Resources and the actions on them.</summary>
    /// <param name="Resources">Patterns of the resources.</param>
    /// <param name="IsActionOn">Whether an action, in lower case, is one on these; null where all are.</param>
    internal sealed record Facet(IReadOnlyList<Glob> Resources, Func<string, bool>? IsActionOn);
}
