using System.Collections.Generic;
using System.Linq;
using CloudPosture.Assessment.Conditions;
using CloudPosture.Content.Yaml;
using CloudPosture.Json;

namespace CloudPosture.Assessment.Derived.Networks;

/// <summary>
/// <c>subnetsBeside</c>, with <c>kind</c>, for what names a SubnetId: how many subnets of that subnet's VPC, itself among them, are <c>public</c>, the default
/// (their route table leads to an Internet gateway), <c>private</c> (it does not), or private and <c>translated</c> (it leads to a NAT gateway).
/// A subnet that was not read, or whose routes were not, is unknown. Evidence: the VPC and the number. Sources: AWS::EC2::Subnet, RouteTable.
/// </summary>
internal sealed class SubnetsBeside(YamlMap arguments) : DerivedFunction
{
    private static readonly SubnetIsPublic IsPublic = new();
    private readonly (bool IsPublic, bool NeedsGateway) _wanted = arguments.Choice("kind", (true, false), ("public", (true, false)), ("private", (false, false)), ("translated", (false, true)));

    public override IReadOnlyList<string> Types => IsPublic.Types;

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        var (name, region) = (subject.Root.Text("SubnetId"), subject.Resource.Region);
        var subnets = subject.Account.Resources(SubnetRoutes.Subnet).Where(subnet => subnet.Region == region).ToList();
        if (subnets.Find(subnet => subnet.Id == name)?.Configuration.Text("VpcId") is not { } vpc)
        {
            return DerivedValue.Unknown(explain ? $"the subnet {name} was not read" : null);
        }

        var count = 0;
        foreach (var subnet in subnets.Where(subnet => subnet.Configuration.Text("VpcId") == vpc))
        {
            var beside = subject.Counted(subnet);
            var answer = IsPublic.Evaluate(beside, explain);
            if (answer.State != FieldState.Present)
            {
                return answer;
            }

            count += (answer.Number != 0) == _wanted.IsPublic && (!_wanted.NeedsGateway || IsTranslated(beside, subnet.Id)) ? 1 : 0;
        }

        return DerivedValue.Of(count, explain ? $"{vpc} has {count} such subnets" : null);
    }

    private static bool IsTranslated(in Subject subnet, string id) => SubnetRoutes.TableOf(subnet, id)!.Configuration.Items("Routes").Any(route =>
        route.Text("NatGatewayId") is not null && route.Text("DestinationCidrBlock") == "0.0.0.0/0" && route.Text("State") != "blackhole");
}
