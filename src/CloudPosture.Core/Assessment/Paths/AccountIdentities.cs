using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Fronts;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Sharing;
using CloudPosture.Graph;
using CloudPosture.Graph.Network;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Paths;

/// <summary>The identities of one account, what works with them, and what may stand open without a network, for rules that ask.</summary>
internal sealed class AccountIdentities : AccountDigest
{
    // What has a role and answers requests, what holds data, and the blocks over them.
    private static readonly HashSet<string> SharedTypes = new(
        [.. FrontDoors.Types, .. ServiceEndpoints.Types, "AWS::S3::AccountPublicAccessBlock", "AWS::SecretsManager::Secret", "AWS::OpenSearchService::Domain", "AWS::EC2::RegionSettings"], StringComparer.Ordinal);

    private readonly List<Resource> _resources = [];
    private readonly PathResources _keeper;
    private readonly SharedThings _shared;
    private Func<string, Owner>? _ownerOf;

    private AccountIdentities(AccountIndex account)
    {
        _keeper = new PathResources(PathContent.Of(account.Catalog.Content));
        _shared = new SharedThings(id => (_ownerOf ?? (other => new Owner(other, account.Partition)))(id), keepsClosed: false);
    }

    /// <summary>What makes them.</summary>
    public static DigestKind Kind { get; } = new(content => [.. PathResources.TypesOf(PathContent.Of(content))
        .Concat(SharedTypes)
        .Distinct(StringComparer.Ordinal)], account => new AccountIdentities(account));

    /// <summary>Those of an account, among whose needs is <see cref="Kind"/>.</summary>
    public static IdentityAccount Of(AccountIndex account) =>
        IdentityReader.Read(account.Snapshot, account.Catalog, ((AccountIdentities)account.Digest(Kind))._resources, PathContent.Of(account.Catalog.Content).Types);

    /// <summary>What everyone may reach that has no network interface of its own.</summary>
    public static IEnumerable<PostureExposure> Shared(AccountIndex account, NetworkModel network, Func<string, Owner> ownerOf)
    {
        var digest = (AccountIdentities)account.Digest(Kind);
        digest._ownerOf = ownerOf;
        return digest._shared.All(network);
    }

    public override void Add(Resource resource)
    {
        if (SharedTypes.Contains(resource.Type))
        {
            _shared.Add(resource);
        }

        if (_keeper.Keep(resource) is { } kept)
        {
            _resources.Add(kept);
        }
    }
}
