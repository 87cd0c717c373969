using System.Linq;
using CloudPosture.Json;
using CloudPosture.Lake.Resources;

namespace CloudPosture.Assessment.Access;

/// <summary>Knows which buckets let no public in, whatever their policy says.</summary>
internal static class BucketBlocks
{
    public const string AccountType = "AWS::S3::AccountPublicAccessBlock";
    private const string Block = "PublicAccessBlock";
    private const string Setting = "RestrictPublicBuckets";

    /// <summary>Whether the bucket's own block, or that of its account, keeps the public out.</summary>
    public static bool RestrictsPublic(Resource bucket, IdentityAccount account) => bucket.Type == "AWS::S3::Bucket"
        && (bucket.Configuration.Member(Block)?.Flag(Setting) == true
            || (account.Others.TryGetValue(AccountType, out var blocks) && blocks.Any(block => block.Configuration.Member(Block)?.Flag(Setting) == true)));
}
