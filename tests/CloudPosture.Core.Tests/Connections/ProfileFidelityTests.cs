using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Aws;
using CloudPosture.Aws.Credentials;
using CloudPosture.Tests.Aws;
using CloudPosture.Tests.Aws.Fidelity;

namespace CloudPosture.Tests.Connections;

/// <summary>The AWS files mean to us what they mean to AWS's own Python client: whose keys, which roles, which endpoint.</summary>
public sealed class ProfileFidelityTests : IAsyncLifetime
{
    private const string Keys1 = "aws_access_key_id = AK1\naws_secret_access_key = secret1\n";
    private const string Keys2 = "aws_access_key_id = AK2\naws_secret_access_key = secret2\n";
    private const string Role = "role_arn = arn:aws:iam::111122223333:role/r1\n";
    private readonly ScratchFolder _scratch = new();
    private readonly LoopbackServer _sts = new(Answer);

    /// <summary>What is tried: a name, both files, the profile, and further variables.</summary>
    private static readonly (string Name, string Credentials, string Config, string? Profile, string[] Variables)[] Cases =
    [
        ("keys of the credentials file", $"[p]\n{Keys1}", "", "p", []),
        ("keys of config", "", $"[profile p]\n{Keys1}", "p", []),
        ("keys in both files", $"[p]\n{Keys1}", $"[profile p]\n{Keys2}aws_session_token = tok2\n", "p", []),
        ("a token in the other file", $"[p]\n{Keys1}", "[profile p]\naws_session_token = tok2\n", "p", []),
        ("the older name of the token", $"[p]\n{Keys1}aws_security_token = tok1\n", "", "p", []),
        ("a section of config without its kind", "", $"[p]\n{Keys1}", "p", []),
        ("the same beside the right one", "", $"[p]\n{Keys1}[profile p]\n{Keys2}", "p", []),
        ("a kind in the credentials file", $"[profile p]\n{Keys1}", "", "p", []),
        ("two defaults", "", $"[default]\n{Keys1}[profile default]\n{Keys2}", "default", []),
        ("a name in quotes", "", $"[profile \"my prof\"]\n{Keys1}", "my prof", []),
        ("names of settings in another case", "[p]\nAWS_Access_Key_Id = AK1\nAWS_SECRET_ACCESS_KEY = secret1\n", "", "p", []),
        ("colons", "[p]\naws_access_key_id: AK1\naws_secret_access_key: secret1\n", "", "p", []),
        ("white space", "[p]  \n  \naws_access_key_id=AK1\naws_secret_access_key   =   secret1  \n", "", "p", []),
        ("comments", "# one\n[p]\n; two\naws_access_key_id = AK1\n#aws_session_token = x\naws_secret_access_key = secret1\n", "", "p", []),
        ("indented settings", "[p]\n  aws_access_key_id = AK1\n  aws_secret_access_key = secret1\n", "", "p", []),
        ("settings indented by tabs", "", "[profile p]\n\taws_access_key_id = AK1\n\taws_secret_access_key = secret1\n", "p", []),
        ("indented sections", $"  [p]\n  aws_access_key_id = AK1\n  aws_secret_access_key = secret1\n  [q]\n{Keys2}", "", "q", []),
        ("settings of a setting", "", $"[profile p]\ns3 =\n  aws_access_key_id = AK9\n{Keys1}", "p", []),
        ("a setting that goes on", "", "[profile p]\noutput = json\n  aws_access_key_id = AK9\naws_access_key_id = AK1\naws_secret_access_key = secret1\n", "p", []),
        ("a process on several lines", "", "[profile p]\ncredential_process = /usr/bin/printf\n  %s\n  '{\"Version\": 1, \"AccessKeyId\": \"AK4\", \"SecretAccessKey\": \"secret4\", \"SessionToken\": \"a=b\"}'\n", "p", []),
        ("half a pair", "[p]\naws_access_key_id = AK1\n", "", "p", []),
        ("no such profile", $"[p]\n{Keys1}", "", "q", []),
        ("a role", $"[hub]\n{Keys1}", $"[profile p]\n{Role}source_profile = hub\nexternal_id = word\n", "p", []),
        ("a role with its own keys", $"[p]\n{Keys1}", $"[profile p]\n{Role}source_profile = p\n", "p", []),
        ("a role whose source has keys and a role", $"[b]\n{Keys2}", $"[profile p]\n{Role}source_profile = b\n[profile b]\nrole_arn = arn:aws:iam::111122223333:role/r2\nsource_profile = c\n[profile c]\n{Keys1}", "p", []),
        ("a chain of roles", $"[c]\n{Keys1}", $"[profile p]\n{Role}source_profile = b\n[profile b]\nrole_arn = arn:aws:iam::111122223333:role/r2\nsource_profile = c\n", "p", []),
        ("a circle", "", $"[profile p]\n{Role}source_profile = b\n[profile b]\n{Role}source_profile = p\n", "p", []),
        ("a circle that keys break", $"[b]\n{Keys1}", $"[profile p]\n{Role}source_profile = b\n[profile b]\n{Role}source_profile = p\n", "p", []),
        ("two sources", $"[hub]\n{Keys1}", $"[profile p]\n{Role}source_profile = hub\ncredential_source = Environment\n", "p", []),
        ("no source", "", $"[profile p]\n{Role}", "p", []),
        ("a role by the environment", "", $"[profile p]\n{Role}credential_source = Environment\n", "p", ["AWS_ACCESS_KEY_ID=AK3", "AWS_SECRET_ACCESS_KEY=secret3"]),
        ("keys of the credentials file beside a process", $"[p]\n{Keys1}", "[profile p]\ncredential_process = /bin/false\n", "p", []),
        ("the environment", $"[default]\n{Keys1}", "", null, ["AWS_ACCESS_KEY_ID=AK3", "AWS_SECRET_ACCESS_KEY=secret3", "AWS_SECURITY_TOKEN=tok3"]),
        ("the profile of the environment", $"[default]\n{Keys1}[q]\n{Keys2}", "", null, ["AWS_PROFILE=q"]),
        ("the older variable for it", $"[default]\n{Keys1}[q]\n{Keys2}", "", null, ["AWS_DEFAULT_PROFILE=q"]),
        ("the default", $"[default]\n{Keys1}", "", null, []),
        ("half a web identity", $"[default]\n{Keys1}", "", null, ["AWS_WEB_IDENTITY_TOKEN_FILE=/nowhere"]),
        ("an endpoint", $"[p]\n{Keys1}", "[profile p]\nendpoint_url = https://all.example\n", "p", []),
        ("an endpoint of one service", $"[p]\n{Keys1}", "[profile p]\nservices = s\nendpoint_url = https://all.example\n[services s]\nelastic_load_balancing_v2 =\n  endpoint_url = https://elb.example\nec2 =\n  endpoint_url = https://ec2.example\n", "p", []),
        ("an endpoint that is not to count", $"[p]\n{Keys1}", "[profile p]\nendpoint_url = https://all.example\nignore_configured_endpoint_urls = true\n", "p", []),
        ("the environment's endpoint goes first", $"[p]\n{Keys1}", "[profile p]\nendpoint_url = https://all.example\n", "p", ["AWS_ENDPOINT_URL_EC2=https://env.example"]),
        ("the environment's refusal goes first", $"[p]\n{Keys1}", "[profile p]\nendpoint_url = https://all.example\nignore_configured_endpoint_urls = false\n", "p", ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true"]),
        ("the endpoint of the default profile, for keys of the environment", "", "[default]\nendpoint_url = https://all.example\n", null, ["AWS_ACCESS_KEY_ID=AK3", "AWS_SECRET_ACCESS_KEY=secret3"]),
        ("an endpoint of the source profile", $"[hub]\n{Keys1}", $"[profile p]\n{Role}source_profile = hub\n[profile hub]\nendpoint_url = https://hub.example\n", "p", []),
        ("FIPS", $"[p]\n{Keys1}", "[profile p]\nuse_fips_endpoint = true\n", "p", []),
        ("FIPS by the environment", $"[p]\n{Keys1}", "", "p", ["AWS_USE_FIPS_ENDPOINT=true"]),
        ("the environment's no to FIPS", $"[p]\n{Keys1}", "[profile p]\nuse_fips_endpoint = true\n", "p", ["AWS_USE_FIPS_ENDPOINT=false"]),
        ("both", $"[p]\n{Keys1}", "[profile p]\nuse_fips_endpoint = True\nuse_dualstack_endpoint = true\n", "p", []),
    ];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _sts.DisposeAsync();
        _scratch.Dispose();
    }

