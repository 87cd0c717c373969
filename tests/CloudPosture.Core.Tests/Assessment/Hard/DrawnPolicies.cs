using System;
using System.Linq;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>Draws statements, in the form of <c>policies.txt</c>, that get in each other's way.</summary>
internal sealed class DrawnPolicies(int seed)
{
    // Not here: a key together with a variable for itself in a resource, and two keys compared with each other both ways. Ours takes the two for chosen apart, and may say open of what is open to nobody.
    private static readonly string[] Forms = ["", "", "", "IfExists"];
    private static readonly string[] Buckets = ["*", "*", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::b,arn:aws:s3:::b/*", "arn:aws:s3:::b*", "arn:aws:s3:::b/a/*", "arn:aws:s3:::?/*", "!arn:aws:s3:::b/a/*", "!arn:aws:s3:::b", "arn:aws:s3:::other/*", "!arn:aws:s3:::other/*", "arn:aws:s3:::b/${aws:PrincipalAccount}/*", "!arn:aws:s3:::b/${aws:PrincipalAccount}/*"];
    private static readonly string[] BucketActions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:*", "*", "S3:getobject", "s3:*Object", "s3:?etObject", "sqs:*", "s3:*Bucket*", "s3:*,sqs:*", "s3:GetObject,s3:ListBucket", "!s3:GetObject", "!s3:Get*,s3:PutObject", "!sqs:*", "!s3:ListBucket"];
    private static readonly string[] Principals = ["*", "*", "*", "AWS=*", "AWS=444455556666", "AWS=arn:aws:iam::444455556666:role/r", "AWS=arn:aws:sts::444455556666:assumed-role/r/s", "AWS=111122223333", "AWS=AIDAJQABLZS4A3QDU576Q", "!AWS=111122223333", "!AWS=444455556666", "!AWS=111122223333,arn:aws:iam::444455556666:role/r"];
    private readonly Random _random = new(seed);

    public string Bucket() => Statements(() => $"{One(Principals)} {One(BucketActions)} {One(Buckets)}", () => One<Func<string>>([Account, Organization, Arn, Tag, Network, Truth, Null, Several])());

    public string Trust() => Statements(
        () => $"{One(["AWS=*", "*", "AWS=444455556666", "AWS=111122223333,444455556666", "AWS=arn:aws:iam::444455556666:role/r", "Federated=GITHUB", "Federated=GITHUB", "Federated=accounts.google.com", "Service=ec2.amazonaws.com", "!AWS=111122223333", "!AWS=444455556666"])} {One(["sts:AssumeRole", "sts:AssumeRole,sts:TagSession", "sts:*", "sts:TagSession", "sts:AssumeRole*", "sts:AssumeRoleWithWebIdentity", "!sts:TagSession", "*"])} *",
        () => One<Func<string>>([Account, Organization, Arn, Truth, External, External, Claim, Claim, NullOfTrust])());

    public string Identity() => Statements(
        () => $"- {One(["*", "*", "*:*", "!iam:*", "iam:*", "!s3:*,iam:*", "s3:*", "!iam:CreateUser", "iam:CreateUser", "!nosuch:X", "IAM:*", "?*:*", "!iam:NoSuchAction"])} {One(["*", "*", "*", "arn:aws:s3:::*", "!arn:aws:s3:::*", "!arn:aws:s3:::b/*", "arn:aws:*:*:111122223333:*"])}",
        () => One<Func<string>>([Truth, Truth, IdentityText, NullOfIdentity, Network])());

    public string Keys() => Statements(
        () => $"- {One(["*", "iam:*", "iam:*", "!iam:*", "iam:*AccessKey*", "iam:?*Key*", "iam:CreateAccessKey", "iam:C*,iam:D*", "!iam:CreateAccessKey", "!iam:C*", "iam:*Keys,iam:*Used,iam:U*", "iam:?e*", "!s3:*", "!iam:NoSuchAction", "IAM:*"])} {One(["*", "*", "*", "arn:aws:iam::*:*", "arn:aws:iam::111122223333:user/*", "!arn:aws:iam::111122223333:user/*", "!arn:aws:iam::111122223333:user/a", "arn:aws:iam::111122223333:user/a", "arn:aws:iam::${aws:PrincipalAccount}:*"])}",
        () => One<Func<string>>([Truth, Truth, IdentityText, NullOfIdentity, Network])());

    private string Account() => Texts("aws:PrincipalAccount", "111122223333", "444455556666", "1111*", "${aws:ResourceAccount}", "*");

    private string Organization() => Texts("aws:PrincipalOrgID", OwnOrVendor(), "o-*", "${aws:ResourceOrgID}", "O-OWNOWNOWN1");

    private string OwnOrVendor() => One([Actors.OwnOrganization, "o-vendor"]);

    private string Arn() => $"{One(["ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringNotLike"])}{One(Forms)} aws:PrincipalArn {One(["arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/admin", "arn:aws:iam::444455556666:*", "arn:aws:iam::${aws:ResourceAccount}:*", "arn:aws:iam::*:role/111122223333:*", "*"])}";

    private string Tag() => Texts("aws:PrincipalTag/team", "red", "red*", "*", "${aws:ResourceAccount}", "${aws:PrincipalOrgID}", "re?");

    private string Network() => _random.Next(3) switch
    {
        0 => $"{One(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"])}{One(Forms)} aws:SourceVpce {One(["vpce-own", "vpce-*"])}",
        1 => $"{One(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"])}{One(Forms)} aws:SourceVpc {One(["vpc-own", "*"])}",
        _ => $"{One(["IpAddress", "NotIpAddress"])}{One(Forms)} aws:SourceIp {One(["203.0.113.0/24", "0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "0.0.0.0/1,128.0.0.0/1", "::/0", "0.0.0.0/0,::/0", "8000::/1", "10.0.0.0/8", "203.0.113.5"])}"
    };

    private string Truth() => $"{One(["Bool", "BoolIfExists", "StringEquals", "StringNotEquals"])} {One(["aws:SecureTransport", "AWS:securetransport", "aws:MultiFactorAuthPresent", "aws:PrincipalIsAWSService"])} {One(["true", "false", "False", "true,false"])}";

    private string Null() => $"Null {One(["aws:PrincipalOrgID", "aws:MultiFactorAuthPresent", "aws:SourceIp", "aws:SourceVpce", "aws:PrincipalTag/team", "aws:PrincipalArn", "aws:SecureTransport"])} {One(["true", "false", "False"])}";

    private string NullOfTrust() => $"Null {One(["sts:ExternalId", "aws:PrincipalOrgID", "aws:MultiFactorAuthPresent"])} {One(["true", "false"])}";

    private string NullOfIdentity() => $"Null {One(["aws:MultiFactorAuthPresent", "aws:RequestTag/x", "aws:ResourceTag/x", "aws:SourceIp"])} {One(["true", "false"])}";

    private string IdentityText() => $"{One(["StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists"])} {One(["aws:RequestedRegion us-east-1", "aws:RequestedRegion *", "aws:ResourceTag/x a", "aws:PrincipalTag/team red", "aws:PrincipalAccount 111122223333", "aws:PrincipalAccount 444455556666", "aws:ResourceAccount ${aws:PrincipalAccount}", "iam:PassedToService *", "aws:PrincipalOrgID o-ownownown1", "s3:prefix x"])}";

    private string Several() => $"{One(["ForAllValues:", "ForAnyValue:"])}{One(["StringEquals", "StringLike", "StringNotLike", "StringNotEquals"])}{One(Forms)} {One(["aws:PrincipalOrgPaths o-ownownown1/*", "aws:PrincipalOrgPaths o-ownownown1/r-1/*", "aws:PrincipalOrgPaths *", "aws:TagKeys a", "aws:TagKeys a,b", "aws:TagKeys *"])}";

    private string External() => $"{One(["", "", "", "ForAllValues:", "ForAnyValue:"])}{One(["StringEquals", "StringEquals", "StringLike", "StringNotEquals", "StringNotLike"])}{One(Forms)} sts:ExternalId {One(["abc", "abc", "abc,def", "*", "?*", "????????", "${sts:ExternalId}", "abc,*"])}";

    private string Claim() => _random.Next(4) switch
    {
        0 => Texts("token.actions.githubusercontent.com:aud", "sts.amazonaws.com", "*"),
        1 => Texts("accounts.google.com:aud", "own.apps", "*"),
        _ => $"{One(["", "", "ForAllValues:", "ForAnyValue:"])}{One(["StringEquals", "StringLike", "StringLike", "StringNotLike"])}{One(Forms)} token.actions.githubusercontent.com:sub {One(["repo:own/*", "repo:own/app:*", "repo:own*", "*", "repo:*/app:*", "repo:own/app:ref:refs/heads/main", "*:environment:prod", "repo:own/*,repo:other/*"])}",
    };

    private string Texts(string key, params string[] values) => $"{One(["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"])}{One(Forms)} {key} {One(values)}";

    private string Statements(Func<string> about, Func<string> condition) => string.Join("; ", Enumerable.Range(0, _random.Next(1, 5)).Select(place =>
    {
        // An operator and a key stand in a statement once.
        var conditions = Enumerable.Range(0, _random.Next(0, 3)).Select(_ => condition()).DistinctBy(test => string.Join(' ', test.Split(' ').Take(2)), StringComparer.OrdinalIgnoreCase).ToArray();
        return $"{(place == 0 ? "Allow" : One(["Allow", "Deny", "Deny"]))} {about()}{(conditions.Length == 0 ? "" : " if " + string.Join(" & ", conditions))}";
    }));

    private T One<T>(T[] values) => values[_random.Next(values.Length)];
}
