using System;
using CloudPosture.Aws;
using CloudPosture.Errors;

namespace CloudPosture.Harvest;

/// <summary>How a harvest goes on that stopped.</summary>
internal static class ResumeAdvice
{
    public static Advice Now => new("Resume the harvest.", "Resume");

    public static Advice Later => new("Resume the harvest when that is over.", "ResumeLater");

    /// <summary>After what the problem itself advises was done.</summary>
    public static Advice After(Exception problem)
    {
        var then = new Advice("Then resume the harvest.", "ResumeThen");
        return BeyondMessage(problem) is { } first ? first with { Then = then } : then;
    }

    /// <summary>What is to be done about a problem and its message does not say; null for nothing. What AWS refuses is told in full.</summary>
    public static Advice? BeyondMessage(Exception problem) => problem switch
    {
        HarvestStoppedException stopped => stopped.Advice,
        AwsServiceException => null,
        CloudPostureException { Advice: { Id: not null } advice } => advice,
        _ => null,
    };

    /// <summary>What went wrong and what to do, for whoever reads it later.</summary>
    public static string Whole(Exception problem) => BeyondMessage(problem) is { } advice ? $"{problem.Message} {advice}" : problem.Message;
}
