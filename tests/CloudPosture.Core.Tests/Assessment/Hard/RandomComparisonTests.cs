using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Policies;
using CloudPosture.Assessment.Policies.Documents;

namespace CloudPosture.Tests.Assessment.Hard;

/// <summary>
/// Our answers to all six questions beside a search of every request of a world, over adversarial random policies. POLICY_TRIES asks for
/// so many others than those of each run.
/// </summary>
public sealed class RandomComparisonTests
{
    private const int Tries = 200;

    // Where nothing is left open every request is tried.
    private const int TriesOfTransport = 40;
    private const int FirstSeed = 20261127;
    private const string Fresh = "zzz:Zzz";
    private static readonly Owner Us = new(Actors.Own) { OrganizationId = Actors.OwnOrganization, IsOrganizationKnown = true };
    private static readonly PolicyTarget Bucket = PolicyTarget.Of("arn:aws:s3:::b");
    private static readonly string[] BucketActions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:GetObjectAcl", "s3:AbortMultipartUpload", "s3:ListBucket", "s3:GetBucketPolicy", "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration"];
    private static readonly string[] KeyActions = ["iam:createaccesskey", "iam:deleteaccesskey", "iam:getaccesskeylastused", "iam:listaccesskeys", "iam:updateaccesskey"];
    private static readonly string[] RoleActions = ["sts:AssumeRole"];

    private static readonly (string Arn, Func<string, bool> Takes)[] BucketResources =
    [
        ("arn:aws:s3:::b", action => !IsOnObject(action)),
        .. new[] { "x", "a/x", "zzz/x", "red/x", "blue/x", "reddish/x", "o-ownownown1/x", "o-zzz/x", "999999999999/x", "111199999999/x", "444455556666/x", "111122223333/x", "anonymous/x" }.Select(key => ($"arn:aws:s3:::b/{key}", (Func<string, bool>)IsOnObject)),
    ];

    private static readonly (string Arn, Func<string, bool> Takes)[] Role = [("arn:aws:iam::111122223333:role/r", _ => true)];

    [Fact]
    public void Public() => Compare(drawn => drawn.Bucket(), document => ResourcePolicy.Public(document, Us, Bucket), json => Any(Actors.Strangers(BucketActions), json, BucketResources, PlainEvaluator.IsAllowed));

    [Fact]
    public void Cross_account() => Compare(drawn => drawn.Bucket(), document => ResourcePolicy.ExposureOf(document, Us, Bucket), json => Any(Actors.Outsiders(BucketActions), json, BucketResources, PlainEvaluator.IsAllowed));

    [Fact]
    public void Transport() => Compare(
        drawn => drawn.Bucket() + "; Deny AWS=* s3:* arn:aws:s3:::b,arn:aws:s3:::b/* if StringNotLike AWS:SECURETRANSPORT t*",
        drawn => drawn.Bucket(),
        document => TransportPolicy.DeniesInsecure(document, Us, Bucket),
        json => !Any(Actors.Everyone(BucketActions), json, BucketResources, (policy, request) => (!request.Context.TryGetValue("aws:securetransport", out var isSecure) || isSecure[0] == "false") && !PlainEvaluator.IsDenied(policy, request)),
        TriesOfTransport);

    [Fact]
    public void Trust() => Compare(drawn => drawn.Trust(), document => TrustPolicy.Public(document, Us), json => Any(Actors.Strangers(RoleActions).Where(actor => actor.Names.Length > 0).Concat(Actors.Tokens()), json, Role, PlainEvaluator.IsAllowed));

    [Fact]
    public void External_id() => Compare(
        drawn => drawn.Trust(),
        drawn => drawn.Trust(),
        document => TrustPolicy.ThirdPartyWithoutExternalId(document, Us, out var isUndecided) is not null ? true : isUndecided ? null : false,
        json => json.GetProperty("Statement").EnumerateArray().Where(IsAllow).Any(allow => Any(Actors.ThirdParties(RoleActions), json, Role, (policy, request) => PlainEvaluator.Applies(allow, request) && !PlainEvaluator.IsDenied(policy, request)) == true));

    [Fact]
    public void Full_admin() => Compare(
        drawn => drawn.Identity(),
        drawn => drawn.Identity(),
        document => IdentityPolicy.FullAdmin(document.Statements, Us, out var isUndecided) is not null ? true : isUndecided ? null : false,
        IsAdministrator);

    [Fact]
    public void Actions_on_everything() => CompareGrants(grants => grants.OnEverything(KeyActions), "arn:aws:iam::111122223333:zzz");

    [Fact]
    public void Actions_on_anything() => CompareGrants(grants => grants.OnAnything(KeyActions), "arn:aws:iam::111122223333:zzz", "arn:aws:iam::111122223333:user/zzz", "arn:aws:iam::111122223333:user/a");

    private static void CompareGrants(Func<IdentityGrants, IReadOnlyDictionary<string, Statement>> ask, params string[] resources) => Compare(
        drawn => drawn.Keys(),
        drawn => drawn.Keys(),
        document => new IdentityGrants(document.Statements, Us) is var grants && ask(grants).Count == KeyActions.Length ? true : grants.IsUndecided ? null : false,
        json => Actors.Holder(KeyActions).Requests(json.GetRawText(), [.. resources.Select(arn => (arn, (Func<string, bool>)(_ => true)))])?.ToLookup(request => request.Action) is { } requests
            ? KeyActions.All(action => requests[action].Any(request => PlainEvaluator.IsAllowed(json, request)))
            : null);

