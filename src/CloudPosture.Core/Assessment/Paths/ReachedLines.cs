using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Graph;

namespace CloudPosture.Assessment.Paths;

/// <summary>Keeps of exposures what paths begin with, in little memory: very many lines lead through the same few parts.</summary>
internal static class ReachedLines
{
    private static readonly string[] Steps = [PostureExposure.Step];

    /// <summary>Those that can be reached, or of which it is not known.</summary>
    public static IEnumerable<ReachedLine> Of(IEnumerable<PostureExposure> exposures)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        return exposures.Where(line => line.Degree is ExposureDegree.Reachable or ExposureDegree.Unknown).Select(line => new ReachedLine
        {
            Type = One(line.ResourceType),
            Id = One(line.ResourceId),
            Arn = line.ResourceArn,
            AccountId = One(line.AccountId),
            Region = One(line.Region),
            From = One(line.From),
            Method = One($"{line.Protocol} {line.Ports}".Trim()),
            Protocol = One(line.Protocol),
            Ports = One(line.Ports),
            Via = One(line.Via),
            Way = Array.ConvertAll(line.Path.Split(Steps, StringSplitOptions.None), One),
            Unread = line.Degree == ExposureDegree.Unknown ? PathSteps.Unread(line) : "",
            IsNetwork = line.Ports.Length > 0 || line.Family.Length > 0,
        });

        string One(string text)
        {
            if (!texts.TryGetValue(text, out var known))
            {
                texts[text] = known = text;
            }

            return known;
        }
    }
}
