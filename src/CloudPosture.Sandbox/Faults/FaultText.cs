using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CloudPosture.Sandbox.Faults;

/// <summary>Reads a fault from a command line: <c>kind=Error,service=ec2,operation=DescribeInstances,status=503,count=3</c>.</summary>
public static class FaultText
{
    private static readonly string[] Names = ["kind", "service", "operation", "account", "region", "status", "code", "retry-after", "after", "count"];

    /// <summary>The fault that a text tells.</summary>
    /// <param name="text">Pairs of name and value, each name once: <c>kind</c> is a <see cref="FaultKind"/>; what is left out keeps the default of <see cref="Fault"/>.</param>
    /// <exception cref="ArgumentException">The text is no such list; the message says which part, and what there is.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !Names.Contains(pair[..equals], StringComparer.OrdinalIgnoreCase) || !values.TryAdd(pair[..equals], pair[(equals + 1)..]))
            {
                throw new ArgumentException($"'{pair}' is no part of a fault. Give each of these at most once, as name=value: {string.Join(", ", Names)}.", nameof(text));
            }
        }

        return new Fault
        {
            Kind = values.TryGetValue("kind", out var kind) ? Kind(kind) : FaultKind.Error,
            Service = values.GetValueOrDefault("service"),
            Operation = values.GetValueOrDefault("operation"),
            AccountId = values.GetValueOrDefault("account"),
            Region = values.GetValueOrDefault("region"),
            Code = values.GetValueOrDefault("code"),
            Status = Number(values, "status") ?? 500,
            RetryAfter = Number(values, "retry-after"),
            After = Number(values, "after") ?? 0,
            Count = Number(values, "count") ?? int.MaxValue,
        };
    }

    private static FaultKind Kind(string text) =>
        Enum.GetNames<FaultKind>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } kind
            ? Enum.Parse<FaultKind>(kind)
            : throw new ArgumentException($"'{text}' is no kind of fault. There are {string.Join(", ", Enum.GetNames<FaultKind>())}.", nameof(text));

    private static int? Number(Dictionary<string, string> values, string name) =>
        !values.TryGetValue(name, out var text)
            ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentException($"{name} needs a number, not '{text}'.", nameof(values));
}
