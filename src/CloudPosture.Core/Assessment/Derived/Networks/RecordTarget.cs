using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>recordTarget</c>, with <c>ask</c>, for AWS::Route53::RecordSet. <c>isChecked</c>: whether the set names IPv4 addresses, or the website of a
/// bucket. <c>isDangling</c>: whether that bucket is none of the account's, so that anyone may make it. A public address that the account does
/// not hold may be a released one or a partner's, which cannot be told: unknown. Evidence: the target.
/// Sources: AWS::S3::Bucket, AWS::EC2::EIP, AWS::EC2::NetworkInterface.
/// </summary>
internal sealed class RecordTarget : DerivedFunction
{
    private const string Bucket = "AWS::S3::Bucket";
    private const string Address = "AWS::EC2::EIP";
    private const string Interface = "AWS::EC2::NetworkInterface";
    private static readonly Regex Website = new(@"^(?<bucket>.+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(\.cn)?\.?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
    private readonly ConditionalWeakTable<AccountIndex, HashSet<string>> _held = new();
    private readonly bool _isDangling;

    public RecordTarget(YamlMap arguments)
    {
        arguments.RequiredNode("ask");
        _isDangling = arguments.Choice("ask", false, ("isChecked", false), ("isDangling", true));
    }

    public override IReadOnlyList<string> Types => [Bucket, Address, Interface];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var type = subject.Root.Text("Type");
        var values = subject.Root.Items("ResourceRecords").Select(record => record.Text("Value")).OfType<string>().ToArray();
        var website = type == "CNAME" ? values.Select(value => Website.Match(value)).FirstOrDefault(match => match.Success) : null;
        if (!_isDangling)
        {
            return DerivedValue.Of(website is not null || (type == "A" && values.Length > 0), explain ? "a record without an alias" : null);
        }

        return website is not null ? BucketOf(website.Groups["bucket"].Value, subject, explain) : AddressesOf(values, subject, explain);
    }

    private static DerivedValue BucketOf(string bucket, in Subject subject, bool explain)
    {
        if (subject.Account.Resources(Bucket).Any(own => string.Equals(own.Id, bucket, StringComparison.OrdinalIgnoreCase)))
        {
            return DerivedValue.Of(false, explain ? $"the bucket {bucket} is the account's own" : null);
        }

        return subject.Account.WhyMissing(Bucket, null) is { } reason
            ? DerivedValue.Unknown(explain ? $"buckets could not be read: {reason}" : null)
            : DerivedValue.Of(true, explain ? $"the account has no bucket {bucket}" : null);
    }

    private DerivedValue AddressesOf(string[] values, in Subject subject, bool explain)
    {
        var held = _held.GetValue(subject.Account, AddressesHeld);
        var strange = values.FirstOrDefault(value => !held.Contains(value) && PublicRange.Of(value + "/32") is not null);
        return strange is null
            ? DerivedValue.Of(false, explain ? "every address is private or the account's own" : null)
            : DerivedValue.Unknown(explain ? $"{strange} is no address of the account; whose it is could not be looked up" : null);
    }

    private static HashSet<string> AddressesHeld(AccountIndex account) => new(
        account.Resources(Address).Select(address => address.Configuration.Text("PublicIp"))
            .Concat(account.Resources(Interface).SelectMany(each => each.Configuration.Items("PrivateIpAddresses")
                .Select(one => one.Member("Association"))
                .Append(each.Configuration.Member("Association"))
                .OfType<JsonElement>()
                .Select(association => association.Text("PublicIp"))))
            .OfType<string>(),
        StringComparer.Ordinal);
}
