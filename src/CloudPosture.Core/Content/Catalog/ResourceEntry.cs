using System.Collections.Generic;
using System.Linq;
using CloudPosture.Json;

namespace CloudPosture.Content.Catalog;

/// <summary>How the resources of one type are listed, completed and named.</summary>
public sealed record ResourceEntry
{
    internal ResourceEntry(Template id, Template arn)
    {
        Id = id;
        Arn = arn;
    }

    /// <summary>The CloudFormation type (<c>AWS::S3::Bucket</c>).</summary>
    public required string Type { get; init; }

    /// <summary>True where the type is asked once an account.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>True where only an organization's management account can answer.</summary>
    public bool ManagementAccountOnly { get; init; }

    /// <summary>The call that lists the items; null where there is one record an account or Region, made by <see cref="Calls"/> alone.</summary>
    internal ListEntry? List { get; init; }

    /// <summary>The calls that complete an item.</summary>
    internal IReadOnlyList<CallEntry> Calls { get; init; } = [];

    /// <summary>Those that are made before the others, one after the other.</summary>
    internal IReadOnlyList<CallEntry> FirstCalls => field ??= [.. Calls.Where(call => call.First)];

    /// <summary>Those that are made side by side.</summary>
    internal IReadOnlyList<CallEntry> OtherCalls => field ??= [.. Calls.Where(call => !call.First)];

    /// <summary>How many items are completed together; 1 where no call takes several, else what the most modest of them takes.</summary>
    internal int BatchSize => Calls.Select(call => call.Batch?.Size).Min() ?? 1;

    internal Template Id { get; }

    internal Template Arn { get; }

    /// <summary>Null: the Name tag, else the id.</summary>
    internal Template? Name { get; init; }

    internal JsonPath? Tags { get; init; }

    /// <summary>Members that are never stored.</summary>
    internal IReadOnlyList<string> Omit { get; init; } = [];

    /// <summary>The members, of what the list says, that are stored; null for all but those of <see cref="Omit"/>.</summary>
    internal KeptMembers? Keep { get; init; }

    /// <summary>Where the type's resources are findings of another detector: what of them means what. Null for any other type.</summary>
    internal FindingForm? Finding { get; init; }

    /// <summary>True where items are listed for the sake of others alone and are not stored.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Members that hold JSON as text.</summary>
    internal IReadOnlyList<string> DecodeFields { get; init; } = [];

    /// <summary>How its resources lead to others.</summary>
    internal IReadOnlyList<RelationEntry> Relations { get; init; } = [];

    /// <summary>Members that can hold secrets.</summary>
    internal IReadOnlyList<SensitiveEntry> Sensitive { get; init; } = [];

    /// <summary>Members that look as if they could hold secrets and cannot, each with the reason.</summary>
    internal IReadOnlyDictionary<string, string> Harmless { get; init; } = new Dictionary<string, string>();

    /// <summary>Members that AWS always answers: where one is missing, nothing is known of it.</summary>
    internal IReadOnlyList<string> Always { get; init; } = [];

    /// <summary>True where several Regions list the same item, which is kept once (the shadows of a multi-Region trail).</summary>
    public bool IsDistinct { get; init; }

    /// <summary>Where an item names its own Region.</summary>
    internal ItemRegion? Region { get; init; }

    /// <summary>Every call the entry makes.</summary>
    internal IEnumerable<OperationEntry> Operations
    {
        get
        {
            if (List is not null)
            {
                yield return List;
                if (List.Prepare is not null)
                {
                    yield return List.Prepare;
                }
            }

            foreach (var call in Calls)
            {
                yield return call;
            }
        }
    }
}
