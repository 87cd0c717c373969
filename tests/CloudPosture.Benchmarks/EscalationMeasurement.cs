using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using CloudPosture.Lake.Resources;
using CloudPosture.Lake.Snapshots;
using CloudPosture.Posture.Access;
using CloudPosture.Sandbox;

namespace CloudPosture.Benchmarks;

/// <summary>Who can become whom among many roles: how long it takes to read and sort them, and to search every way to an administrator.</summary>
internal static class EscalationMeasurement
{
    private const int RolesInAccount = 1_000;
    private const double Mebibyte = 1024 * 1024;

    // What roles of real accounts hold: most of it leads nowhere, and some of it to many.
    private static readonly string[] Kinds =
    [
        """{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::data-{n}/*"},{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}""",
        """{"Effect":"Allow","Action":["logs:*","cloudwatch:*","dynamodb:*"],"Resource":"*"},{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:queue-{n}"}""",
        """{"Effect":"Allow","Action":["lambda:*","s3:*"],"Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/app-{group}*"}""",
        """{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/app-{next}"}""",
        """{"Effect":"Allow","Action":["ec2:*","iam:PassRole"],"Resource":"*"},{"Effect":"Deny","Action":"iam:PassRole","Resource":"*","Condition":{"StringNotEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}""",
    ];

    public static void Run(int roles)
    {
        var snapshots = Enumerable.Range(0, Math.Max(1, roles / RolesInAccount)).Select(account => Account(account, Math.Min(roles, RolesInAccount))).ToList();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        var analysis = EscalationAnalysis.Of(snapshots, SandboxContent.Shipped);
        var sorted = clock.Elapsed;
        var paths = analysis.ToAdministrator();
        var searched = clock.Elapsed - sorted;
        Console.WriteLine(FormattableString.Invariant(
            $"{roles:N0} roles in {snapshots.Count} accounts: sorted in {sorted.TotalSeconds:F1} s, searched in {searched.TotalSeconds:F1} s; {paths.Count:N0} ways ({paths.Count(path => path.IsCertain):N0} certain), the longest of {paths.Select(path => path.Steps.Count).DefaultIfEmpty().Max()} steps; {(GC.GetTotalMemory(forceFullCollection: true) - before) / Mebibyte:F0} MiB kept"));
        GC.KeepAlive(analysis);
    }

    private static MemorySnapshot Account(int number, int roles)
    {
        var id = (100_000_000_000 + number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var next = (100_000_000_000 + number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new MemorySnapshot(SandboxContent.Shipped.Catalog.Names, Enumerable.Range(0, roles).Select(role => Role(id, next, role))) { AccountId = id, HarvestedAt = DateTimeOffset.UnixEpoch };
    }

    private static Resource Role(string account, string next, int number)
    {
        var isAdministrator = number % 100 == 99;
        var statements = isAdministrator ? """{"Effect":"Allow","Action":"*","Resource":"*"}"""
            : Kinds[number % Kinds.Length].Replace("{n}", $"{number}").Replace("{group}", $"{number % 97}").Replace("{next}", $"{number + 1}");
        var trust = (number % 3) switch
        {
            0 => """{"Service":"lambda.amazonaws.com"}""",
            1 => """{"Service":"ec2.amazonaws.com"}""",
            _ => $$"""{"AWS":["arn:aws:iam::{{account}}:root","arn:aws:iam::{{next}}:root"]}""",
        };
        var arn = $"arn:aws:iam::{account}:role/app-{number}";
        return new Resource
        {
            Type = "AWS::IAM::Role",
            Id = $"app-{number}",
            Arn = arn,
            Name = $"app-{number}",
            AccountId = account,
            Region = "global",
            HarvestId = "h",
            HarvestedAt = DateTimeOffset.UnixEpoch,
            Connection = "c",
            Configuration = JsonDocument.Parse($$$"""
                {"RoleName":"app-{{{number}}}","Path":"/","InstanceProfileList":[{"Arn":"arn:aws:iam::{{{account}}}:instance-profile/app-{{{number}}}"}],
                "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{{trust}}},"Action":"sts:AssumeRole"} ]},
                "RolePolicyList":[{"PolicyName":"own","PolicyDocument":{"Version":"2012-10-17","Statement":[{{{statements}}}]} } ]}
                """).RootElement,
        };
    }
}