    [BotocoreFact]
    public async Task Files_mean_what_they_mean_to_an_independent_client()
    {
        var asked = (from each in Cases from service in each.Config.Contains("services", StringComparison.Ordinal) ? new[] { "ec2", "elbv2" } : ["ec2"] select (each, service)).ToList();
        var lines = asked.Select((pair, index) => new JsonObject
        {
            ["environment"] = new JsonObject(Environment(pair.each, index).Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))),
            ["profile"] = pair.each.Profile,
            ["service"] = pair.service,
            ["region"] = "us-west-2",
        }.ToJsonString());
        var output = await Python.RunAsync([Python.Script("botocore_profiles.py")], string.Join('\n', lines));
        var theirs = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var theirRoles = RolesAsked();

        var ours = new List<string>();
        for (var index = 0; index < asked.Count; index++)
        {
            ours.Add(await AskOursAsync(asked[index].each, asked[index].service, index));
        }

        Assert.Equal(asked.Count, theirs.Length);
        Assert.Empty(asked.Zip(theirs, ours).Where(each => Plain(each.Second) != each.Third).Select(each => $"{each.First.each.Name} ({each.First.service}): {Plain(each.Second)} became {each.Third}"));
        Assert.Equal(theirRoles, RolesAsked());
    }

    private Dictionary<string, string> Environment((string Name, string Credentials, string Config, string? Profile, string[] Variables) each, int index) => new(
        each.Variables.Select(variable => variable.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])))
    {
        ["AWS_SHARED_CREDENTIALS_FILE"] = _scratch.Write($"credentials{index}", each.Credentials),
        ["AWS_CONFIG_FILE"] = _scratch.Write($"config{index}", each.Config),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_DEFAULT_REGION"] = "us-west-2",
        ["AWS_ENDPOINT_URL_STS"] = _sts.Url.ToString().TrimEnd('/'),
    };

    private async Task<string> AskOursAsync((string Name, string Credentials, string Config, string? Profile, string[] Variables) each, string service, int index)
    {
        var variables = Environment(each, index);
        var options = new AwsClientOptions { Environment = variables.GetValueOrDefault };
        using var client = new AwsClient(Shipped.Content.Models, options);
        try
        {
            var reference = each.Profile is null ? new CredentialReference() : new CredentialReference { Kind = CredentialKind.Profile, ProfileName = each.Profile };
            var found = await new CredentialResolver(client, variables.GetValueOrDefault).ResolveAsync(reference, null, CancellationToken.None);
            var keys = await found.Credentials.GetCredentialsAsync();
            return $"{keys.AccessKey} {keys.Token} {await EndpointAsync(service, found, options)}";
        }
        catch (CredentialException)
        {
            return "error";
        }
    }

    private static async Task<string> EndpointAsync(string service, ResolvedCredentials found, AwsClientOptions options)
    {
        var transport = StubTransport.Of("", 403);
        using var client = transport.Client(options);
        var (model, operation) = service == "ec2" ? ("ec2", "DescribeRegions") : ("elasticloadbalancing", "DescribeLoadBalancers");
        var call = StubTransport.Call(model, operation, region: "us-west-2");
        await Assert.ThrowsAsync<AwsServiceException>(() => client.SendAsync(call with { Target = call.Target with { Endpoints = found.Endpoints } }, CancellationToken.None));
        return transport.Requests.Single().RequestUri!.GetLeftPart(UriPartial.Authority);
    }

    private static string Plain(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.TryGetProperty("error", out _) || json.RootElement.GetProperty("key").ValueKind == JsonValueKind.Null
            ? "error"
            : $"{json.RootElement.GetProperty("key").GetString()} {json.RootElement.GetProperty("token").GetString()} {json.RootElement.GetProperty("endpoint").GetString()}";
    }

    /// <summary>The roles that STS was asked for since the last time, and by whose keys.</summary>
    private List<string> RolesAsked()
    {
        var roles = new List<string>();
        while (_sts.Requests.TryDequeue(out var request))
        {
            var by = request.Headers["Authorization"].Split("Credential=")[1].Split('/')[0];
            roles.Add($"{request.Form["RoleArn"]} {request.Form.GetValueOrDefault("ExternalId")} by {by} {request.Headers.GetValueOrDefault("X-Amz-Security-Token")}");
        }

        return roles;
    }

    private static (int Status, string Body) Answer(LoopbackRequest request) => (200, $"""
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
        <AccessKeyId>ASIA-{request.Form["RoleArn"].Split('/')[1]}</AccessKeyId><SecretAccessKey>sts-secret</SecretAccessKey><SessionToken>sts-token</SessionToken>
        <Expiration>{DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</Expiration>
        </Credentials></AssumeRoleResult></AssumeRoleResponse>
        """);
}
