using System;
using System.Collections.Generic;
using CloudPosture.Sandbox.State;
using CloudPosture.Sandbox.State.Iam;

namespace CloudPosture.Sandbox;

/// <summary>Temporary delegation in the sandbox: who may send requests, with which templates, who decides, and what was told.</summary>
public sealed class SandboxDelegation
{
    /// <summary>A template that the management account can send requests with; its one parameter is RoleName.</summary>
    public const string DefaultTemplateArn = "arn:aws:iam:::delegation-template/CloudPosture";

    /// <summary>A boundary within which a role can read, and enter other roles.</summary>
    public const string DefaultBoundaryArn = "arn:aws:iam::aws:policy/delegation/CloudPosture";

    private const string DefaultTemplate = """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":["cloudformation:*","organizations:ListRoots"],"Resource":"*"},
          {"Effect":"Allow","Action":["iam:CreateRole","iam:PutRolePolicy","iam:AttachRolePolicy"],"Resource":"arn:aws:iam::*:role/@{RoleName}*"}]}
        """;

    private const string DefaultBoundary = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["*:Describe*","*:Get*","*:List*","sts:AssumeRole"],"Resource":"*"}]}""";

    private readonly World _world;

    internal SandboxDelegation(World world)
    {
        _world = world;
        AddPartner(world.Organization.Management.Id);
        AddTemplate(DefaultTemplateArn, DefaultTemplate, ManagedPolicies.Arn("SecurityAudit"), DefaultBoundaryArn);
        AddManagedPolicy(DefaultBoundaryArn, DefaultBoundary);
    }

    /// <summary>Told each message that is sent, as SNS delivers it.</summary>
    public Action<string>? MessageSent
    {
        get => _world.Delegation.Told;
        set => _world.Delegation.Told = value;
    }

    /// <summary>Lets an account send requests, as AWS does for product providers that it has onboarded.</summary>
    public void AddPartner(string accountId) => _world.Delegation.AddPartner(accountId);

    /// <summary>Registers a policy template.</summary>
    /// <param name="arn">Its ARN (<c>arn:aws:iam:::delegation-template/NAME</c>).</param>
    /// <param name="text">The policy, with <c>@{name}</c> for parameters.</param>
    /// <param name="boundaries">The policies of which one must bound each role that is made.</param>
    public void AddTemplate(string arn, string text, params IReadOnlyList<string> boundaries) => _world.Delegation.Templates.Register(arn, text, boundaries);

    /// <summary>Makes a user with an access key.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="policy">What the user may do; null for everything.</param>
    public SandboxKey AddUser(string accountId, string name, string? policy = null) => _world.AddUser(accountId, name, policy);

    /// <summary>Makes a policy of AWS's own, which roles can be bounded by.</summary>
    public void AddManagedPolicy(string arn, string policy) => _world.Iam.PutPolicy(arn, ManagedPolicies.Detail(arn, policy));

    /// <summary>What was sent to an SNS topic so far, the oldest first, each as SNS delivers it.</summary>
    public IReadOnlyList<string> Messages(string? topicArn = null) => _world.Delegation.Messages(topicArn);
}
