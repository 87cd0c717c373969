using System;
using System.Collections.Generic;
using System.Text.Json;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Lake.Resources;

/// <summary>One harvested resource, as a line of the lake holds it.</summary>
public sealed record Resource
{
    private static readonly Dictionary<string, string> NoTags = [];

    /// <summary>The CloudFormation type (<c>AWS::EC2::SecurityGroup</c>).</summary>
    public required string Type { get; init; }

    /// <summary>The ARN; for settings that have none, one made from account and Region.</summary>
    public required string Arn { get; init; }

    /// <summary>The identifier within its type, account and Region.</summary>
    public required string Id { get; init; }

    /// <summary>The name a person gave it: the service's name, else the Name tag, else the id.</summary>
    public required string Name { get; init; }

    /// <summary>The account, 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name, or its id where no name is known.</summary>
    public string AccountName { get => field ?? AccountId; init; }

    /// <summary>The Region, or <c>global</c> for resources that belong to none.</summary>
    public required string Region { get; init; }

    /// <summary>The tags; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = NoTags;

    /// <summary>What AWS answered, with the official member names, and the fields that completing calls added.</summary>
    public required JsonElement Configuration { get; init; }

    /// <summary>The fields of <see cref="Configuration"/> that could not be read; empty for a whole record.</summary>
    public IReadOnlyList<ReadGap> Gaps { get; init; } = [];

    /// <summary>The harvest that read it.</summary>
    public required string HarvestId { get; init; }

    /// <summary>When it was read, in UTC.</summary>
    public required DateTimeOffset HarvestedAt { get; init; }

    /// <summary>The connection it was read through.</summary>
    public required string Connection { get; init; }

    /// <summary>The connection's namespace; <c>default</c> unless set.</summary>
    public string Namespace { get; init; } = "default";
}
