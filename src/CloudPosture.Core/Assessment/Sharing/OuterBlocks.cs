using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Sharing;

/// <summary>The settings of accounts and Regions that keep their resources from being public.</summary>
internal sealed class OuterBlocks
{
    public const string Policies = "RestrictPublicBuckets";
    public const string Acls = "IgnorePublicAcls";
    public const string Snapshots = "SnapshotBlockPublicAccessState";
    private const string Account = "AWS::S3::AccountPublicAccessBlock";
    private const string Region = "AWS::EC2::RegionSettings";
    private readonly Dictionary<(string AccountId, string Region, string Setting), bool?> _known = [];

    /// <summary>Takes what a resource says of them, if it is one that does.</summary>
    public bool TryAdd(Resource resource)
    {
        switch (resource.Type)
        {
            case Account:
                foreach (var setting in new[] { Policies, Acls })
                {
                    _known[(resource.AccountId, ResourceRegion.Global, setting)] = IsUnread(resource, "PublicAccessBlock") ? null : resource.Configuration.Member("PublicAccessBlock")?.Flag(setting) == true;
                }

                return true;
            case Region:
                _known[(resource.AccountId, resource.Region, Snapshots)] = IsUnread(resource, Snapshots) ? null : resource.Configuration.Text(Snapshots) == "block-all-sharing";
                return false;
            default:
                return false;
        }
    }

    /// <summary>Whether a setting is on; null where it was not read.</summary>
    public bool? IsOn(string accountId, string region, string setting) =>
        _known.TryGetValue((accountId, ResourceRegion.Global, setting), out var everywhere) ? everywhere
        : _known.TryGetValue((accountId, region, setting), out var here) ? here
        : null;

    private static bool IsUnread(Resource resource, string field) => resource.Gaps.Any(gap => gap.Field is null || string.Equals(gap.Field, field, StringComparison.Ordinal));
}
