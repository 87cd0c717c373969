using System;
using System.Collections.Generic;

namespace CloudPosture.Assessment.Policies.Solving;

/// <summary>Tells actions on objects from those on buckets.</summary>
internal static class S3Actions
{
    private static readonly HashSet<string> OnObjects = new(StringComparer.Ordinal)
    {
        "s3:abortmultipartupload", "s3:listmultipartuploadparts", "s3:bypassgovernanceretention", "s3:replicatedelete", "s3:replicatetags",
    };

    /// <summary>Whether an action is asked for with an object.</summary>
    /// <param name="action">The action in lower case.</param>
    public static bool IsAboutObjects(string action) => OnObjects.Contains(action)
        || (action.IndexOf("object", StringComparison.Ordinal) >= 0 && action.IndexOf("bucket", StringComparison.Ordinal) < 0);
}
