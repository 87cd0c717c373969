using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Derived.Data;
using CloudPosture.Assessment.Derived.Logging;
using CloudPosture.Assessment.Derived.Networks;
using CloudPosture.Assessment.Derived.Policies;
using CloudPosture.Content;
using CloudPosture.Content.Yaml;

namespace CloudPosture.Assessment.Derived;

/// <summary>The derived values that rules may use, by name. Each class documents its arguments, its value and its sources, and about_CloudPosture_Rules names them all.</summary>
internal static class DerivedFunctions
{
    private static readonly Dictionary<string, Func<YamlMap, DerivedFunction>> Factories = new(StringComparer.Ordinal)
    {
        ["policyIsPublic"] = arguments => new PolicyIsPublic(arguments),
        ["policyGrantsCrossAccount"] = arguments => new PolicyGrantsCrossAccount(arguments),
        ["policyDeniesInsecureTransport"] = arguments => new PolicyDeniesInsecureTransport(arguments),
        ["replicatesToOtherRegion"] = _ => new ReplicatesToOtherRegion(),
        ["publicAccessIsBlocked"] = arguments => new PublicAccessIsBlocked(arguments),
        ["policyIsFullAdmin"] = arguments => new PolicyIsFullAdmin(arguments),
        ["inlineFullAdmin"] = _ => new InlineFullAdmin(),
        ["trustIsPublic"] = _ => new TrustIsPublic(),
        ["trustLacksExternalId"] = _ => new TrustLacksExternalId(),
        ["trusts"] = arguments => new Trusts(arguments),
        ["ingressFromInternet"] = arguments => new IngressFromInternet(arguments),
        ["groupsFromInternet"] = arguments => new GroupsFromInternet(arguments),
        ["publicNetworks"] = arguments => new PublicNetworks(arguments),
        ["subnetsBeside"] = arguments => new SubnetsBeside(arguments),
        ["enclaveAttestation"] = arguments => new EnclaveAttestation(arguments),
        ["identityAllows"] = arguments => new IdentityAllows(arguments),
        ["subnetIsPublic"] = arguments => new SubnetIsPublic(arguments),
        ["reachableFromInternet"] = arguments => new ReachableFromInternet(arguments),
        ["canBecomeAdmin"] = _ => new CanBecomeAdmin(),
        ["pathFromInternet"] = arguments => new PathFromInternet(arguments),
        ["referencedBy"] = arguments => new ReferencedBy(arguments),
        ["othersSharing"] = arguments => new OthersSharing(arguments),
        ["distinctValues"] = arguments => new DistinctValues(arguments),
        ["inBackupPlan"] = _ => new InBackupPlan(),
        ["tagCount"] = arguments => new TagCount(arguments),
        ["peeringRouteIsBroad"] = _ => new PeeringRouteIsBroad(),
        ["logsAreDelivered"] = _ => new LogsAreDelivered(),
        ["recordTarget"] = arguments => new RecordTarget(arguments),
        ["kubernetesIsSupported"] = arguments => new KubernetesIsSupported(arguments),
        ["daysStopped"] = _ => new DaysStopped(),
        ["daysSince"] = arguments => new Days(arguments, sign: 1),
        ["daysUntil"] = arguments => new Days(arguments, sign: -1),
        ["secrets"] = arguments => new SecretCount(arguments),
        ["multiRegionTrail"] = _ => new MultiRegionTrail(),
        ["trailLogsS3Events"] = arguments => new TrailLogsS3Events(arguments),
        ["policiesArePublic"] = arguments => new PoliciesArePublic(arguments),
        ["policyAllows"] = arguments => new PolicyAllows(arguments),
        ["declaredForAll"] = arguments => new DeclaredForAll(arguments),
        ["controlledForAll"] = _ => new ControlledForAll(),
        ["regionsDeniedForAll"] = arguments => new RegionsDeniedForAll(arguments),
        ["policyDeniesOthers"] = arguments => new PolicyDeniesOthers(arguments),
        ["inlinePolicies"] = _ => new InlinePolicies(),
        ["adminRoles"] = arguments => new AdminRoles(arguments),
        ["membersWithoutMfa"] = _ => new MembersWithoutMfa(),
        ["serviceTrustLacksSource"] = arguments => new ServiceTrustLacksSource(arguments),
        ["difference"] = arguments => new Difference(arguments),
        ["metricFilterAlarm"] = arguments => new MetricFilterAlarm(arguments),
        ["availabilityZones"] = arguments => new AvailabilityZones(arguments),
    };

    public static IEnumerable<string> Names => Factories.Keys.OrderBy(name => name, StringComparer.Ordinal);

    /// <summary>Builds a function; null where there is none of the name.</summary>
    /// <exception cref="ContentException">Its arguments are invalid.</exception>
    public static DerivedFunction? Create(string name, YamlMap arguments) => Factories.TryGetValue(name, out var create) ? create(arguments) : null;
}
