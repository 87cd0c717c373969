using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Fronts;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Keys;
using CloudPosture.Graph;
using CloudPosture.Graph.Network;
using CloudPosture.Graph.Network.Parts;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Sharing;

/// <summary>
/// Finds what everyone can reach that has no interface of its own: by policies, ACLs and permissions, behind endpoints of AWS. Resources
/// stream by; of each only what may be open is kept until the blocks of its account are known.
/// </summary>
/// <param name="ownerOf">Whose the resources of an account are.</param>
/// <param name="keepsClosed">Whether what lets nobody in is kept to be told of, which there may be very much of.</param>
internal sealed class SharedThings(Func<string, Owner> ownerOf, bool keepsClosed)
{
    private const string Function = "AWS::Lambda::Function";
    private const string UrlKind = "lambda:functionurlauthtype";
    private const string Bucket = "AWS::S3::Bucket";
    private readonly OuterBlocks _blocks = new();
    private readonly FrontDoors _fronts = new(ownerOf);
    private readonly List<(SharedThing Thing, Opening Opening)> _openings = [];

    /// <summary>Takes a resource.</summary>
    public void Add(Resource resource)
    {
        if (_blocks.TryAdd(resource))
        {
            return;
        }

        _fronts.Add(resource);
        foreach (var opening in OpeningReader.Of(resource).Concat(Policy(resource)).Where(opening => keepsClosed || opening.IsOpen != false))
        {
            _openings.Add((new SharedThing(resource.Type, resource.Id, resource.Arn, resource.AccountId, resource.Region), opening));
        }
    }

    /// <summary>What was found, once all resources were added.</summary>
    public IEnumerable<PostureExposure> All() => _openings.Select(pair => Line(pair.Thing, pair.Opening)).Concat(_fronts.All.Select(front => Line(front.Thing, FrontReader.Door(front))));

    /// <summary>The same, and what stands behind distributions and APIs.</summary>
    /// <param name="model">The networks.</param>
    public IEnumerable<PostureExposure> All(NetworkModel model) => All().Concat(_fronts.Behind(model, All()));

    private static JsonElement? Present(JsonElement? json) => json is { ValueKind: not JsonValueKind.Null } ? json : null;

    private IEnumerable<Opening> Policy(Resource resource)
    {
        var fields = PolicyFields.Of(resource.Type).Select(field => (field.Text, Json: Present(field.Find(resource.Configuration)))).ToList();
        if (fields.Count == 0)
        {
            yield break;
        }

        var unread = fields.Find(field => field.Json is null && OpeningReader.IsUnread(resource, field.Text)).Text;
        if (unread is not null || fields.TrueForAll(field => field.Json is null))
        {
            yield return new Opening("policy", unread is not null ? null : false, unread is not null ? $"{unread} was not read" : "it has no policy");
            yield break;
        }

        var policies = fields.Where(field => field.Json is not null)
            .SelectMany(field => PolicyDocument.ParseAll(field.Json!.Value))
            .Select(policy => policy?.Where(statement => IsInForce(statement, resource))).ToList();
        var opening = Judge(resource, fields.Count == 1 ? policies : PolicyDocument.Together(policies));
        yield return resource.Type == Bucket && opening.IsOpen == true ? Blocked(resource, opening) : opening;
        foreach (var url in resource.Type == Function ? resource.Configuration.Items("UrlConfigs") : [])
        {
            yield return url.Text("AuthType") == "NONE" ? opening with { Way = "url" } : new Opening("url", true, "it has a URL", ExposureStop.ServiceSetting, "its URL asks for IAM");
        }
    }

    // What is said of URLs that ask for no credentials is of no account to a function that has none.
    private static bool IsInForce(Statement statement, Resource resource) => resource.Type != Function
        || statement.Conditions.FirstOrDefault(condition => condition.Key == UrlKind && condition.Kind == OperatorKind.Text && !condition.IsNegated) is not { } condition
        || resource.Configuration.Items("UrlConfigs").Any(url => condition.Values.Any(value => value.Text == url.Text("AuthType")));

    private Opening Judge(Resource resource, IReadOnlyList<PolicyDocument?> policies)
    {
        var isUndecided = policies.Any(policy => policy is null);
        foreach (var policy in policies.OfType<PolicyDocument>()
            .Where(policy => policy.Allows.Any(allow => allow.ExceptsPrincipals || allow.Principals.Any(principal => principal.IsAny))))
        {
            var exposure = ResourcePolicy.Public(policy, ownerOf(resource.AccountId), PolicyTarget.Of(resource.Arn));
            if (exposure.Reach == Reach.Public)
            {
                return new Opening("policy", true, exposure.Describe());
            }

            isUndecided |= exposure.IsUndecided;
        }

        return new Opening("policy", isUndecided ? null : false, isUndecided ? "its policy could not be judged" : "no statement of its policy lets strangers in");
    }

    private static Opening Blocked(Resource bucket, Opening opening) => OpeningReader.BlocksPolicies(bucket)
        ? opening with { Block = ExposureStop.PublicAccessBlock, BlockWhy = "the bucket's own block has RestrictPublicBuckets on" }
        : opening with { OuterBlock = OuterBlocks.Policies };

    private PostureExposure Line(SharedThing resource, Opening opening)
    {
        var outer = opening is { IsOpen: true, Block: null, OuterBlock: { } setting } ? _blocks.IsOn(resource.AccountId, resource.Region, setting) : false;
        var (stop, at, why) = opening.IsOpen == false ? (ExposureStop.Policy, resource.Id, opening.Why)
            : opening.Block is { } block ? (block, resource.Id, opening.BlockWhy)
            : outer == true ? (ExposureStop.PublicAccessBlock, resource.AccountId, $"{opening.OuterBlock} is on for {resource.AccountId}")
            : outer is null ? (ExposureStop.PublicAccessBlock, resource.AccountId, $"{opening.OuterBlock} of {resource.AccountId} was not read")
            : (ExposureStop.None, "", opening.IsOpen is null ? opening.Why : "");
        var degree = opening.IsOpen is null || outer is null ? ExposureDegree.Unknown
            : opening.IsOpen == false ? ExposureDegree.Closed
            : stop == ExposureStop.None ? ExposureDegree.Reachable
            : ExposureDegree.Stopped;
        return new PostureExposure
        {
            Degree = degree,
            ResourceType = resource.Type,
            ResourceId = resource.Id,
            ResourceArn = resource.Arn,
            AccountId = resource.AccountId,
            Region = resource.Region,
            From = Origin.InternetName,
            Protocol = opening.Way,
            Path = $"{Origin.InternetName} > {opening.Way} > {resource.Id}",
            StoppedBy = stop,
            StoppedAt = at,
            Reason = why,
            IsOnlyStop = degree == ExposureDegree.Stopped || degree == ExposureDegree.Closed,
            Stops = why,
            Sources = degree == ExposureDegree.Reachable ? opening.Why : "",
        };
    }
}
