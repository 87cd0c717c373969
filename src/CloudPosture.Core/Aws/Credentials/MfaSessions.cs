using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CloudPosture.Errors;
using CloudPosture.Time;

namespace CloudPosture.Aws.Credentials;

/// <summary>
/// The sessions that codes of MFA devices opened in one run. AWS takes a code once, so that a role is entered once for all that need it,
/// and a code that was sent is not sent again. Thread-safe.
/// </summary>
public sealed class MfaSessions
{
    // Longer than sessions are renewed before they end.
    private static readonly TimeSpan LeastLeft = TimeSpan.FromMinutes(6);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<(string Caller, RoleRequest Role), JsonElement> _sessions = [];
    private readonly HashSet<(string Device, string Code)> _sent = [];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Enters a role, unless this caller has entered it.</summary>
    /// <param name="caller">The access key id of who enters it.</param>
    /// <param name="role">The role, with its device.</param>
    /// <param name="ask">Asks for the device's code.</param>
    /// <param name="enter">Asks STS, with the code.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CredentialException">There is no code that was not sent before.</exception>
    internal async Task<JsonElement> EnterAsync(
        string caller, RoleRequest role, Func<CancellationToken, Task<string>> ask, Func<string, CancellationToken, Task<JsonElement>> enter, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_sessions.TryGetValue((caller, role), out var open) && End(open) - Time.UtcNow > LeastLeft)
            {
                return open;
            }

            var code = await ask(cancellationToken).ConfigureAwait(false);
            if (!_sent.Add((role.MfaSerial!, code)))
            {
                throw new CredentialException(
                    $"The role {role.Role} asks for a code of the MFA device {role.MfaSerial}, and the one given was sent before in this run: AWS takes each code once.",
                    advice: new Advice("Wait for the next one, and give it for this connection alone.", "MfaNextCode"));
            }

            return _sessions[(caller, role)] = await enter(code, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static DateTimeOffset End(JsonElement session) =>
        DateTimeOffset.Parse(session.GetProperty("Credentials").GetProperty("Expiration").GetString()!, CultureInfo.InvariantCulture);
}
