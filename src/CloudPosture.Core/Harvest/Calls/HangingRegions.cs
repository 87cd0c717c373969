using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CloudPosture.Aws;
using CloudPosture.Aws.Endpoints;
using CloudPosture.Time;

namespace CloudPosture.Harvest.Calls;

/// <summary>
/// What the accounts of a harvest tell each other about what hangs or cannot be reached, so that they do not all wait for the same.
/// Where one of them waited in vain for a service in a Region, a call there gets one attempt; where three did, none until it is
/// time to look again. A Region as a whole is left alone only where several services failed in it and none answered since. Accounts
/// whose profiles name other endpoints go other ways, and are not told. Thread-safe.
/// </summary>
internal sealed class HangingRegions(TimeProvider clock)
{
    private const int MostInVain = 3;
    private const int MostServices = 2;
    private readonly ConcurrentDictionary<(EndpointSettings? Endpoints, string Region), Place> _places = new();
    private long _answers;

    /// <summary>How many sound answers came from anywhere.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>How long what fails like this is left alone: who waits for nothing loses a minute each time, who is refused at once loses little.</summary>
    public static TimeSpan RestAfter(AwsServiceException problem) => problem.Kind == AwsErrorKind.TimedOut ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(10);

    /// <summary>Whether somebody waited in vain for the service or the Region and nobody got an answer since.</summary>
    public bool IsSuspect(EndpointSettings? endpoints, string region, string service) =>
        _places.TryGetValue((endpoints, region), out var place) && place.IsSuspect(service);

    /// <summary>Why a service of a Region is not to be asked now; null where it may be, if only by this caller, to find out.</summary>
    public (string Because, AwsServiceException Problem)? Refusal(EndpointSettings? endpoints, string region, string service) =>
        _places.TryGetValue((endpoints, region), out var place) ? place.Refusal(service, clock.UtcNow) : null;

    /// <summary>Somebody waited in vain, to the last attempt.</summary>
    public void Hung(EndpointSettings? endpoints, string region, string service, AwsServiceException problem) =>
        _places.GetOrAdd((endpoints, region), _ => new Place()).Hung(service, problem, clock.UtcNow);

    /// <summary>The service answered, if only with an error.</summary>
    /// <param name="endpoints">What the account's profile says of endpoints.</param>
    /// <param name="region">The Region.</param>
    /// <param name="service">The service.</param>
    /// <param name="isSound">False where all it said is that it cannot now.</param>
    public void Answered(EndpointSettings? endpoints, string region, string service, bool isSound = true)
    {
        if (isSound)
        {
            Interlocked.Increment(ref _answers);
        }

        if (!_places.IsEmpty && _places.TryGetValue((endpoints, region), out var place))
        {
            place.Answered(service);
        }
    }

    private sealed class Place
    {
        private readonly Dictionary<string, Wait> _services = new(StringComparer.Ordinal);

        /// <summary>The services that failed since any answered last.</summary>
        private readonly Dictionary<string, Wait> _sinceAnswer = new(StringComparer.Ordinal);
        private DateTimeOffset _last;

        private bool IsCondemned => _sinceAnswer.Count >= MostServices && _sinceAnswer.Values.Sum(wait => wait.Times) >= MostInVain;

        public bool IsSuspect(string service)
        {
            lock (_services)
            {
                return _services.ContainsKey(service) || _sinceAnswer.Count >= MostServices;
            }
        }

        public (string Because, AwsServiceException Problem)? Refusal(string service, DateTimeOffset now)
        {
            lock (_services)
            {
                var own = _services.TryGetValue(service, out var wait) && wait.Times >= MostInVain ? wait : null;
                if (own is not null && now - own.Last < RestAfter(own.Problem))
                {
                    return ("the service failed there several times in a row", own.Problem);
                }

                var latest = IsCondemned ? _sinceAnswer.Values.OrderByDescending(other => other.Last).First() : null;
                if (latest is not null && now - _last < RestAfter(latest.Problem))
                {
                    return ("several services failed there and none answered since", latest.Problem);
                }

                // This caller finds out; until it has, the others wait.
                _last = latest is null ? _last : now;
                own?.Rest(now);
                return null;
            }
        }

        public void Hung(string service, AwsServiceException problem, DateTimeOffset now)
        {
            lock (_services)
            {
                _last = now;
                Add(_services);
                Add(_sinceAnswer);
            }

            void Add(Dictionary<string, Wait> waits) =>
                waits[service] = new Wait((waits.TryGetValue(service, out var wait) ? wait.Times : 0) + 1, now, problem);
        }

        public void Answered(string service)
        {
            lock (_services)
            {
                _services.Remove(service);
                _sinceAnswer.Clear();
            }
        }
    }

    private sealed class Wait(int times, DateTimeOffset last, AwsServiceException problem)
    {
        public int Times => times;

        public DateTimeOffset Last { get; private set; } = last;

        public AwsServiceException Problem => problem;

        public void Rest(DateTimeOffset now) => Last = now;
    }
}
