using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Graph.Network.Addresses;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>groupsFromInternet</c>, with <c>groups</c> (where a resource names its security groups, such as <c>SecurityGroups[].GroupId</c>) and
/// what <see cref="IngressFromInternet"/> takes, or <c>port</c>, the path of the one port that matters, where a resource tells it: true where one of these groups lets the Internet reach one of the ports. A group that
/// was not read, or belongs to another account, leaves the question open unless another group answers it. Evidence: the group and the port.
/// </summary>
internal sealed class GroupsFromInternet : DerivedFunction
{
    private const string Group = "AWS::EC2::SecurityGroup";
    private readonly IngressFromInternet _ingress;
    private readonly JsonPath _groups;
    private readonly Values? _port;
    private readonly RegionalIndex _byId = new(Group);

    public GroupsFromInternet(YamlMap arguments)
    {
        try
        {
            _groups = JsonPath.Parse(arguments.Required("groups"));
        }
        catch (FormatException problem)
        {
            throw arguments.Error(problem.Message);
        }

        _port = Values.Read(arguments, "port");
        _ingress = new IngressFromInternet(arguments);
        Types = [Group, .. _ingress.Types];
    }

    public override IReadOnlyList<string> Types { get; }

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        string? unknown = subject.Resource.Gaps.FirstOrDefault(gap => gap.Field is null || gap.Field == _groups.FirstMember) is { } gap
            ? $"the security groups could not be read: {Conditions.Evidence.Of(gap)}"
            : _port?.WhyUnknown(subject);
        var ports = PortOf(subject);
        foreach (var name in _groups.FindAll(subject.Root).Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!))
        {
            if (_byId.Find(subject, name) is not { } group)
            {
                unknown ??= $"the security group {name} could not be read";
                continue;
            }

            var open = ports is null ? _ingress.Evaluate(subject.Counted(group), explain) : _ingress.Evaluate(subject.Counted(group), ports, explain);
            if (open is { State: FieldState.Present, Number: not 0 })
            {
                return DerivedValue.Of(true, explain ? $"{name}: {open.Evidence}" : null);
            }

            unknown ??= open.State == FieldState.Unreadable ? $"{name}: {open.Evidence}" : null;
        }

        return unknown is null
            ? DerivedValue.Of(false, explain ? "no security group opens these ports to the Internet" : null)
            : DerivedValue.Unknown(explain ? unknown : null);
    }

    private PortRange[]? PortOf(in Subject subject) =>
        _port?.Of(subject) is { Count: > 0 } found && int.TryParse(found[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? [new PortRange(port, port)] : null;
}
