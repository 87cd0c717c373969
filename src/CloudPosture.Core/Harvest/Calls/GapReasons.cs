using System.Net.Sockets;
using CloudPosture.Aws;
using CloudPosture.Lake.Harvests;

namespace CloudPosture.Harvest.Calls;

/// <summary>Says in one word why a call failed.</summary>
internal static class GapReasons
{
    public static GapReason Of(AwsServiceException problem) => problem.Kind switch
    {
        AwsErrorKind.AccessDenied => GapReason.AccessDenied,
        AwsErrorKind.RegionDisabled => GapReason.RegionDisabled,
        AwsErrorKind.Throttled => GapReason.Throttled,

        // AWS announces no host where it does not offer the service.
        AwsErrorKind.Unreachable when HasNoHost(problem) => GapReason.ServiceUnavailable,
        AwsErrorKind.Unreachable or AwsErrorKind.TimedOut => GapReason.Unreachable,
        AwsErrorKind.Transient when problem.HttpStatus == 0 => GapReason.Unreachable,
        _ => GapReason.Failed,
    };

    /// <summary>Whether another reading may fare better: the service or the way to it failed, and nobody decided so. A name without a host counts as decided.</summary>
    public static bool MayPass(AwsServiceException problem) =>
        !HasNoHost(problem) && (problem.Kind is AwsErrorKind.Throttled or AwsErrorKind.Transient or AwsErrorKind.TimedOut or AwsErrorKind.Unreachable || problem.Code == Failure.MalformedCode || problem.IsForeign);

    /// <summary>Whether the endpoint's name has no host.</summary>
    public static bool HasNoHost(AwsServiceException problem) =>
        problem.Kind == AwsErrorKind.Unreachable && problem.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData };
}
