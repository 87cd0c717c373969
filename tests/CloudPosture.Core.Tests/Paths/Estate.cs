using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CloudPosture.Assessment.Paths;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Paths;
using CloudPosture.Tests.Escalation;
using CloudPosture.Tests.Graph;

namespace CloudPosture.Tests.Paths;

/// <summary>
/// An account with one way from the Internet to everything: the instance i-1, which the Internet reaches at port 22, works with the role
/// app, which may give the role strong to a function. Tests take one thing away or put another in.
/// </summary>
internal sealed class Estate
{
    public const string Instance = "arn:aws:ec2:eu-central-1:111122223333:thing/i-1";
    public const string Key = "arn:aws:kms:eu-central-1:111122223333:key/k1";
    public const string Bucket = "arn:aws:s3:::vault";
    public const string Vault = """{"Name":"vault"}""";

    public Town Town { get; } = new();

    /// <summary>What the role app may do.</summary>
    public List<string> Grants { get; } = [Plant.Allow("iam:PassRole", "arn:aws:iam::111122223333:role/strong"), Plant.Allow("lambda:CreateFunction"), Plant.Allow("lambda:InvokeFunction")];

    public string? Boundary { get; set; }

    /// <summary>Puts more into the account.</summary>
    public List<Action<Plant>> More { get; } = [];

    /// <summary>The types of which no list was read.</summary>
    public List<string> Unread { get; } = [];

    public string Strong { get; set; } = Plant.Allow("*");

    public Estate()
    {
        Town["i-1"]["IamInstanceProfile"] = new JsonObject { ["Arn"] = "arn:aws:iam::111122223333:instance-profile/app" };
    }

    public static Estate Of(Action<Estate> change)
    {
        var estate = new Estate();
        change(estate);
        return estate;
    }

    /// <summary>The role app may do what is granted and nothing else, and there is the bucket.</summary>
    public static Estate Reading(params IEnumerable<string> grants)
    {
        var estate = new Estate();
        estate.Grants.Clear();
        estate.Grants.AddRange(grants);
        estate.Put("AWS::S3::Bucket", "vault", Bucket, Vault);
        return estate;
    }

    public void Put(string type, string id, string arn, string json = "{}", IReadOnlyDictionary<string, string>? tags = null) =>
        More.Add(plant => plant.Add(type, id, arn, (JsonObject)JsonNode.Parse(json)!, tags));

    public MemorySnapshot Snapshot()
    {
        var plant = new Plant();
        var boundary = Boundary is null ? null : plant.Policy("limit", [Boundary]);
        plant.Role("app", Grants, [Plant.TrustOf("Service", "ec2.amazonaws.com")], boundary, profile: true);
        plant.Role("strong", [Strong], [Plant.TrustOf("Service", "lambda.amazonaws.com")]);
        foreach (var resource in Town.Resources().Where(resource => !Unread.Contains(resource.Type)))
        {
            plant.Add(resource.Type, resource.Id, resource.Arn, (JsonObject)JsonNode.Parse(resource.Configuration.GetRawText())!);
        }

        foreach (var more in More)
        {
            more(plant);
        }

        return plant.Snapshot(Unread);
    }

    public PathAnalysis Analysis(params IEnumerable<MemorySnapshot> others)
    {
        MemorySnapshot[] snapshots = [Snapshot(), .. others];
        return PathAnalysis.Of(snapshots, Shipped.Content, from => ExposureReport.Read(snapshots).From(from));
    }

    /// <summary>The paths from the Internet to administrators.</summary>
    public IReadOnlyList<PosturePath> ToAdmin(string from = "Internet") => Analysis().ToAdministrator([from]);

    /// <summary>The paths from the Internet to data.</summary>
    public IReadOnlyList<PosturePath> ToData(string from = "Internet") => Analysis().ToEach([from], Snapshot().Resources().Where(resource => PathAnalysis.DataTypesOf(Shipped.Content).Contains(resource.Type)));
}
