using System.Collections.Generic;

namespace CloudPosture.Sandbox.State.Monitoring;

/// <summary>The metric filters an account's trail is watched with.</summary>
internal static class Monitors
{
    public static IReadOnlyList<Monitor> All { get; } =
    [
        new("CloudWatch.MonitorUnauthorizedApiCalls", "{ ($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\") }", null),
        new("CloudWatch.MonitorSignInWithoutMfa", "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }", null),
        new("CloudWatch.MonitorRootUsage", "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }", null),
        Monitor.ForEvents("IamPolicyChanges", "iam.amazonaws.com",
            "DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy", "PutUserPolicy",
            "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion", "AttachRolePolicy", "DetachRolePolicy",
            "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy", "DetachGroupPolicy"),
        Monitor.ForEvents("CloudTrailChanges", null, "CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
        new("CloudWatch.MonitorSignInFailures", "{ ($.eventName = ConsoleLogin) && ($.errorMessage = \"Failed authentication\") }", null),
        Monitor.ForEvents("KmsKeyDeletion", "kms.amazonaws.com", "DisableKey", "ScheduleKeyDeletion"),
        Monitor.ForEvents("BucketPolicyChanges", "s3.amazonaws.com",
            "PutBucketAcl", "PutBucketPolicy", "PutBucketCors", "PutBucketLifecycle", "PutBucketReplication",
            "DeleteBucketPolicy", "DeleteBucketCors", "DeleteBucketLifecycle", "DeleteBucketReplication"),
        Monitor.ForEvents("ConfigChanges", "config.amazonaws.com",
            "StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"),
        Monitor.ForEvents("SecurityGroupChanges", null,
            "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress",
            "CreateSecurityGroup", "DeleteSecurityGroup"),
        Monitor.ForEvents("NetworkAclChanges", null,
            "CreateNetworkAcl", "CreateNetworkAclEntry", "DeleteNetworkAcl", "DeleteNetworkAclEntry", "ReplaceNetworkAclEntry", "ReplaceNetworkAclAssociation"),
        Monitor.ForEvents("NetworkGatewayChanges", null,
            "CreateCustomerGateway", "DeleteCustomerGateway", "AttachInternetGateway", "CreateInternetGateway", "DeleteInternetGateway", "DetachInternetGateway"),
        Monitor.ForEvents("RouteTableChanges", "ec2.amazonaws.com",
            "CreateRoute", "CreateRouteTable", "ReplaceRoute", "ReplaceRouteTableAssociation", "DeleteRouteTable", "DeleteRoute", "DisassociateRouteTable"),
        Monitor.ForEvents("VpcChanges", null,
            "CreateVpc", "DeleteVpc", "ModifyVpcAttribute", "AcceptVpcPeeringConnection", "CreateVpcPeeringConnection", "DeleteVpcPeeringConnection",
            "RejectVpcPeeringConnection"),
        Monitor.ForEvents("OrganizationsChanges", "organizations.amazonaws.com",
            "AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake", "DeleteOrganization",
            "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType", "InviteAccountToOrganization",
            "LeaveOrganization", "MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"),
    ];
}