    // Each of the account's own identities counts as one that may be, whatever holds for the others.
    private static bool? IsAdministrator(JsonElement policy)
    {
        var text = policy.GetRawText();
        string[] actions = [Fresh, "iam:CreateUser", "iam:ListUsers", "s3:GetObject", "ec2:RunInstances"];
        (string Arn, Func<string, bool> Takes)[] fresh = [("arn:aws:zzz:zz-zzz-1:111122223333:zzz/zzz", _ => true)];
        var requests = Actors.Identity([Fresh]).Requests(text, fresh)?.ToList();
        if (requests is null)
        {
            return null;
        }

        var allows = policy.GetProperty("Statement").EnumerateArray().Where(statement => statement.GetProperty("Effect").GetString() == "Allow" && requests.Exists(request => PlainEvaluator.MeetsConditions(statement, request))).ToList();
        bool IsGranted(string action, string arn) => allows.Exists(allow => PlainEvaluator.Listed(allow, "Action", action, requests[0], ignoreCase: true) && PlainEvaluator.Listed(allow, "Resource", arn, requests[0], ignoreCase: false));
        return actions.All(action => (action[..3] switch
        {
            "iam" => ["arn:aws:iam::111122223333:zzz/zzz"],
            "s3:" => ["arn:aws:s3:::zzz"],
            "ec2" => ["arn:aws:ec2:zz-zzz-1:111122223333:zzz/zzz"],
            _ => new[] { "arn:aws:zzz:zz-zzz-1:111122223333:zzz/zzz", "arn:aws:zzz::111122223333:zzz" },
        }).All(arn => IsGranted(action, arn))) && requests.Exists(request => PlainEvaluator.IsAllowed(policy, request));
    }

    // An account that a statement lets in as one of all is a third party like one that it names.
    private static bool IsAllow(JsonElement statement) => statement.GetProperty("Effect").GetString() == "Allow";

    private static bool IsOnObject(string action) => action.Contains("Object", StringComparison.Ordinal) || action.Contains("Multipart", StringComparison.Ordinal);

    private static bool? Any(IEnumerable<Actor> actors, JsonElement policy, IReadOnlyList<(string Arn, Func<string, bool> Takes)> resources, Func<JsonElement, PlainRequest, bool> isWanted)
    {
        var text = policy.GetRawText();
        foreach (var actor in actors)
        {
            if (actor.Requests(text, resources) is not { } requests)
            {
                return null;
            }

            if (requests.Any(request => isWanted(policy, request)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Compare(Func<DrawnPolicies, string> draw, Func<PolicyDocument, Exposure> ours, Func<JsonElement, bool?> theirs) =>
        Compare(draw, draw, document => ours(document) is var exposure && exposure.IsUndecided && exposure.Reach == Reach.Own ? null : exposure.Reach != Reach.Own, theirs);

    private static void Compare(Func<DrawnPolicies, string> draw, Func<DrawnPolicies, string> drawAlso, Func<PolicyDocument, bool?> ours, Func<JsonElement, bool?> theirs, int usual = Tries)
    {
        var isMore = int.TryParse(Environment.GetEnvironmentVariable("POLICY_TRIES"), out var tries);
        var first = isMore ? Random.Shared.Next() : FirstSeed;
        var (wrong, answers, skipped) = (new List<string>(), new int[2], 0);
        for (var i = 0; i < (isMore ? tries : usual); i++)
        {
            var line = (i % 2 == 0 ? draw : drawAlso)(new DrawnPolicies(unchecked(first + i)));
            var (our, their) = Ask(line, ours, theirs);
            if (our is null || their is null)
            {
                skipped++;
                continue;
            }

            answers[their.Value ? 1 : 0]++;
            if (our != their)
            {
                wrong.Add($"ours {our}: {Smaller(line, smaller => Ask(smaller, ours, theirs) is var (a, b) && a is not null && b is not null && a != b)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {answers.Sum()}\n{string.Join('\n', wrong.Distinct().OrderBy(text => text.Length))}");
        Assert.True(skipped < answers.Sum() / 4, $"{skipped} could not be compared.");
        Assert.All(answers, count => Assert.True(count > answers.Sum() / 50, $"The policies give one answer: {string.Join(' ', answers)}."));
    }

    private static (bool? Our, bool? Their) Ask(string line, Func<PolicyDocument, bool?> ours, Func<JsonElement, bool?> theirs)
    {
        using var json = JsonDocument.Parse(PolicyLine.Parse("a no b: " + line).Document);
        return (ours(PolicyDocument.Parse(json.RootElement)!), theirs(json.RootElement));
    }

    // The statements and conditions that the disagreement does not need are left out.
    private static string Smaller(string line, Func<string, bool> isStill)
    {
        var smaller = Parts(line).FirstOrDefault(isStill);
        return smaller is null ? line : Smaller(smaller, isStill);
    }

    private static IEnumerable<string> Parts(string line)
    {
        var statements = line.Split("; ");
        for (var i = 0; i < statements.Length; i++)
        {
            if (statements.Length > 1)
            {
                yield return string.Join("; ", statements.Where((_, place) => place != i));
            }

            if (statements[i].Split(" if ") is [var about, var tests])
            {
                var conditions = tests.Split(" & ");
                for (var j = 0; j < conditions.Length; j++)
                {
                    var left = conditions.Where((_, place) => place != j).ToArray();
                    yield return string.Join("; ", statements.Select((statement, place) => place != i ? statement : left.Length == 0 ? about : $"{about} if {string.Join(" & ", left)}"));
                }
            }
        }
    }
}
