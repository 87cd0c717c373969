using System;
using CloudPosture.Assessment.Policies.Patterns;
using CloudPosture.Lake;

namespace CloudPosture.Assessment.Policies.Documents;

/// <summary>One principal of a statement.</summary>
/// <param name="Kind">What sort it is.</param>
/// <param name="Value">As the policy writes it.</param>
internal sealed record Principal(PrincipalKind Kind, string Value)
{
    private const int ShortestUniqueId = 16;
    private const int LongestUniqueId = 32;

    /// <summary>The principal <c>*</c>.</summary>
    public static readonly Principal Everyone = new(PrincipalKind.Everyone, "*");

    /// <summary>The account that an AWS principal belongs to; null where the policy does not say.</summary>
    public string? AccountId => Kind != PrincipalKind.Aws ? null
        : AccountIds.IsValid(Value) ? Value
        : Arn.AccountOf(Value);

    /// <summary>True where the principal stands for its whole account.</summary>
    public bool IsWholeAccount => AccountIds.IsValid(Value) || Value.EndsWith(":root", StringComparison.Ordinal);

    /// <summary>True where any account, or any service, fits.</summary>
    public bool IsAny => Kind == PrincipalKind.Everyone
        || (Kind == PrincipalKind.Aws && Arn.OwnerOf(Value)?.IndexOf('*') >= 0)
        || (Kind is PrincipalKind.Service or PrincipalKind.Federated && Value.IndexOf('*') >= 0);

    /// <summary>True for the unique id of a user or role, which stands for one that was deleted: nobody can use it.</summary>
    public bool IsDeleted
    {
        get
        {
            if (Kind != PrincipalKind.Aws || Value.Length is < ShortestUniqueId or > LongestUniqueId || Value[0] != 'A')
            {
                return false;
            }

            foreach (var character in Value)
            {
                if (!char.IsLetterOrDigit(character))
                {
                    return false;
                }
            }

            return true;
        }
    }

    public static Principal Aws(string value) => value == "*" ? Everyone : new Principal(PrincipalKind.Aws, value);
}
