using System;
using CloudPosture.Aws.Protocols;
using CloudPosture.Aws.Transport;

namespace CloudPosture.Aws;

/// <summary>Makes the exceptions of calls that got no answer, or none that can be read.</summary>
internal static class Failure
{
    /// <summary>The code of an answer that is none of AWS's, which <see cref="AwsErrorKind.Malformed"/> goes with.</summary>
    public const string MalformedCode = "MalformedAnswer";

    /// <summary>What failed, for the start of a message.</summary>
    public static string Title(AwsCall call, string region) =>
        $"{call.Operation.Service.Name}:{call.Operation.Name} failed in {region}{(call.Target.AccountId is { } account ? $", account {account}" : "")}";

    public static AwsServiceException TimedOut(AwsCall call, Uri endpoint, TimeSpan after) =>
        Make(call, AwsErrorKind.TimedOut, "Timeout", $"{endpoint.Authority} gave no whole answer in {after.TotalSeconds:0.#} seconds", null);

    public static AwsServiceException Unreachable(AwsCall call, Uri endpoint, string reason, Exception? cause = null) =>
        Make(call, AwsErrorKind.Unreachable, "Unreachable", $"{endpoint.Authority} cannot be reached ({reason}). Check network, proxy and endpoint; not every service is in every Region", cause is null ? null : NetworkFailure.Harmless(cause));

    public static AwsServiceException Broken(AwsCall call, Uri endpoint, Exception cause) =>
        Make(call, AwsErrorKind.Transient, "ConnectionBroken", $"the connection to {endpoint.Authority} broke ({NetworkFailure.Reason(cause)})", NetworkFailure.Harmless(cause));

    public static AwsServiceException Malformed(AwsCall call, MalformedAnswerException cause) =>
        Make(call, AwsErrorKind.Malformed, MalformedCode, $"the answer cannot be read. {cause.Message.TrimEnd('.')}. If a proxy stands between, it may have changed the answer", cause);

    /// <summary>An answer that can be read and lacks what it must have.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="region">The Region that was asked.</param>
    /// <param name="message">What it lacks, in whole sentences.</param>
    public static AwsServiceException Malformed(AwsQuestion question, string region, string message) => new(message)
    {
        Kind = AwsErrorKind.Malformed,
        Code = MalformedCode,
        Service = question.Service,
        Operation = question.Operation,
        Region = region,
    };

    private static AwsServiceException Make(AwsCall call, AwsErrorKind kind, string code, string what, Exception? cause) =>
        new($"{Title(call, call.Target.Region)}: {what}.", cause)
        {
            Kind = kind,
            Code = code,
            Service = call.Operation.Service.Name,
            Operation = call.Operation.Name,
            Region = call.Target.Region,
            AccountId = call.Target.AccountId,
        };
}
