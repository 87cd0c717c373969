using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>publicAccessIsBlocked</c>, with <c>settings</c> (all four where left out), for AWS::S3::Bucket: true where each of the settings is on in the bucket's own
/// public access block or in its account's, since S3 applies the stricter of both. Unknown where one that was not read would decide.
/// Evidence: the settings that are off.
/// </summary>
internal sealed class PublicAccessIsBlocked(YamlMap arguments) : DerivedFunction
{
    private static readonly FieldReference Block = FieldReference.Parse("PublicAccessBlock");
    private static readonly string[] AllSettings = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
    private readonly IReadOnlyList<string> _settings = arguments.Texts("settings") is { Count: > 0 } some ? some : AllSettings;

    public override IReadOnlyList<string> Types => [BucketBlocks.AccountType];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var own = Block.Resolve(subject, out var block);
        var account = AccountBlock(subject, out var accountBlock);
        var off = _settings.Where(setting => !IsOn(own, block, setting) && !IsOn(account, accountBlock, setting)).ToArray();
        return off.Length == 0 ? DerivedValue.Of(true, explain ? $"on in bucket or account: {string.Join(", ", _settings)}" : null)
            : own == FieldState.Unreadable || account == FieldState.Unreadable ? DerivedValue.Unknown(explain ? $"the public access block of the {(own == FieldState.Unreadable ? "bucket" : "account")} was not read" : null)
            : DerivedValue.Of(false, explain ? $"off in bucket and account: {string.Join(", ", off)}" : null);
    }

    private static FieldState AccountBlock(in Subject subject, out FieldValue block)
    {
        block = default;
        var record = subject.Account.Resources(BucketBlocks.AccountType).FirstOrDefault();
        return record is not null ? Block.Resolve(new Subject(record, subject.Account), out block)
            : subject.Account.GapOf(BucketBlocks.AccountType, region: null) is null ? FieldState.Absent : FieldState.Unreadable;
    }

    private static bool IsOn(FieldState state, FieldValue block, string setting) => state == FieldState.Present && block.Json.Flag(setting);
}
