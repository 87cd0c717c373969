using System;

namespace CloudPosture.Delegation;

/// <summary>What is traded in for delegated credentials, once. It lives in memory only and never shows itself.</summary>
public sealed class ExchangeToken
{
    internal ExchangeToken(string value, DateTimeOffset? expires) => (Value, Expires) = (value, expires);

    /// <summary>When it ends; null where AWS did not say.</summary>
    public DateTimeOffset? Expires { get; }

    internal string Value { get; }

    /// <summary>Says that there is one.</summary>
    public override string ToString() => "exchange token";
}
