using System.Collections.Generic;
using CloudPosture.Sandbox.State.CloudFormation;
using CloudPosture.Sandbox.State.Delegation;
using CloudPosture.Sandbox.State.Generation;
using CloudPosture.Sandbox.State.Iam;
using CloudPosture.Sandbox.State.Monitoring;
using CloudPosture.Sandbox.State.Networks;

namespace CloudPosture.Sandbox.State;

/// <summary>Every resource type the sandbox makes, and every operation it answers.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<ResourceType> Types { get; } =
    [
        .. IamService.Types, .. NetworkService.Types, .. ComputeService.Types, .. S3Service.Types, .. TrailService.Types, .. SnsService.Types,
    ];

    public static HandlerTable Handlers { get; } = CreateHandlers();

    private static HandlerTable CreateHandlers()
    {
        var table = new HandlerTable();
        StsService.Register(table);
        IamService.Register(table);
        NetworkService.Register(table);
        ComputeService.Register(table);
        S3Service.Register(table);
        TrailService.Register(table);
        EventService.Register(table);
        SnsService.Register(table);
        SecurityHubFindings.Register(table);
        AccountService.Register(table);
        OrganizationsService.Register(table);
        CloudFormationService.Register(table);
        DelegationService.Register(table);
        return table;
    }
}
