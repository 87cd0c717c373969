using CloudPosture.Errors;
using CloudPosture.Posture.Gates;

namespace CloudPosture.PowerShell.Errors;

/// <summary>A gate stays shut.</summary>
internal sealed class GateException(GateVerdict verdict, string message) : CloudPostureException(message)
{
    public GateVerdict Verdict { get; } = verdict;

    public override string Id => Verdict switch
    {
        GateVerdict.Findings => "PostureFindings",
        GateVerdict.NothingRead => "PostureNothingRead",
        _ => "PostureNotAssessed",
    };

    public override ErrorKind Category => Verdict == GateVerdict.NothingRead ? ErrorKind.NotFound : ErrorKind.InvalidResult;

    public override Advice Advice => new(Verdict switch
    {
        GateVerdict.Findings => "Put right what the findings name, or accept it with New-PostureException.",
        GateVerdict.NothingRead => "Run Invoke-PostureHarvest first, into the same lake.",
        _ => "Get-PostureGap tells what is missing. -AllowNotAssessed lets single findings through, -AllowUnreadAccount whole accounts.",
    });
}
