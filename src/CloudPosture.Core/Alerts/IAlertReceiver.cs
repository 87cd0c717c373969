using System.Threading;
using System.Threading.Tasks;

namespace CloudPosture.Alerts;

/// <summary>Who is told.</summary>
public interface IAlertReceiver
{
    /// <summary>What kind it is.</summary>
    AlertKind Kind { get; }

    /// <summary>What tells it from others of its kind. It may hold secrets, and is not shown or kept.</summary>
    string Identity { get; }

    /// <summary>Where it is, for people, without secrets.</summary>
    string Place { get; }

    /// <summary>How many findings one message holds, for receivers that take each finding; null for those that take a digest of all.</summary>
    int? MostFindings { get; }

    /// <summary>Tells it once.</summary>
    /// <param name="message">What.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AlertException">It was not told, as far as can be known.</exception>
    Task SendAsync(AlertMessage message, CancellationToken cancellationToken);
}
