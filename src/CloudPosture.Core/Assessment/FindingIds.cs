using CloudPosture.Text;

namespace CloudPosture.Assessment;

/// <summary>Makes the ids of findings: the same for the same rule and resource in every harvest.</summary>
internal static class FindingIds
{
    private const int IdBytes = 16;

    public static string Of(string ruleId, string accountId, string region, string arn) =>
        Sha256.Hex(string.Concat(ruleId, "|" + accountId + "|", region, "|" + arn), IdBytes);
}
