using System;
using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Access;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Paths;

namespace CloudPosture.Assessment.Derived.Policies;

/// <summary>
/// <c>canBecomeAdmin</c>, of a user or role: true where it may not do everything in the account, and some way within the account leads there that is certain. A
/// way that hangs on what no harvest shows, such as a second factor, is none; one that hangs on what was not read makes it unknown, and so
/// do control policies of an organization that were not read. Evidence: the way, and the cheapest thing to do against it. Sources: all types that escalations look at.
/// </summary>
internal sealed class CanBecomeAdmin : DerivedFunction
{
    public override IReadOnlyList<DigestKind> Digests => AccountPaths.Digests;

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var paths = AccountPaths.Of(subject.Account);
        var arn = subject.Resource.Arn;
        var path = paths.Escalation(arn);
        return PathVerdict.Of(path, subject, path is null ? paths.Unread(arn) : null, IdentityReader.Types.Where(IsOfIam), "no certain way leads to more rights", explain);
    }

    private static bool IsOfIam(string type) => type.StartsWith("AWS::IAM::", StringComparison.Ordinal);
}
