using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Policies.Documents;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Assessment.Policies.Solving;
using CloudPosture.Graph;

namespace CloudPosture.Assessment.Fronts;

/// <summary>Judges whether what stands behind lets in who asks for something in front.</summary>
internal static class FrontJudge
{
    private const string GetObject = "s3:GetObject";
    private const string Invoke = "lambda:InvokeFunction";
    private const string InvokeUrl = "lambda:InvokeFunctionUrl";
    private static readonly IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> UrlKeys = [new("lambda:FunctionUrlAuthType", ["AWS_IAM"]), new("lambda:InvokedViaFunctionUrl", ["true"])];
    private static readonly AccessPolicy Everything = new("its own", """{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    /// <summary>What keeps a signer from the objects of a bucket; null for nothing.</summary>
    public static FrontStop? Bucket(FrontBucket bucket, FrontWay way) => bucket.IsUnread
        ? new FrontStop(ExposureStop.Policy, $"the policy of {bucket.Thing.Id} was not read", IsUnknown: true)
        : Stop(bucket.Policy, new FrontRequest(GetObject, bucket.Thing.Arn + "/*", bucket.Thing), way);

    /// <summary>What keeps a signer from invoking a function; null for nothing.</summary>
    public static FrontStop? Function(FrontFunction function, FrontWay way) => function.IsUnread
        ? new FrontStop(ExposureStop.Policy, $"the policy of {function.Thing.Id} was not read", IsUnknown: true)
        : Stop(function.Policy, new FrontRequest(Invoke, function.Thing.Arn, function.Thing), way);

    /// <summary>What keeps a signer from the URL of a function; null for nothing.</summary>
    public static FrontStop? Url(FrontFunction function, FrontWay way) => function.IsUnread
        ? new FrontStop(ExposureStop.Policy, $"the policy of {function.Thing.Id} was not read", IsUnknown: true)
        : Stop(function.Policy, new FrontRequest(InvokeUrl, function.Thing.Arn, function.Thing) { Keys = UrlKeys }, way);

    private static FrontStop? Stop(string? policy, FrontRequest request, FrontWay way)
    {
        var signer = way.Signer!;
        var refused = new FrontStop(ExposureStop.Policy, $"the policy of {request.Thing.Id} does not let {signer.Label} in");
        if (policy is null)
        {
            return refused;
        }

        var document = PolicyDocument.Parse(policy);
        var asked = AccessPolicy.Of($"policy of {request.Thing.Id}", document?.Statements);
        var outcomes = way.Sources.Select(source => Ask(asked, request, signer, source).Outcome).ToList();

        // An origin access identity may be named by an id that no list tells.
        var isHidden = signer.Kind == RequesterKind.Signed && document?.Allows.Any(allow => allow.Principals.Any(principal => principal.Kind == PrincipalKind.CanonicalUser)) == true;
        return outcomes.Contains(AccessOutcome.Allowed) ? null
            : outcomes.Contains(AccessOutcome.Unknown) || isHidden ? new FrontStop(ExposureStop.Policy, $"whether the policy of {request.Thing.Id} lets {signer.Label} in could not be judged", IsUnknown: true)
            : refused;
    }

    private static AccessDecision Ask(AccessPolicy policy, FrontRequest request, FrontSigner signer, string source)
    {
        var context = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["aws:SecureTransport"] = ["true"] };
        if (signer.Kind == RequesterKind.Service)
        {
            context["aws:SourceArn"] = [source];
            context["aws:SourceAccount"] = [Arn.AccountOf(source) ?? ""];
            context["aws:PrincipalIsAWSService"] = ["true"];
            context["aws:PrincipalServiceName"] = [signer.Name];
        }

        foreach (var pair in request.Keys)
        {
            context[pair.Key] = pair.Value;
        }

        return AccessEvaluator.Decide(
            new AccessRequest(signer.Name, request.Action, request.Resource) { Kind = signer.Kind, ResourceAccountId = request.Thing.AccountId, Context = context },
            new AccessPolicies { Identity = [Everything], Resource = policy });
    }
}
