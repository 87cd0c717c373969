using System;
using System.Collections;
using System.Linq;
using CloudPosture.Lake.Resources;

namespace CloudPosture.PowerShell.Resources;

/// <summary>A harvested resource as the pipeline sees it.</summary>
public sealed class PostureResource
{
    private readonly Resource _resource;

    internal PostureResource(Resource resource) => _resource = resource;

    /// <summary>The CloudFormation type (<c>AWS::EC2::SecurityGroup</c>).</summary>
    public string ResourceType => _resource.Type;

    /// <summary>The name a person gave it, or its id.</summary>
    public string ResourceName => _resource.Name;

    /// <summary>The identifier within its type, account and Region.</summary>
    public string ResourceId => _resource.Id;

    /// <summary>The ARN.</summary>
    public string ResourceArn => _resource.Arn;

    /// <summary>The account, 12 digits.</summary>
    public string AccountId => _resource.AccountId;

    /// <summary>The Region, or <c>global</c>.</summary>
    public string Region => _resource.Region;

    /// <summary>When it was read, in UTC.</summary>
    public DateTimeOffset HarvestedAt => _resource.HarvestedAt;

    /// <summary>The connection it was read through.</summary>
    public string Connection => _resource.Connection;

    /// <summary>The connection's namespace.</summary>
    public string Namespace => _resource.Namespace;

    /// <summary>The harvest that read it.</summary>
    public string HarvestId => _resource.HarvestId;

    /// <summary>The fields that could not be read and why (<c>Policy: AccessDenied</c>), separated by semicolons; empty for a whole record.</summary>
    public string Gaps => string.Join("; ", _resource.Gaps.Select(gap => $"{gap.Field}: {gap.Reason}"));

    /// <summary>The tags by key; keys are told apart by case, as in AWS.</summary>
    public Hashtable Tags
    {
        get
        {
            if (field is null)
            {
                field = new TagTable();
                foreach (var tag in _resource.Tags)
                {
                    field.Add(tag.Key, tag.Value);
                }
            }

            return field;
        }
    }

    /// <summary>What AWS answered, with the official member names, as objects.</summary>
    public object? Configuration => field ??= JsonObjects.Whole(_resource.Configuration);

    internal string ConfigurationJson => _resource.Configuration.GetRawText();

    /// <summary>The resource's name.</summary>
    public override string ToString() => ResourceName;
}
