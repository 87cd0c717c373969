using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Aws;

/// <summary>Sends single calls: all that a harvest knows of AWS.</summary>
public interface IAwsCaller
{
    /// <summary>Sends a call once.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels; nothing is left running.</param>
    /// <returns>The answer; dispose it.</returns>
    /// <exception cref="AwsServiceException">AWS refused the call, or could not be reached.</exception>
    Task<AwsAnswer> SendAsync(AwsCall call, CancellationToken cancellationToken);
}
