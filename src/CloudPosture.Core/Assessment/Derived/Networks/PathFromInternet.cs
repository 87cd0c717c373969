using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Assessment.Paths;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Reading;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>pathFromInternet</c>, with <c>to</c>: of what works with a role, <c>admin</c> is true where the Internet reaches it and its role may do
/// everything in an account, or can gain that; of what holds data, <c>data</c> is true where the Internet reaches something whose role
/// may read it, or can become one that may, without being administrator. Within one account, since an assessment holds one at a time: paths over accounts are for Get-PosturePath. Unknown where what was not read would decide. Evidence: the path, and the cheapest
/// thing to do against it. Sources: all types that exposure and escalations look at.
/// </summary>
internal sealed class PathFromInternet(YamlMap arguments) : DerivedFunction
{
    private static readonly string[] Lists = ["AWS::IAM::Role", NetworkTypes.Interface, NetworkTypes.Instance, "AWS::Lambda::Function"];
    private readonly bool _isToData = arguments.Choice("to", false, ("admin", false), ("data", true));

    public override IReadOnlyList<DigestKind> Digests => AccountPaths.Digests;

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var paths = AccountPaths.Of(subject.Account);
        var path = _isToData ? paths.ToData(subject.Resource) : paths.ToAdministrator(subject.Resource.Arn);
        var unread = path is not null ? null : paths.UnreadFromInternet(_isToData ? null : subject.Resource.Arn);
        return PathVerdict.Of(path, subject, unread, Lists, "no certain path from the Internet leads through it", explain);
    }
}
