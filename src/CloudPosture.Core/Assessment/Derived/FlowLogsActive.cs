using System.Collections.Generic;
using CloudPosture.Assessment.Conditions;

namespace CloudPosture.Assessment.Derived;

/// <summary>
/// <c>flowLogsActive</c>, without arguments, for AWS::EC2::VPC: true where an active flow log of the VPC records rejected traffic
/// (REJECT or ALL) and delivers it. Evidence: the flow log. Source: AWS::EC2::FlowLog of the VPC's Region.
/// </summary>
internal sealed class FlowLogsActive : DerivedFunction
{
    private const string FlowLog = "AWS::EC2::FlowLog";

    public override IReadOnlyList<string> Types => [FlowLog];

    public override DerivedValue Evaluate(in Subject subject, bool explain)
    {
        foreach (var log in subject.Account.Resources(FlowLog))
        {
            var json = log.Configuration;
            if (log.Region == subject.Resource.Region
                && json.Text("ResourceId") == subject.Resource.Id
                && json.Text("FlowLogStatus") == "ACTIVE"
                && json.Text("DeliverLogsStatus") is null or "SUCCESS"
                && json.Text("TrafficType") is "REJECT" or "ALL")
            {
                return DerivedValue.Of(true, explain ? $"{log.Id} records the VPC's traffic" : null);
            }
        }

        return subject.Account.WhyMissing(FlowLog, subject.Resource.Region) is { } reason
            ? DerivedValue.Unknown(explain ? $"flow logs could not be read: {reason}" : null)
            : DerivedValue.Of(false, explain ? "no active flow log records rejected traffic" : null);
    }
}
