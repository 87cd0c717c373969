using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudPosture.Assessment.Policies;

/// <summary>Whether an address range in a policy is narrow enough to confine, by the bounds that S3 publishes.</summary>
internal static class IpRange
{
    private const int WidestIpv4 = 8;
    private const int WidestIpv6 = 32;

    public static bool IsConfining(string cidr)
    {
        var parts = cidr.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address))
        {
            return false;
        }

        var isIpv4 = address.AddressFamily == AddressFamily.InterNetwork;
        var length = isIpv4 ? 32 : 128;
        return (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= (isIpv4 ? 32 : 128)))
            && length >= (isIpv4 ? WidestIpv4 : WidestIpv6);
    }
}
