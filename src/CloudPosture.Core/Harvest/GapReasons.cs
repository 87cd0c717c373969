using System.Net.Sockets;
using CloudPosture.Aws;
using CloudPosture.Lake;

namespace CloudPosture.Harvest;

/// <summary>Says in one word why a call failed.</summary>
internal static class GapReasons
{
    public static GapReason Of(AwsServiceException problem) => problem.Kind switch
    {
        AwsErrorKind.AccessDenied => GapReason.AccessDenied,
        AwsErrorKind.RegionDisabled => GapReason.RegionDisabled,
        AwsErrorKind.Throttled => GapReason.Throttled,

        // AWS announces no host where it does not offer the service.
        AwsErrorKind.Unreachable when problem.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } => GapReason.ServiceUnavailable,
        AwsErrorKind.Unreachable or AwsErrorKind.TimedOut => GapReason.Unreachable,
        AwsErrorKind.Transient when problem.HttpStatus == 0 => GapReason.Unreachable,
        _ => GapReason.Failed,
    };
}
